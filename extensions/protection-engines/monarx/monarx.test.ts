import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EngineConnection } from '#domains/protection/protection-engine.ts';
import { FAKE_KEYS, openMonarxFake } from './fake/open-monarx-fake.ts';
import type { MonarxFake } from './fake/open-monarx-fake.ts';
import { monarx } from './monarx.ts';

let fake: MonarxFake;

beforeAll(async () => {
  fake = await openMonarxFake();
});
afterAll(() => fake.close());
beforeEach(() => {
  fake.agents.clear();
  fake.machines = new Map([['77', 'node-1']]);
  fake.installsAfter = 0;
  fake.faults.length = 0;
  fake.done.length = 0;
});

function connect(changes: Record<string, unknown> = {}): EngineConnection {
  const connection = monarx.connect(
    { id: 'nod_1', name: 'node-1', moduleId: 'whm', settings: {} },
    {
      apiUrl: fake.url,
      apiId: FAKE_KEYS.apiId,
      apiKey: FAKE_KEYS.apiKey,
      enterpriseId: fake.enterpriseId,
      machinesUrl: fake.url,
      machinesToken: FAKE_KEYS.token,
      machines: ['node-1=77'],
      ...changes,
    },
    null,
  );
  if (connection?.kind !== 'connected') throw new Error(JSON.stringify(connection));
  return connection;
}

describe('the agent', () => {
  it('is put on a node, and asking again tells how far it is and does it once', async () => {
    fake.installsAfter = 2;
    const engine = connect();
    expect(await engine.install()).toEqual({ kind: 'ok', value: { state: 'installing' } });
    fake.faults.push({ kind: 'slow', ms: 20 });
    expect((await engine.metrics()).kind).toBe('ok');
    await engine.signOn(null);
    expect(await engine.install()).toEqual({ kind: 'ok', value: { state: 'installed' } });
    expect(fake.done).toEqual(['POST 77']);
  });

  it('is not put on twice when the answer was lost', async () => {
    const engine = connect();
    fake.faults.push({ kind: 'slow', ms: 1 }, { kind: 'work-then-drop' });
    expect((await engine.install()).kind).toBe('unreachable');
    expect(await engine.install()).toEqual({ kind: 'ok', value: { state: 'installed' } });
    expect(fake.done).toEqual(['POST 77']);
  });

  it('is taken off, and what is gone already is gone', async () => {
    fake.agents.set('node-1', { id: 'a1', counts: {} });
    const engine = connect();
    expect(await engine.uninstall()).toEqual({ kind: 'ok', value: { state: 'absent' } });
    expect(await engine.uninstall()).toEqual({ kind: 'ok', value: { state: 'absent' } });
    expect(fake.done).toEqual(['DELETE 77']);
  });

  it('is put on by hand where no provider does it', async () => {
    const engine = connect({ machines: [] });
    expect(await engine.install()).toMatchObject({ kind: 'refused', code: 'engine-cannot' });
  });
});

describe('its figures', () => {
  it('come from the machine’s provider, six of them; none before the agent is there', async () => {
    const engine = connect();
    expect(await engine.metrics()).toEqual({ kind: 'ok', value: null });
    fake.agents.set('node-1', { id: 'a1', counts: { malicious: 3, compromised: 1 } });
    expect(await engine.metrics()).toEqual({
      kind: 'ok',
      value: {
        records: 4,
        malicious: 3,
        compromised: 1,
        scannedFiles: 4200,
        scanStartedAt: '2026-11-23T01:00:00Z',
        scanEndedAt: null,
      },
    });
  });

  it('come from Monarx itself where there is no provider', async () => {
    fake.agents.set('node-1', {
      id: 'a1',
      counts: { clean: 900, malicious: 2, compromised: 1, suspicious: 4 },
    });
    expect(await connect({ machines: [] }).metrics()).toMatchObject({
      value: { records: 7, malicious: 2, compromised: 1 },
    });
  });
});

describe('the console', () => {
  it('opens by a link for whoever asks, when there is an agent', async () => {
    const engine = connect();
    expect(await engine.signOn(null)).toMatchObject({ kind: 'refused', code: 'agent-absent' });
    fake.agents.set('node-1', { id: 'a1', counts: {} });
    expect(await engine.signOn('/home/anna')).toEqual({
      kind: 'ok',
      value: { url: 'https://app.monarx.com/sso/a1?once=1' },
    });
  });
});

describe('the vendor', () => {
  it('may be away, refuse with 200, refuse our key, or talk nonsense', async () => {
    const engine = connect();
    fake.faults.push({ kind: 'http-500' });
    expect((await engine.install()).kind).toBe('unreachable');
    fake.faults.push({ kind: 'drop' });
    expect((await engine.install()).kind).toBe('unreachable');
    fake.faults.push({ kind: 'refuse', message: 'licence expired' });
    expect(await engine.install()).toEqual({
      kind: 'refused',
      code: 'engine-refused',
      message: 'licence expired',
    });
    expect(await connect({ apiKey: 'wrong' }).install()).toMatchObject({
      code: 'engine-credentials-refused',
    });
    expect(fake.done).toEqual([]);
  });

  it('gets our key over https alone, and never findings of ours', async () => {
    const settings = { apiId: 'x', apiKey: 'y', enterpriseId: 'z' };
    const node = { id: 'nod_1', name: 'node-1', moduleId: 'whm', settings: {} };
    expect(monarx.connect(node, { ...settings, apiUrl: 'http://api.example' }, null)).toMatchObject(
      {
        kind: 'settings-refused',
        field: 'apiUrl',
      },
    );
    expect(await connect().restore('f1')).toMatchObject({ code: 'engine-cannot' });
  });
});
