import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { HttpVisitor } from '#test/harness/http-visitor.ts';
import type { StoikaProcess } from '#test/harness/stoika-process.ts';
import { latenciesOf } from './latencies.ts';
import type { Latencies } from './latencies.ts';

const CLIENTS = 50;
const CART = { productId: 'reseller-hosting-linux', planId: 'linux-start', termMonths: 12 };

export type PlaceOrderFigures = {
  /** Every client orders once a second, which is as often as the API lets one client order. */
  steady: Latencies;
  /** Every client orders at the same instant, time after time. */
  crowd: Latencies;
  /** Every client orders again as soon as it has its answer. */
  perSecond: number;
  /** The same rows written by hand in one transaction, with the steady load's rhythm. */
  yardstick: Latencies;
  rowsPerOrder: number;
};

type Client = { visitor: HttpVisitor; orders: number; name: string };

/** Fifty clients of one shop order at once, beside the worker of the same process. */
export async function benchPlaceOrder(
  stoika: StoikaProcess,
  databaseUrl: string,
): Promise<PlaceOrderFigures> {
  const clients = await signUpAll(stoika.url);
  const totalMinor = await priceOf(clients[0]);
  const place = (client: Client): Promise<number> => placeOne(client, totalMinor);
  await inCrowds(clients, place, 3);
  const before = await countRows(databaseUrl);
  const steady = await inRhythm(clients, place, 20);
  const after = await countRows(databaseUrl);
  const rowsPerOrder = Math.round((after - before) / steady.length);
  const crowd = await inCrowds(clients, place, 10);
  const startedAt = performance.now();
  const hasty = await withoutPause(clients, place, 15);
  const perSecond = hasty.length / ((performance.now() - startedAt) / 1000);
  const yardstick = await benchInserts(databaseUrl, rowsPerOrder);
  for (const { visitor } of clients) visitor.close();
  return {
    steady: latenciesOf(steady),
    crowd: latenciesOf(crowd),
    perSecond,
    yardstick: latenciesOf(yardstick),
    rowsPerOrder,
  };
}

async function signUpAll(url: string): Promise<Client[]> {
  const clients: Client[] = [];
  const run = Date.now().toString(36);
  for (let number = 1; number <= CLIENTS; number += 1) {
    const name = `bench-${run}-${number}`;
    const visitor = new HttpVisitor({ url, address: `127.0.1.${number}` });
    const answer = await visitor.call('POST', '/v1/account', {
      email: `${name}@example.test`,
      password: 'a bench is no place to sleep',
      name,
      country: 'RU',
      language: 'ru',
    });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    clients.push({ visitor, orders: 0, name });
  }
  return clients;
}

async function priceOf(client: Client | undefined): Promise<number> {
  const answer = await client?.visitor.call('POST', '/v1/shop/quote', CART);
  return Number(answer?.body.totalMinor);
}

/** Milliseconds from the click to the whole answer. */
async function placeOne(client: Client, expectedTotalMinor: number): Promise<number> {
  client.orders += 1;
  const { name, orders, visitor } = client;
  const startedAt = performance.now();
  const answer = await visitor.call(
    'POST',
    '/v1/orders',
    { ...CART, domainName: `${name}-${orders}.example`, expectedTotalMinor },
    { 'idempotency-key': `${name}-${orders}` },
  );
  const tookMs = performance.now() - startedAt;
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return tookMs;
}

type Work<T> = (one: T) => Promise<number>;

async function inRhythm<T>(all: readonly T[], work: Work<T>, rounds: number): Promise<number[]> {
  const times = await Promise.all(
    all.map(async (one, index) => {
      const mine: number[] = [];
      await pause((index * 1000) / all.length);
      for (let round = 0; round < rounds; round += 1) {
        const tookMs = await work(one);
        mine.push(tookMs);
        await pause(Math.max(0, 1000 - tookMs + (Math.random() - 0.5) * 200));
      }
      return mine;
    }),
  );
  return times.flat();
}

async function inCrowds<T>(all: readonly T[], work: Work<T>, rounds: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    times.push(...(await Promise.all(all.map(work))));
    await pause(1000);
  }
  return times;
}

async function withoutPause<T>(all: readonly T[], work: Work<T>, each: number): Promise<number[]> {
  const times = await Promise.all(
    all.map(async (one) => {
      const mine: number[] = [];
      for (let round = 0; round < each; round += 1) mine.push(await work(one));
      return mine;
    }),
  );
  return times.flat();
}

/** Rows ever inserted into the business's tables, as PostgreSQL counts them. */
async function countRows(databaseUrl: string): Promise<number> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  // The counts of other sessions are told with a delay of up to a second.
  await pause(1500);
  const { rows } = await client.query<{ rows: string }>(
    `select sum(n_tup_ins) as rows from pg_stat_user_tables`,
  );
  await client.end();
  return Number(rows[0]?.rows);
}

/** As many rows as an order has, in as many statements of one transaction, over fifty connections. */
async function benchInserts(databaseUrl: string, rowsPerOrder: number): Promise<number[]> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: CLIENTS });
  await pool.query(
    `create table if not exists bench_row (
       id bigint generated always as identity primary key, name text not null, body jsonb not null)`,
  );
  const body = JSON.stringify({ text: 'x'.repeat(300) });
  const write = async (): Promise<number> => {
    const startedAt = performance.now();
    const session = await pool.connect();
    await session.query('begin');
    for (let row = 0; row < rowsPerOrder; row += 1) {
      await session.query('insert into bench_row (name, body) values ($1, $2)', ['bench', body]);
    }
    await session.query('commit');
    session.release();
    return performance.now() - startedAt;
  };
  const all = Array.from({ length: CLIENTS }, (_, index) => index);
  await inCrowds(all, write, 1);
  const times = await inRhythm(all, write, 10);
  await pool.query('drop table bench_row');
  await pool.end();
  return times;
}
