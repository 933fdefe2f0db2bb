import { fork } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DEMO_PASSWORD } from '#domains/identity/index.ts';
import { HttpVisitor } from '#test/harness/http-visitor.ts';
import type { StoikaProcess } from '#test/harness/stoika-process.ts';
import { cpuTimeMs } from './cpu-time.ts';
import { requestsPerSecond } from './load.ts';

const PATH = '/en/plans/reseller-hosting-linux';
const CONNECTIONS = 32;
const ROUND_MS = 4000;
const ROUNDS = 3;

export type PlanPageFigures = {
  bytes: number;
  /** Requests a second. */
  page: number;
  bare: number;
  /** Requests a second of processor time: the same on a busy machine and on an idle one. */
  pagePerCpuSecond: number;
  barePerCpuSecond: number;
  /** From publishing a new price until the page shows it. */
  changeShownMs: number;
};

type Served = { port: number; pid: number };

/** The plan page against a handler that returns the same bytes, in turns on the same machine. */
export async function benchPlanPage(stoika: StoikaProcess): Promise<PlanPageFigures> {
  const shop: Served = { port: Number(new URL(stoika.url).port), pid: stoika.pid };
  await readPage(shop.port);
  const page = await readPage(shop.port);
  const bare = await startBareHandler(page);
  const results = { page: total(), bare: total() };
  await measure(shop, total());
  await measure(bare, total());
  for (let round = 0; round < ROUNDS; round += 1) {
    await measure(shop, results.page);
    await measure(bare, results.bare);
  }
  bare.stop();
  return {
    bytes: page.body.length,
    page: results.page.rate / ROUNDS,
    bare: results.bare.rate / ROUNDS,
    pagePerCpuSecond: results.page.count / (results.page.cpuMs / 1000),
    barePerCpuSecond: results.bare.count / (results.bare.cpuMs / 1000),
    changeShownMs: await publishAndLook(stoika.url, shop.port),
  };
}

type Total = { rate: number; count: number; cpuMs: number };
const total = (): Total => ({ rate: 0, count: 0, cpuMs: 0 });

async function measure({ port, pid }: Served, sum: Total): Promise<void> {
  const before = cpuTimeMs(pid).own;
  const { rate, count } = await requestsPerSecond({
    port,
    host: 'localhost',
    path: PATH,
    connections: CONNECTIONS,
    forMs: ROUND_MS,
  });
  sum.rate += rate;
  sum.count += count;
  sum.cpuMs += cpuTimeMs(pid).own - before;
}

type Page = { body: Buffer; headers: Record<string, string> };

/** The page as a browser gets it, compressed. */
async function readPage(port: number): Promise<Page> {
  const request = get({
    port,
    host: '127.0.0.1',
    path: PATH,
    headers: { host: `localhost:${port}`, 'accept-encoding': 'br', 'accept-language': 'en' },
  });
  const [response] = await once(request, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  if (response.statusCode !== 200) throw new Error(`${PATH}: ${response.statusCode}`);
  const {
    date: _date,
    connection: _connection,
    'keep-alive': _alive,
    ...headers
  } = response.headers;
  return { body: Buffer.concat(chunks), headers };
}

async function startBareHandler({ body, headers }: Page): Promise<Served & { stop(): void }> {
  const child = fork(join(import.meta.dirname, 'bare-handler-main.ts'));
  child.send({ body: body.toString('base64'), headers });
  const [port] = await once(child, 'message');
  return { port: port as number, pid: child.pid ?? 0, stop: () => child.disconnect() };
}

/** Raises a price to one that is nowhere on the page and waits until it is. */
async function publishAndLook(url: string, port: number): Promise<number> {
  const staff = new HttpVisitor({ url });
  await staff.call('POST', '/v1/session', { email: 'owner@stoika.test', password: DEMO_PASSWORD });
  const { body: clock } = await staff.call('GET', '/v1/admin/clock');
  const today = clock.now.slice(0, 10);
  const draft = await staff.call('POST', '/v1/admin/catalogue/editions', {
    title: 'A price to look for',
    effectiveOn: today,
    existingOn: null,
    noticeDays: 0,
    prices: [1, 3, 6, 12, 24, 36].map((termMonths) => ({
      audience: 'clients',
      item: { kind: 'plan', id: 'linux-start' },
      currency: 'RUB',
      action: 'add',
      termMonths,
      monthlyMinor: 777_00,
    })),
    inclusions: [],
  });
  if (draft.status !== 200) throw new Error(JSON.stringify(draft.body));
  const shows = async (): Promise<boolean> => {
    const visitor = new HttpVisitor({ url: `http://localhost:${port}` });
    const { body } = await visitor.call('GET', PATH);
    visitor.close();
    return /777(\.00)?/.test(String(body));
  };
  if (await shows()) throw new Error('the price was there before');
  const startedAt = performance.now();
  const published = await staff.call(
    'POST',
    `/v1/admin/catalogue/editions/${draft.body.id}/publish`,
    {
      id: draft.body.id,
    },
  );
  if (published.status !== 200) throw new Error(JSON.stringify(published.body));
  while (!(await shows())) {
    if (performance.now() - startedAt > 10_000) throw new Error('the new price never came');
    await pause(5);
  }
  staff.close();
  return performance.now() - startedAt;
}
