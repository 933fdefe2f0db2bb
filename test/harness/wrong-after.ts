import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Ctx } from '#platform/context.ts';
import type { Finding } from '#platform/verify.ts';
import type { TestShop } from './start-shop.ts';

/** Names of the checks that find something wrong after SQL of ours, which is then rolled back. */
export async function wrongAfter(
  shop: Pick<TestShop, 'run'>,
  verify: (ctx: Ctx) => Promise<Finding[]>,
  ...tampering: readonly string[]
): Promise<string[]> {
  const rollBack = new Error('roll back');
  let wrong: string[] = [];
  const work = shop.run(async (ctx) => {
    for (const statement of tampering) await sql.raw(statement).execute(ctx.tx);
    const found = await verify(ctx);
    wrong = found.filter(({ problems }) => problems.length > 0).map(({ name }) => name);
    throw rollBack;
  });
  await expect(work).rejects.toBe(rollBack);
  return wrong;
}
