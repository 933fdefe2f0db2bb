import * as z from 'zod';
import type {
  AgentState,
  EngineAnswer,
  EngineConnection,
  EngineMetrics,
  GuardableNode,
  ProtectionEngine,
} from '#domains/protection/protection-engine.ts';
import { callMonarx } from './call-monarx.ts';
import type { MonarxCall } from './call-monarx.ts';
import { machineOf, monarxSettings } from './settings.ts';
import type { MonarxSettings } from './settings.ts';

/**
 * Monarx Security, for hosts that already pay for it: its agent is put on a node and taken off,
 * tells its figures, and people sign in to its console. Findings and the switch of each account
 * stay there: no public call tells or sets them.
 */
export const monarx: ProtectionEngine = {
  id: 'monarx',
  title: { ru: 'Monarx Security', en: 'Monarx Security' },
  capabilities: {
    events: false,
    policy: false,
    scan: false,
    bytes: false,
    restore: false,
    ignore: false,
    install: true,
    metrics: true,
    signOn: true,
  },
  settings: monarxSettings,
  connect: (node, stored) => {
    const settings = monarxSettings.safeParse(stored);
    if (settings.success) return connection(settings.data, node);
    const issue = settings.error.issues[0];
    return {
      kind: 'settings-refused',
      field: issue?.path.join('.') ?? '',
      message: issue?.message ?? 'the settings cannot be read',
    };
  },
};

type Agent = { id: string };

/** An agent is found by its tag: `tags` of its configuration hold the node's name. */
const agents = z
  .object({ _embedded: z.object({ items: z.array(z.object({ id: z.string() })) }) })
  .transform(({ _embedded: { items } }): Agent | null => items[0] ?? null);

const machineMetrics = z
  .object({
    records: z.int().min(0),
    malicious: z.int().min(0),
    compromised: z.int().min(0),
    scanned_files: z.int().min(0),
    scan_started_at: z.string(),
    scan_ended_at: z.string().nullable(),
  })
  .transform((told): EngineMetrics => ({
    records: told.records,
    malicious: told.malicious,
    compromised: told.compromised,
    scannedFiles: told.scanned_files,
    scanStartedAt: told.scan_started_at,
    scanEndedAt: told.scan_ended_at,
  }));

const classification = z
  .array(z.object({ counts: z.record(z.string(), z.int().min(0)) }))
  .transform(([first]) => first?.counts ?? {});

const link = z.object({ url: z.url() });
const taken = z.unknown().transform(() => null);

function connection(settings: MonarxSettings, node: GuardableNode): EngineConnection {
  const { apiUrl, apiId, apiKey, enterpriseId } = settings;
  const vendor = (method: MonarxCall['method'], path: string, json?: unknown): MonarxCall => ({
    method,
    url: `${apiUrl}${path}`,
    headers: { 'x-api-id': apiId, 'x-api-key': apiKey },
    json,
  });
  const enterprise = `/enterprise/${enterpriseId}`;
  const findAgent = () => {
    const filter = encodeURIComponent(`agent.tags==${node.name}`);
    return callMonarx(vendor('GET', `${enterprise}/agent?filter=${filter}`), agents, null);
  };
  return {
    kind: 'connected',
    events: cannot,
    setPolicy: cannot,
    startScan: cannot,
    findScan: cannot,
    readBytes: cannot,
    restore: cannot,
    ignore: cannot,
    install: () => changeAgent(settings, node, 'POST', findAgent),
    uninstall: () => changeAgent(settings, node, 'DELETE', findAgent),
    metrics: async () => {
      const machine = machineCall(settings, node, 'GET');
      if (machine) return callMonarx<EngineMetrics | null>(machine, machineMetrics, null);
      const agent = await findAgent();
      if (agent.kind !== 'ok') return agent;
      if (agent.value === null) return { kind: 'ok', value: null };
      const filter = encodeURIComponent(`agent_id==${agent.value.id}`);
      const path = `${enterprise}/agent-file/metrics/agent-file-agent-classification`;
      return toMetrics(await callMonarx(vendor('GET', `${path}?filter=${filter}`), classification));
    },
    signOn: async (accountHome) => {
      const agent = await findAgent();
      if (agent.kind !== 'ok') return agent;
      if (agent.value === null) {
        const message = `Monarx has no agent tagged ${node.name}.`;
        return { kind: 'refused', code: 'agent-absent', message };
      }
      const wanted = { enterprise_id: enterpriseId, agent_id: agent.value.id };
      const json = accountHome === null ? wanted : { ...wanted, home_dir: accountHome };
      return callMonarx(vendor('POST', '/auth/plugin/link', json), link);
    },
  };
}

/**
 * Looks before it asks: an agent that is there is not put on again, and one that is gone is not
 * taken off. So after a lost answer one asks again, and gets told how far it is.
 */
async function changeAgent(
  settings: MonarxSettings,
  node: GuardableNode,
  method: 'POST' | 'DELETE',
  findAgent: () => Promise<EngineAnswer<Agent | null>>,
): Promise<EngineAnswer<AgentState>> {
  const [done, going] =
    method === 'POST' ? (['installed', 'installing'] as const) : (['absent', 'removing'] as const);
  const isThere = (agent: Agent | null) => (agent !== null) === (method === 'POST');
  const before = await findAgent();
  if (before.kind !== 'ok') return before;
  if (isThere(before.value)) return { kind: 'ok', value: { state: done } };
  const call = machineCall(settings, node, method);
  if (!call) {
    const message = `No machine is set for ${node.name}: put the agent there by hand.`;
    return { kind: 'refused', code: 'engine-cannot', message };
  }
  const asked = await callMonarx(call, taken, null);
  if (asked.kind !== 'ok') return asked;
  const after = await findAgent();
  if (after.kind !== 'ok') return { kind: 'ok', value: { state: going } };
  return { kind: 'ok', value: { state: isThere(after.value) ? done : going } };
}

function machineCall(
  settings: MonarxSettings,
  node: GuardableNode,
  method: MonarxCall['method'],
): MonarxCall | null {
  const machine = machineOf(settings, node.name);
  if (machine === null) return null;
  return {
    method,
    url: `${settings.machinesUrl}/virtual-machines/${encodeURIComponent(machine)}/monarx`,
    headers: { authorization: `Bearer ${settings.machinesToken ?? ''}` },
  };
}

function toMetrics(
  answer: EngineAnswer<Record<string, number>>,
): EngineAnswer<EngineMetrics | null> {
  if (answer.kind !== 'ok') return answer;
  const { malicious = 0, compromised = 0 } = answer.value;
  const records = Object.entries(answer.value).reduce(
    (sum, [name, amount]) => (name === 'clean' ? sum : sum + amount),
    0,
  );
  const unknown = { scannedFiles: 0, scanStartedAt: null, scanEndedAt: null };
  return { kind: 'ok', value: { records, malicious, compromised, ...unknown } };
}

function cannot(): Promise<EngineAnswer<never>> {
  const message = 'Monarx has no public call for this; use its console';
  return Promise.resolve({ kind: 'refused', code: 'engine-cannot', message });
}
