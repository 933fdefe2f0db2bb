import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NodeContext } from '../node-context.ts';
import type { AccountPool } from '../php/account-pool.ts';
import { findResource } from './find-resource.ts';
import { findSite } from './find-site.ts';
import { readTarget } from './request-target.ts';
import { sendFile } from './send-file.ts';
import { sendNotice } from './send-notice.ts';
import { serveScript } from './serve-script.ts';

/** The web side: from a request to the site it names, and to that site's file or script. */
export function webAnswerer(node: NodeContext, pool: AccountPool, hasPhp: boolean) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    const sentBefore = socket.bytesWritten;
    answer(node, pool, hasPhp, request, response, (accountRef) => {
      response.once('close', () => {
        node.traffic.sent(accountRef, Math.max(0, socket.bytesWritten - sentBefore));
      });
    }).catch((error: unknown) => {
      if (response.destroyed || request.errored) return;
      node.log.error({ error, errorId: randomUUID() }, 'a web request failed');
      sendNotice(response, 'scriptFailed');
    });
  };
}

async function answer(
  node: NodeContext,
  pool: AccountPool,
  hasPhp: boolean,
  request: IncomingMessage,
  response: ServerResponse,
  countFor: (accountRef: string) => void,
): Promise<void> {
  const target = readTarget(request.url ?? '', request.headers.host);
  if (!target) return sendNotice(response, 'badRequest', { connection: 'close' });
  const site = findSite(node, request.socket.localAddress ?? '', target.host);
  if (site.kind === 'unknown') return sendNotice(response, 'unknownHost');
  countFor(site.account.ref);
  if (site.kind === 'suspended') return sendNotice(response, 'suspended');
  const home = node.store.homeOf(site.account.ref);
  const resource = findResource(home, target.names, target.slash);
  switch (resource.kind) {
    case 'forbidden':
      return sendNotice(response, 'forbidden');
    case 'missing':
      return sendNotice(response, 'notFound');
    case 'redirect-to-folder':
      return redirectToFolder(response, target.names, target.query);
    case 'file':
      return sendFile(request, response, resource);
    case 'script': {
      if (!hasPhp) return sendNotice(response, 'phpMissing');
      const call = { account: site.account, target, script: resource };
      return serveScript(node, pool, request, response, call);
    }
  }
}

/** The path is built again from its names: a raw `//host/…` would lead to another site. */
function redirectToFolder(response: ServerResponse, names: string[], query: string): void {
  const path = names.map(encodeURIComponent).join('/');
  response.writeHead(301, { location: `/${path}/${query}`, 'cache-control': 'no-cache' });
  response.end();
}
