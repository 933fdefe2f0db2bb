import type { AccountKey, Outcome, ServerFiles } from '#domains/hosting/server-module.ts';
import { accountPath } from './account-path.ts';
import { callNode, sendToNode } from './call-node.ts';
import type { EmbeddedNodeSettings } from './settings.ts';
import { wireFolder, wireNothing, wireUnpack, wireUpload } from './wire.ts';

/** Files of an account over the control API. */
export function nodeFiles(settings: EmbeddedNodeSettings): ServerFiles {
  const timeoutMs = settings.transferTimeoutMs;
  return {
    list: (which, path) =>
      callNode(settings, { method: 'GET', path: at(which, 'folder', path) }, wireFolder),
    upload: (which, path, bytes) => {
      const call = { method: 'PUT', path: at(which, 'file', path), bytes, timeoutMs } as const;
      return callNode(settings, call, wireUpload);
    },
    unpack: (which, folder, bytes) => {
      const call = { method: 'PUT', path: at(which, 'archive', folder), bytes, timeoutMs } as const;
      return callNode(settings, call, wireUnpack);
    },
    download: (which, path) => download(settings, which, path),
    makeFolder: (which, path) =>
      callNode(settings, { method: 'PUT', path: at(which, 'folder', path) }, wireNothing),
    remove: (which, path) =>
      callNode(settings, { method: 'DELETE', path: at(which, 'file', path) }, wireNothing),
    rename: (which, from, to) => {
      const path = `${accountPath(which)}/rename`;
      const call = { method: 'POST', path, json: { from, to }, repeatable: false } as const;
      return callNode(settings, call, wireNothing);
    },
  };
}

async function download(
  settings: EmbeddedNodeSettings,
  which: AccountKey,
  path: string,
): ReturnType<ServerFiles['download']> {
  const call = { method: 'GET', path: at(which, 'file', path) } as const;
  const sent = await sendToNode(settings, { ...call, timeoutMs: settings.transferTimeoutMs });
  if (sent.kind !== 'ok') return sent satisfies Outcome<never>;
  const sizeBytes = Number(sent.value.headers.get('content-length') ?? 0);
  const body = sent.value.body ?? new Blob([]).stream();
  return { kind: 'ok', value: { sizeBytes, body } };
}

function at(which: AccountKey, what: string, path: string): string {
  return `${accountPath(which)}/${what}?path=${encodeURIComponent(path)}`;
}
