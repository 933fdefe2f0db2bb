import { judgeGzip, judgeZip } from '../formats/judge-archive.ts';
import { fileKind, type FileKind } from '../formats/file-kind.ts';
import { judgeConfig } from '../formats/judge-config.ts';
import { judgePhp, type Judge } from './judge-php.ts';
import { CLEAN, limited, type Verdict } from './verdict.ts';

/**
 * Judges a file by name and content. `bytes` holds padding behind `length`. Archives need time to
 * unpack, so they answer with a promise; everything else at once. `skimmed` as for `judgePhp`.
 */
export function judgeContent(
  judge: Judge,
  name: string,
  bytes: Buffer,
  length: number,
  depth = 0,
  skimmed = false,
): Verdict | Promise<Verdict> {
  const kind = fileKind(name, bytes, length);
  switch (kind) {
    case 'htaccess':
    case 'user-ini':
    case 'cron':
      return judgeConfig(kind, bytes, length);
    case 'zip':
    case 'gzip':
      return judgePacked(judge, kind, name, bytes, length, depth);
    case 'php':
      return judgePhp(judge, bytes, length, skimmed);
    case 'image':
    case 'other':
      return judgeHidden(judge, kind, bytes, length);
  }
}

/** An archive's bytes are copied: the buffer may be read into again before the members are done. */
async function judgePacked(
  judge: Judge,
  kind: 'zip' | 'gzip',
  name: string,
  bytes: Buffer,
  length: number,
  depth: number,
): Promise<Verdict> {
  const own = Buffer.from(bytes.subarray(0, length));
  const outside = judgeHidden(judge, 'other', bytes, length);
  const member = (inner: string, content: Buffer, size: number, level: number) =>
    judgeContent(judge, inner.slice(inner.lastIndexOf('/') + 1), content, size, level);
  const inside =
    kind === 'zip' ? await judgeZip(own, member, depth) : await judgeGzip(name, own, member, depth);
  if (!inside) return outside.class === 'clean' ? limited('archive-damaged') : outside;
  return inside.class === 'clean' ? outside : inside;
}

/**
 * PHP where a server does not look for it: run only through an include or a handler. In an image it
 * has no business at all; in other files (documents, templates) what is malicious is reported.
 */
function judgeHidden(judge: Judge, kind: FileKind, bytes: Buffer, length: number): Verdict {
  if (!holdsTag(bytes, length)) return CLEAN;
  const verdict = judgePhp(judge, bytes, length);
  if (kind === 'image') {
    if (verdict.class === 'malicious' || verdict.class === 'compromised') return verdict;
    const evidence = [...verdict.evidence, { rule: 'php-in-image', family: 'polyglot', at: 0 }];
    return { ...verdict, class: 'suspicious', family: 'polyglot', confidence: 60, evidence };
  }
  if (verdict.class === 'clean' || verdict.limit) return { ...CLEAN, score: verdict.score };
  return { ...verdict, class: 'suspicious', actionable: false };
}

const READABLE = 16;

/** An opening tag with readable text behind it: three bytes alone also turn up in compressed data. */
function holdsTag(bytes: Buffer, length: number): boolean {
  const content = bytes.subarray(0, length);
  for (let at = content.indexOf('<?'); at >= 0; at = content.indexOf('<?', at + 2)) {
    const next = content.toString('latin1', at + 2, at + 2 + READABLE).toLowerCase();
    if (/^(php[\s/]|=)/.test(next) && /^[\t\n\r -~]*$/.test(next)) return true;
  }
  return false;
}
