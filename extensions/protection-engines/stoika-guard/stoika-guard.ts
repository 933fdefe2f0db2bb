import type {
  EngineAnswer,
  EngineConnection,
  ProtectionEngine,
} from '#domains/protection/protection-engine.ts';
import type { Outcome } from '#domains/hosting/server-module.ts';
import { callNode } from '#extensions/server-modules/embedded-node/call-node.ts';
import type { NodeCall } from '#extensions/server-modules/embedded-node/call-node.ts';
import { embeddedNodeSettings } from '#extensions/server-modules/embedded-node/settings.ts';
import type { EmbeddedNodeSettings } from '#extensions/server-modules/embedded-node/settings.ts';
import * as z from 'zod';
import * as wire from './wire.ts';

/** Our own guard, which lives in the node's program: spoken to over the node's control API. */
export const stoikaGuard: ProtectionEngine = {
  id: 'stoika-guard',
  title: { ru: 'Страж Стойки', en: 'Stoika Guard' },
  capabilities: {
    events: true,
    policy: true,
    scan: true,
    bytes: true,
    restore: true,
    ignore: true,
    install: false,
    metrics: false,
    signOn: false,
  },
  settings: z.object({}),
  connect: (node) => {
    if (node.moduleId !== 'embedded-node') return null;
    const settings = embeddedNodeSettings.safeParse(node.settings);
    if (settings.success) return connection(settings.data);
    const issue = settings.error.issues[0];
    return {
      kind: 'settings-refused',
      field: issue?.path.join('.') ?? '',
      message: issue?.message ?? 'the settings cannot be read',
    };
  },
};

/** A node that does not answer must not hold up the visits to the others. */
const TIMEOUT_MS = 5000;

function connection(node: EmbeddedNodeSettings): EngineConnection {
  const call = async <T>(request: NodeCall, answer: z.ZodType<T>): Promise<EngineAnswer<T>> =>
    toAnswer(await callNode({ ...node, timeoutMs: TIMEOUT_MS }, request, answer));
  const finding = (ref: string): string => `/guard/findings/${encodeURIComponent(ref)}`;
  const act = (ref: string, verb: 'restore' | 'ignore') =>
    call({ method: 'POST', path: `${finding(ref)}/${verb}`, json: {} }, wire.actedOn);
  return {
    kind: 'connected',
    events: (after, limit) =>
      call({ method: 'GET', path: `/guard/events?after=${after}&limit=${limit}` }, wire.eventPage),
    setPolicy: ({ node: server, ...policy }) =>
      call({ method: 'PUT', path: '/guard/policy', json: { server, ...policy } }, wire.nothing),
    startScan: (accountRef, key) =>
      call(
        {
          method: 'POST',
          path: '/guard/scans',
          json: { accountRef },
          headers: { 'idempotency-key': key },
        },
        wire.scanStarted,
      ),
    findScan: (ref) =>
      call({ method: 'GET', path: `/guard/scans/${encodeURIComponent(ref)}` }, wire.scan),
    readBytes: (ref, { offset, limit }) =>
      call(
        { method: 'GET', path: `${finding(ref)}/bytes?offset=${offset}&limit=${limit}` },
        wire.findingBytes,
      ),
    restore: (ref) => act(ref, 'restore'),
    ignore: (ref) => act(ref, 'ignore'),
    install: cannot,
    uninstall: cannot,
    metrics: cannot,
    signOn: cannot,
  };
}

function toAnswer<T>(outcome: Outcome<T>): EngineAnswer<T> {
  if (outcome.kind === 'ok' || outcome.kind === 'refused') return outcome;
  return { kind: 'unreachable', message: outcome.message };
}

function cannot(): Promise<EngineAnswer<never>> {
  const message = 'the guard comes with the node and goes with it';
  return Promise.resolve({ kind: 'refused', code: 'engine-cannot', message });
}
