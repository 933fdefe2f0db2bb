import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { eventPage, guardEvent, guardPolicy } from '#agent/guard/service/wire.ts';
import type { GuardPolicy } from '#agent/guard/service/wire.ts';

type Told = z.input<typeof guardEvent>;
/** Each kind without its number and its time. */
type Untold = Told extends infer E ? (E extends Told ? Omit<E, 'seq' | 'at'> : never) : never;

/** How it misbehaves, until it is told otherwise. */
type Fault = 'none' | 'silent' | 'broken' | 'twice';

/**
 * A node whose guard says what the test wants: everything but `/v1/guard` goes to the real node
 * behind it. What it says is checked against the guard's own words.
 */
export type ScriptedGuard = {
  url: string;
  policy: GuardPolicy | null;
  /** How often each verb was asked for. */
  asked: Record<string, number>;
  fault: Fault;
  say(event: Untold): number;
  /** Forgets what it spooled up to that number, as a full spool does. */
  forget(upTo: number): void;
  /** Other scanners, as the node says they stand. */
  sources: z.input<typeof eventPage>['sources'];
  scan: { scannedFiles: number; state: 'running' | 'done' };
  close(): Promise<void>;
};

export async function openScriptedGuard(nodeUrl: string): Promise<ScriptedGuard> {
  const spool: z.output<typeof guardEvent>[] = [];
  let seq = 0;
  let forgotten = 0;
  const scans = new Map<string, { scanId: string; accountRef: string }>();
  const states = new Map<string, string>();
  const guard: ScriptedGuard = {
    url: '',
    policy: null,
    asked: {},
    fault: 'none',
    sources: [],
    scan: { scannedFiles: 7, state: 'running' },
    say: (event) => {
      seq += 1;
      spool.push(guardEvent.parse({ ...event, seq, at: new Date().toISOString() }));
      return seq;
    },
    forget: (upTo) => {
      forgotten = upTo;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const server = createServer((request, response) => {
    void answer(request, response);
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const url = new URL(request.url ?? '/', 'http://guard');
    if (!url.pathname.startsWith('/v1/guard/')) return passOn(request, response, body);
    const verb = `${request.method} ${url.pathname.replace('/v1/guard', '')}`;
    guard.asked[verb] = (guard.asked[verb] ?? 0) + 1;
    if (guard.fault === 'broken') return send(response, 500, { code: 'unexpected' });
    if (guard.fault === 'silent') {
      request.socket.destroy();
      return;
    }
    send(response, 200, say(request, url, body));
  }

  function say(request: IncomingMessage, url: URL, body: Buffer): unknown {
    const path = url.pathname.replace('/v1/guard', '');
    if (path === '/events') return events(Number(url.searchParams.get('after')));
    if (path === '/policy') {
      guard.policy = guardPolicy.parse(JSON.parse(body.toString()));
      return guard.policy;
    }
    if (path === '/scans') {
      const key = String(request.headers['idempotency-key']);
      const { accountRef } = JSON.parse(body.toString()) as { accountRef: string };
      const known = scans.get(key) ?? { scanId: randomUUID(), accountRef };
      scans.set(key, known);
      return { scanId: known.scanId };
    }
    if (path.startsWith('/scans/')) return scanView(path.split('/').at(-1) ?? '');
    const [, , findingId = '', what = ''] = path.split('/');
    if (what === 'bytes') {
      const content = Buffer.from('<?php system($_GET["c"]);');
      return {
        findingId,
        ranges: [{ offset: 0, length: content.length }],
        totalBytes: content.length,
        offset: 0,
        base64: content.toString('base64'),
        nextOffset: null,
      };
    }
    states.set(findingId, what === 'restore' ? 'restored' : 'ignored');
    return { state: states.get(findingId) };
  }

  function events(after: number): unknown {
    const from = guard.fault === 'twice' ? Math.max(0, after - 2) : after;
    const kept = spool.filter((event) => event.seq > Math.max(from, forgotten));
    return eventPage.parse({
      events: kept,
      nextAfter: kept.at(-1)?.seq ?? after,
      lost: Math.max(0, forgotten - after),
      sources: guard.sources,
    });
  }

  function scanView(scanId: string): unknown {
    const known = [...scans.values()].find((one) => one.scanId === scanId);
    const { state, scannedFiles } = guard.scan;
    const now = new Date().toISOString();
    return {
      scanId,
      accountRef: known?.accountRef,
      scanKind: 'on-demand',
      state,
      startedAt: now,
      endedAt: state === 'done' ? now : null,
      scannedFiles,
      records: 0,
      malicious: 0,
      compromised: 0,
    };
  }

  async function passOn(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
  ): Promise<void> {
    const { authorization = '', 'content-type': type } = request.headers;
    const answered = await fetch(`${nodeUrl}${request.url}`, {
      method: request.method ?? 'GET',
      headers: { authorization, ...(type && { 'content-type': type }) },
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    response.writeHead(answered.status, { 'content-type': 'application/json' });
    response.end(Buffer.from(await answered.arrayBuffer()));
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  guard.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return guard;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

let count = 0;

/** What a guard says of one file; a web shell unless it is said otherwise. */
export function findingOf(
  accountRef: string,
  changes: Partial<Untold> = {},
): Untold & {
  kind: 'finding';
  findingId: string;
} {
  count += 1;
  return {
    kind: 'finding',
    findingId: `f${count}`,
    accountRef,
    path: `public_html/shell-${count}.php`,
    class: 'malicious',
    family: 'web shell',
    rules: ['shell-from-request'],
    confidence: 99,
    certain: true,
    limit: null,
    sha256: createHash('sha256').update(String(count)).digest('hex'),
    size: 120,
    foundAt: new Date().toISOString(),
    detectedAfterMs: 12,
    foundBy: 'write',
    origin: {
      by: 'upload',
      at: new Date().toISOString(),
      script: null,
      request: null,
      address: null,
    },
    ...changes,
  } as Untold & { kind: 'finding'; findingId: string };
}

export function mendedOf(findingId: string, accountRef: string): Untold {
  return {
    kind: 'mended',
    findingId,
    accountRef,
    act: 'quarantined',
    removed: [{ offset: 0, length: 120 }],
    restorableUntil: '2026-12-31T00:00:00Z',
  };
}
