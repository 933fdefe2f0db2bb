import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestRuntime } from '#test/harness/runtime.ts';
import type { TestRuntime } from '#test/harness/runtime.ts';
import { renameStatements, statementName } from './statement-names.ts';

let test: TestRuntime;
beforeAll(async () => {
  renameStatements(); // other tests of this process have filled the memory
  test = await startTestRuntime();
  await test.run((ctx) => sql`create table shelf (no int primary key, label text)`.execute(ctx.tx));
  await test.run((ctx) => sql`insert into shelf values (1, 'first')`.execute(ctx.tx));
});
afterAll(() => test.stop());

const read = (no: number): Promise<unknown> =>
  test.run(async (ctx) => {
    const { rows } = await sql`select * from shelf where no = ${no}`.execute(ctx.tx);
    const prepared = await sql<{ count: number }>`
      select count(*)::int as count from pg_prepared_statements
      where statement like 'select * from shelf%'`.execute(ctx.tx);
    return { row: rows[0], prepared: prepared.rows[0]?.count };
  });

describe('a statement', () => {
  it('that comes again and again is prepared once', async () => {
    for (let times = 0; times < 5; times += 1) await read(1);
    expect(await read(1)).toEqual({ row: { no: 1, label: 'first' }, prepared: 1 });
  });

  it('works on when somebody has changed the table under it', async () => {
    await test.run((ctx) => sql`alter table shelf add column colour text`.execute(ctx.tx));
    expect(await read(1)).toMatchObject({ row: { no: 1, label: 'first', colour: null } });
  });

  it('that is rare has no place in the memory of connections', () => {
    expect(statementName('select once')).toBeUndefined();
    for (let text = 0; text < 2000; text += 1) {
      for (let times = 0; times < 3; times += 1) statementName(`select ${text}`);
    }
    expect(statementName('select the thousandth')).toBeUndefined();
    expect(statementName('select the thousandth')).toBeUndefined();
    expect(statementName('select the thousandth')).toBeUndefined();
    renameStatements();
  });
});
