import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrand } from '#domains/brands/index.ts';
import { createSeller } from '#domains/sellers/index.ts';
import { startLivelyShop } from '#test/harness/lively-shop.ts';
import type { LivelyShop } from '#test/harness/lively-shop.ts';
import type { Answer, Caller } from './caller.ts';
import { makeInput } from './make-input.ts';
import type { Fullness } from './make-input.ts';
import { allOperations } from './operations.ts';
import type { Operation } from './operations.ts';
import { newClient, newStaff, newVisitor, staySignedIn } from './people.ts';
import type { Person } from './people.ts';
import { traceOf, victimOf } from './victim.ts';
import type { Victim } from './victim.ts';
import { wordsFor } from './words.ts';

const OPERATOR = 'localhost';
const RESELLER = 'northbyte.localhost';
const SIBLING = 'southbyte.localhost';

let shop: LivelyShop;
let victims: Record<'operators' | 'resellers', Victim>;

beforeAll(async () => {
  shop = await startLivelyShop();
  await openSibling();
  victims = {
    operators: await victimOf(shop, shop.holder),
    resellers: await victimOf(shop, shop.resellersHolder),
  };
}, 120_000);
afterAll(() => shop.stop());

/** A second reseller beside Northbyte: neither above nor below it. */
let sibling: { host: string; brandId: string; sellerId: string };
async function openSibling(): Promise<void> {
  const { operator, operatorBrand } = shop.shops;
  sibling = await shop.run(async (ctx) => {
    const seller = await createSeller(ctx, {
      ...operator,
      parentId: operator.id,
      name: 'Southbyte',
    });
    const brand = await createBrand(ctx, {
      ...operatorBrand,
      sellerId: seller.id,
      name: 'Southbyte',
      hosts: [SIBLING],
    });
    return { host: SIBLING, brandId: brand.id, sellerId: seller.id };
  });
}

/** What is wrong with an answer that a stranger got; null when nothing is. */
function leakIn(
  victim: Victim,
  operation: Operation,
  input: unknown,
  answer: Answer,
): string | null {
  const said = `${operation.name}: ${answer.status} ${answer.text.slice(0, 300)}`;
  if (answer.status >= 500) return said;
  const typed = JSON.stringify(input);
  const given = victim.marks.filter((mark) => answer.text.includes(mark) && !typed.includes(mark));
  if (given.length > 0) return `${said} gives away ${given[0]}`;
  const names = [...operation.address.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const theirs = names.some((name) =>
    /^[a-z]{3}_/.test(String((input as Record<string, unknown>)[name])),
  );
  return theirs && answer.status < 400 ? said : null;
}

/** Bare and full, where the two differ. */
function inputsOf(victim: Victim, operation: Operation): unknown[] {
  const [bare, full] = (['bare', 'full'] satisfies Fullness[]).map((fullness) =>
    makeInput(operation, victim.ids, wordsFor(victim), fullness),
  );
  return JSON.stringify(bare) === JSON.stringify(full) ? [bare] : [bare, full];
}

/** Every operation, with the victim's ids; tells all that went wrong. */
async function walk(
  victim: Victim,
  whoCalls: () => Caller | Person,
  expected: (operation: Operation, answer: Answer) => string | null = () => null,
): Promise<string[]> {
  const wrong: string[] = [];
  let before = await traceOf(shop, victim);
  const lookAfter = async (what: string): Promise<void> => {
    const after = await traceOf(shop, victim);
    if (after !== before) wrong.push(`${what} changed something of theirs`);
    before = after;
  };
  for (const operation of allOperations()) {
    for (const input of inputsOf(victim, operation)) {
      const caller = whoCalls();
      const answer = await caller.call(operation, input);
      const problem = leakIn(victim, operation, input, answer) ?? expected(operation, answer);
      if (problem) wrong.push(problem);
      if (operation.method !== 'GET' && answer.status < 400) await lookAfter(operation.name);
      // What people do to their own session must not make visitors of them.
      if ('email' in caller && operation.path[0] === 'identity') await staySignedIn(caller);
    }
  }
  await lookAfter('something that was refused');
  return wrong;
}

const VICTIMS = ['operators', 'resellers'] as const;
const hostOf = (whose: (typeof VICTIMS)[number]): string =>
  whose === 'operators' ? OPERATOR : RESELLER;

describe('nobody gets at another one’s things by any operation:', () => {
  it.each(VICTIMS)(
    'not who is not signed in (the %s client)',
    async (whose) => {
      const wrong = await walk(
        victims[whose],
        () => newVisitor(shop.app, { host: hostOf(whose) }),
        ({ name, access }, { status, code }) =>
          access.who === 'anyone' || (status === 401 && code === 'not-signed-in')
            ? null
            : `${name} told a visitor ${status} ${code}`,
      );
      expect(wrong).toEqual([]);
    },
    120_000,
  );

  it.each(VICTIMS)(
    'not another client of the same shop (the %s client)',
    async (whose) => {
      const stranger = await newClient(shop.app, hostOf(whose));
      const wrong = await walk(
        victims[whose],
        () => stranger,
        ({ name, access }, { status, code }) =>
          access.who !== 'staff' || (status === 403 && code === 'not-allowed')
            ? null
            : `${name} told a client ${status} ${code}`,
      );
      expect(wrong).toEqual([]);
    },
    120_000,
  );

  it.each(VICTIMS)(
    'not a client of another shop (the %s client)',
    async (whose) => {
      const stranger = await newClient(shop.app, SIBLING);
      expect(await walk(victims[whose], () => stranger)).toEqual([]);
    },
    120_000,
  );

  it.each(VICTIMS)(
    'not the staff of a seller beside (the %s client)',
    async (whose) => {
      const stranger = await newStaff(shop, sibling);
      expect(await walk(victims[whose], () => stranger)).toEqual([]);
    },
    120_000,
  );

  it('not the staff of a reseller at what is the operator’s', async () => {
    const { id: brandId, sellerId } = shop.shops.resellerBrand;
    const stranger = await newStaff(shop, { host: RESELLER, brandId, sellerId });
    expect(await walk(victims.operators, () => stranger)).toEqual([]);
  }, 120_000);
});
