import { fileKind } from '../formats/file-kind.ts';
import { lexPhp } from '../lexer/lex-php.ts';
import { makeTokenStream } from '../lexer/token-stream.ts';
import { judgeContent } from '../scan/judge-content.ts';
import type { Judge } from '../scan/judge-php.ts';
import { readContent } from '../scan/read-content.ts';
import { walkFolder, type Found } from '../scan/walk-folder.ts';
import { callsIn } from './calls-in.ts';
import type { DangerousFunction } from './dangerous-functions.ts';

/** What a site's code needs, as its files say. */
export interface SiteSurvey {
  phpFiles: number;
  /** Files that name a dangerous function and were found clean, by function; below the folder. */
  users: Map<DangerousFunction, Buffer[]>;
  /** Files that name one and were not found clean: they are given nothing. */
  refused: Buffer[];
  /** Those of the known folders for uploads that are there, wherever in the site. */
  uploadFolders: string[];
  /** What could not be looked at: the survey may lack what such files need. */
  skipped: { path: Buffer; reason: string }[];
}

/** Reads a site's PHP; runs nothing and follows no link. */
export async function surveySite(
  folder: Buffer,
  uploadFolders: readonly string[],
  judge: Judge,
): Promise<SiteSurvey> {
  const survey: SiteSurvey = {
    phpFiles: 0,
    users: new Map(),
    refused: [],
    uploadFolders: [],
    skipped: [],
  };
  const tokens = makeTokenStream();
  const uploads = new Set<string>();
  const pending: Promise<void>[] = [];
  const lookAt = (found: Found) => {
    const path = found.path().subarray(folder.length + 1);
    const upload = uploadFolderOf(path, uploadFolders);
    if (upload !== null) uploads.add(upload);
    const content = readContent(found.entry);
    if (!content) return;
    const { bytes, length, partial } = content;
    const name = found.name.toString('latin1');
    if (fileKind(name, bytes, length) !== 'php') return;
    survey.phpFiles += 1;
    if (partial) survey.skipped.push({ path, reason: partial });
    const { limit } = lexPhp(bytes, length, tokens);
    if (limit) survey.skipped.push({ path, reason: limit });
    const calls = callsIn(bytes, tokens);
    if (calls.size === 0) return;
    const verdict = judgeContent(judge, name, bytes, length);
    pending.push(
      Promise.resolve(verdict).then((judged) => {
        if (judged.class !== 'clean' || upload !== null) {
          survey.refused.push(path);
          return;
        }
        for (const call of calls) survey.users.set(call, [...(survey.users.get(call) ?? []), path]);
      }),
    );
  };
  walkFolder(folder, {
    file: lookAt,
    skipped: (path, reason) => {
      survey.skipped.push({ path: path.subarray(folder.length + 1), reason });
    },
  });
  await Promise.all(pending);
  survey.uploadFolders = [...uploads].toSorted();
  return survey;
}

/** The folder for uploads that holds the file. */
function uploadFolderOf(path: Buffer, names: readonly string[]): string | null {
  const text = `/${path.toString('latin1')}`;
  return names.find((name) => text.includes(`/${name}/`)) ?? null;
}
