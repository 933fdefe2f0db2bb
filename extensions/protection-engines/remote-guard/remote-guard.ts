import * as z from 'zod';
import type {
  EngineAnswer,
  EngineConnection,
  OrderBox,
  OrderInput,
  ProtectionEngine,
} from '#domains/protection/protection-engine.ts';
import * as wire from '../stoika-guard/wire.ts';

/**
 * Our own guard on any Linux server, which calls us and is never called: what it is to do is left in
 * the box of its node, and it brings its events itself.
 */
export const remoteGuard: ProtectionEngine = {
  id: 'remote-guard',
  title: { ru: 'Страж на своём сервере', en: 'Stoika Guard on a server' },
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
  connect: (_node, _settings, box) => box && connection(box),
  readEvents: (told) =>
    told.flatMap((one) => {
      const event = wire.guardEvent.safeParse(one);
      return event.success ? [event.data] : [];
    }),
};

function connection(box: OrderBox): EngineConnection {
  const ask = async <T>(order: OrderInput, answer: z.ZodType<T>): Promise<EngineAnswer<T>> =>
    readAs(await box.ask(order), answer);
  return {
    kind: 'connected',
    // Brought, not asked for.
    events: async (after) => ({
      kind: 'ok',
      value: { events: [], nextAfter: after, lost: 0, sources: null },
    }),
    setPolicy: box.setPolicy,
    startScan: (accountRef, key) => ask({ kind: 'scan', accountRef, key }, wire.scanStarted),
    // How it goes on comes as an event.
    findScan: async () => ({ kind: 'waiting', message: 'the server tells when it is done' }),
    readBytes: (findingRef, from) => ask({ kind: 'bytes', findingRef, ...from }, wire.findingBytes),
    restore: (findingRef) => ask({ kind: 'restore', findingRef }, wire.actedOn),
    ignore: (findingRef) => ask({ kind: 'ignore', findingRef }, wire.actedOn),
    install: cannot,
    uninstall: cannot,
    metrics: cannot,
    signOn: cannot,
  };
}

function readAs<T>(answer: EngineAnswer<unknown>, as: z.ZodType<T>): EngineAnswer<T> {
  if (answer.kind !== 'ok') return answer;
  const read = as.safeParse(answer.value);
  if (read.success) return { kind: 'ok', value: read.data };
  return { kind: 'unreachable', message: 'the server answered with something else' };
}

function cannot(): Promise<EngineAnswer<never>> {
  const message = 'the guard is put on the server and taken off it there';
  return Promise.resolve({ kind: 'refused', code: 'engine-cannot', message });
}
