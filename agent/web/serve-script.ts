import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NodeContext } from '../node-context.ts';
import type { AnswerSink, RunResult } from '../php/account-process.ts';
import type { AccountPool, PoolResult } from '../php/account-pool.ts';
import type { PhpRequest } from '../php/messages.ts';
import type { AccountRecord } from '../records/records.ts';
import { cgiVariables, phpHeaders } from './cgi-variables.ts';
import { findSite } from './find-site.ts';
import { readBody } from './read-body.ts';
import type { RequestTarget } from './request-target.ts';
import { sendNotice } from './send-notice.ts';

export type ScriptCall = {
  account: AccountRecord;
  target: RequestTarget;
  script: { names: string[]; pathInfo: string };
};

/** What visitors see where the guard keeps a script from running. */
const guardPages = {
  malicious: 'malicious',
  unseen: 'unseen',
  'upload-folder': 'uploadFolder',
} as const;
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** An answer up to this size leaves the account's process free, however slowly it is read. */
const bufferedBytes = 2 * 1024 * 1024;
const stalledClientMs = 15_000;
const maxFilesPerRequest = 10_000;
/** Node sets these itself, or they belong to the connection and not to the answer. */
const ownHeaders = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'upgrade',
  'trailer',
  'status',
]);

/** Runs a script of the account and passes its answer on. */
export async function serveScript(
  node: NodeContext,
  pool: AccountPool,
  request: IncomingMessage,
  response: ServerResponse,
  call: ScriptCall,
): Promise<void> {
  if (!methods.has(request.method ?? '')) {
    return sendNotice(response, 'methodNotAllowed', { allow: [...methods].join(', ') });
  }
  const body = await readBody(request, node.options.maxBodyMb * 1024 * 1024);
  if (body === 'too-large') {
    return sendNotice(response, 'bodyTooLarge', { connection: 'close' });
  }
  const prepare = () => prepareRequest(node, request, call, body);
  const touched = new Set<string>();
  const wrote = (path: string) => {
    touched.add(path);
    announceWritten(node, request, call, path);
  };
  const mailed = (text: string) => node.mail?.heard(call.account.ref, text);
  const sink = answerInto(response, { wrote, mailed });
  const result = await pool.run(call.account.ref, prepare, sink);
  if (result.kind === 'done') {
    response.end();
    noteChanges(node, request, call, result);
    return;
  }
  // What was written after it was first told, a process that was killed cannot say.
  for (const path of touched) announceWritten(node, request, call, path);
  if (result.kind === 'failed') throw result.error;
  if (result.kind === 'crashed') {
    const { words } = result;
    node.log.warn({ accountRef: call.account.ref, words }, 'an account process ended');
  }
  if (result.kind === 'stopped-by-guard') {
    return sendNotice(response, guardPages[result.reason]);
  }
  sendFailure(node, request, response, call, result.kind);
}

/** Asked when the process is free: the site may have been suspended or deleted while waiting. */
async function prepareRequest(
  node: NodeContext,
  request: IncomingMessage,
  call: ScriptCall,
  body: Uint8Array | null,
): Promise<PhpRequest | PoolResult> {
  const { account, target, script } = call;
  const site = findSite(node, request.socket.localAddress ?? '', target.host);
  if (site.kind !== 'site' || site.account.ref !== account.ref) return { kind: 'stopped' };
  const scriptPath = scriptPathOf(call);
  const asked = (await node.guard?.mayRun(account.ref, scriptPath)) ?? { run: true, watch: null };
  if (!asked.run) {
    const { reason } = asked;
    return reason === 'busy' ? { kind: 'overloaded' } : { kind: 'stopped-by-guard', reason };
  }
  return {
    method: request.method ?? 'GET',
    uri: target.uri,
    scriptPath,
    headers: phpHeaders(request),
    server: cgiVariables(request, target, script, `/home/${account.username}`),
    body,
    budget: {
      bytes: await node.usage.budgetBytes(account.packageRef),
      files: maxFilesPerRequest,
    },
    watch: asked.watch,
  };
}

function scriptPathOf({ script }: ScriptCall): string {
  return `public_html/${script.names.join('/')}`;
}

function answerInto(
  response: ServerResponse,
  heard: Pick<AnswerSink, 'wrote' | 'mailed'>,
): AnswerSink {
  return {
    ...heard,
    head(status, headers) {
      for (const [name, values] of Object.entries(headers)) {
        if (ownHeaders.has(name.toLowerCase())) continue;
        try {
          response.setHeader(name, values.length === 1 ? (values[0] ?? '') : values);
        } catch {
          // A header Node holds for malformed (RFC 9110 §5.5) is dropped, as web servers do.
        }
      }
      response.statusCode = status >= 200 && status <= 599 ? status : 500;
    },
    async write(bytes) {
      if (response.destroyed) return false;
      response.write(bytes);
      if (response.writableLength < bufferedBytes) return true;
      const signal = AbortSignal.timeout(stalledClientMs);
      try {
        await once(response, 'drain', { signal });
        return true;
      } catch {
        response.destroy();
        return false;
      }
    },
  };
}

function noteChanges(
  node: NodeContext,
  request: IncomingMessage,
  call: ScriptCall,
  done: RunResult & { kind: 'done' },
) {
  if (!done.changed) return;
  node.usage.changed(call.account.ref, done.growthBytes, true);
  for (const path of done.written) announceWritten(node, request, call, path);
}

function announceWritten(
  node: NodeContext,
  request: IncomingMessage,
  call: ScriptCall,
  path: string,
) {
  const cause = {
    script: scriptPathOf(call),
    request: `${request.method} ${call.target.uri}`,
    address: request.socket.remoteAddress ?? '',
  };
  node.announceFile({ accountRef: call.account.ref, path, by: 'php', at: node.now(), cause });
}

function sendFailure(
  node: NodeContext,
  request: IncomingMessage,
  response: ServerResponse,
  call: ScriptCall,
  kind: Exclude<PoolResult['kind'], 'done' | 'failed' | 'stopped-by-guard'>,
): void {
  // What a killed process wrote is unknown: count the account's disk afresh.
  node.usage.changed(call.account.ref, 0, true);
  if (kind === 'timeout') return sendNotice(response, 'timeout');
  if (kind === 'crashed') return sendNotice(response, 'scriptFailed');
  if (kind === 'overloaded') return sendNotice(response, 'overloaded', { 'retry-after': '5' });
  const site = findSite(node, request.socket.localAddress ?? '', call.target.host);
  if (site.kind === 'suspended') return sendNotice(response, 'suspended');
  if (site.kind === 'unknown') return sendNotice(response, 'unknownHost');
  if (kind === 'unavailable') return sendNotice(response, 'phpMissing');
  return sendNotice(response, 'overloaded', { 'retry-after': '1' });
}
