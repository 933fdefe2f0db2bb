import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

export const FAKE_KEYS = {
  apiId: 'id-of-a-host',
  apiKey: 'key-of-a-host',
  token: 'token-of-a-host',
};
const ENTERPRISE = 'ent-1';

type Fault =
  | { kind: 'slow'; ms: number }
  | { kind: 'http-500' }
  /** No, with HTTP 200. */
  | { kind: 'refuse'; message: string }
  | { kind: 'drop' }
  /** Does the work; the answer is lost. */
  | { kind: 'work-then-drop' };

/** Monarx and a provider of virtual machines on one socket, as far as their calls are public. */
export type MonarxFake = {
  url: string;
  enterpriseId: string;
  /** Agents that run, by tag; the console shows their figures. */
  agents: Map<string, { id: string; counts: Record<string, number> }>;
  /** Which tag the agent of a machine gets; a machine takes `installsAfter` looks to have it. */
  machines: Map<string, string>;
  installsAfter: number;
  /** Next calls misbehave, one each. */
  faults: Fault[];
  /** `POST machine`, `DELETE machine`: what really was done. */
  done: string[];
  close(): Promise<void>;
};

export async function openMonarxFake(): Promise<MonarxFake> {
  const fake: MonarxFake = {
    url: '',
    enterpriseId: ENTERPRISE,
    agents: new Map(),
    machines: new Map(),
    installsAfter: 0,
    faults: [],
    done: [],
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const work = vendorWork(fake);
  const server = createServer((request, response) => {
    void respond(request, response);
  });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const fault = fake.faults.shift();
    if (fault?.kind === 'slow') await delay(fault.ms);
    if (fault?.kind === 'http-500') return send(response, 500, { message: 'internal error' });
    if (fault?.kind === 'drop') return drop(request);
    if (fault?.kind === 'refuse') {
      return send(response, 200, { success: false, error: fault.message });
    }
    const [status, body] = work(request, Buffer.concat(chunks).toString());
    if (fault?.kind === 'work-then-drop') return drop(request);
    send(response, status, body);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  fake.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return fake;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function drop(request: IncomingMessage): void {
  request.socket.destroy();
}

/** What the vendor does with a request; agents appear some questions after they were installed. */
function vendorWork(fake: MonarxFake) {
  const pending = new Map<string, number>();
  function work(request: IncomingMessage, body: string): [number, unknown] {
    const url = new URL(request.url ?? '/', 'http://fake');
    const machine = /^\/virtual-machines\/([^/]+)\/monarx$/.exec(url.pathname)?.[1];
    if (machine !== undefined) {
      if (request.headers.authorization !== `Bearer ${FAKE_KEYS.token}`) return [401, {}];
      return ofMachine(request.method ?? '', decodeURIComponent(machine));
    }
    const { 'x-api-id': id, 'x-api-key': key } = request.headers;
    if (id !== FAKE_KEYS.apiId || key !== FAKE_KEYS.apiKey) return [401, { message: 'denied' }];
    const filter = url.searchParams.get('filter') ?? '';
    if (url.pathname === `/enterprise/${ENTERPRISE}/agent`) return [200, agentsBy(filter)];
    if (url.pathname.endsWith('/agent-file-agent-classification')) {
      const agent = [...fake.agents.values()].find((one) => filter === `agent_id==${one.id}`);
      return [200, agent ? [{ counts: agent.counts }] : []];
    }
    if (request.method === 'POST' && url.pathname === '/auth/plugin/link') {
      return linkFor(JSON.parse(body), [...fake.agents.values()]);
    }
    return [404, { message: 'not found' }];
  }

  function agentsBy(filter: string): unknown {
    const tag = filter.replace(/^agent\.tags==/, '');
    const left = pending.get(tag);
    if (left !== undefined) {
      pending.set(tag, left - 1);
      if (left <= 1) {
        pending.delete(tag);
        fake.agents.set(tag, { id: `agent-of-${tag}`, counts: { clean: 10 } });
      }
    }
    const agent = fake.agents.get(tag);
    return { _embedded: { items: agent ? [{ id: agent.id, host_id: tag }] : [] } };
  }

  function ofMachine(method: string, machine: string): [number, unknown] {
    const tag = fake.machines.get(machine);
    if (tag === undefined) return [404, { message: 'no such machine' }];
    if (method === 'GET') {
      const agent = fake.agents.get(tag);
      if (!agent) return [404, { message: 'not installed' }];
      return [200, summaryOf(agent.counts)];
    }
    fake.done.push(`${method} ${machine}`);
    if (method === 'DELETE') fake.agents.delete(tag);
    else pending.set(tag, fake.installsAfter + 1);
    return [200, { id: 1, name: `monarx_${method.toLowerCase()}`, state: 'initiated' }];
  }

  return work;
}

function summaryOf({ malicious = 0, compromised = 0 }: Record<string, number>) {
  return {
    records: malicious + compromised,
    malicious,
    compromised,
    scanned_files: 4200,
    scan_started_at: '2026-11-23T01:00:00Z',
    scan_ended_at: null,
  };
}

function linkFor(
  wanted: { agent_id: string; enterprise_id: string },
  agents: readonly { id: string }[],
): [number, unknown] {
  const known = agents.some(({ id }) => id === wanted.agent_id);
  if (!known || wanted.enterprise_id !== ENTERPRISE) return [422, { message: 'no such agent' }];
  return [200, { url: `https://app.monarx.com/sso/${wanted.agent_id}?once=1` }];
}
