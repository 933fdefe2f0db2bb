import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import { insertRows } from './rows.ts';

const TYPES = {
  no: 'int4',
  label: 'text',
  minor: 'int8',
  on_day: 'date',
  data: 'jsonb',
  ok: 'bool',
};

let test: TestRuntime;
beforeAll(async () => {
  test = await startTestRuntime();
  await sql`create table crate (no int primary key, label text, minor bigint, on_day date,
    data jsonb, ok bool)`.execute(test.runtime.db);
});
afterAll(() => test.stop());

const LABELS = [
  'plain',
  'tab\there',
  'line\nbreak',
  'back\\slash',
  '\\N',
  '\\.',
  '',
  'ё "quoted"',
  null,
];
const row = (no: number) => ({
  no,
  label: LABELS[no % LABELS.length],
  minor: 9_007_199_254_740_993n * BigInt(no),
  on_day: Temporal.PlainDate.from('2024-02-29'),
  data: no % 3 === 0 ? null : { text: LABELS[no % LABELS.length], list: [no, 'a\\b'] },
  ok: no % 2 === 0,
});
const read = async () => (await sql`select * from crate order by no`.execute(test.runtime.db)).rows;

describe('many rows', () => {
  it('arrive as few do, whatever is in them', async () => {
    const rows = Array.from({ length: 60 }, (_, no) => row(no));
    await test.run((ctx) => insertRows(ctx.tx, 'crate', TYPES, rows));
    const together = await read();
    await sql`delete from crate`.execute(test.runtime.db);
    for (const one of rows) await test.run((ctx) => insertRows(ctx.tx, 'crate', TYPES, [one]));
    expect(together).toEqual(await read());
    expect(together).toEqual(rows);
  });

  it('that break a constraint say which, and leave nothing', async () => {
    const rows = Array.from({ length: 40 }, (_, no) => row(100 + no));
    const twice = test.run(async (ctx) => {
      await insertRows(ctx.tx, 'crate', TYPES, rows);
      await insertRows(ctx.tx, 'crate', TYPES, rows);
    });
    await expect(twice).rejects.toMatchObject({ code: '23505', constraint: 'crate_pkey' });
    expect(await read()).toHaveLength(60);
    expect(await test.run(async (ctx) => (await sql`select 1`.execute(ctx.tx)).rows.length)).toBe(
      1,
    );
  });
});
