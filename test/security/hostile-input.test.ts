import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLivelyShop } from '#test/harness/lively-shop.ts';
import type { LivelyShop } from '#test/harness/lively-shop.ts';
import { hostileVariants } from './hostile-values.ts';
import { makeInput } from './make-input.ts';
import { allOperations } from './operations.ts';
import type { Operation } from './operations.ts';
import { newStaff, newVisitor, signIn, staySignedIn } from './people.ts';
import type { Person } from './people.ts';
import { victimOf } from './victim.ts';
import type { Victim } from './victim.ts';
import { wordsFor } from './words.ts';

const operations = allOperations();

let shop: LivelyShop;
let owner: Victim;

beforeAll(async () => {
  shop = await startLivelyShop();
  owner = await victimOf(shop, shop.holder);
}, 120_000);
afterAll(() => shop.stop());

/** Answers that are an apology, of one who sends an operation every nonsense there is. */
async function apologies(
  people: readonly Person[],
  operation: Operation,
): Promise<{ sent: number; wrong: string[] }> {
  const wrong: string[] = [];
  let sent = 0;
  const input = makeInput(operation, owner.ids, wordsFor(owner), 'full');
  for (const variant of hostileVariants(input)) {
    const person = people[Math.floor(sent / 50) % people.length];
    if (!person) throw new Error('nobody is there to send it');
    if (sent % 50 === 0) await staySignedIn(person);
    // What no client can put on the wire needs no answer.
    const answer = await person.call(operation, variant).catch(() => null);
    if (answer) sent += 1;
    if (answer && answer.status >= 500) {
      wrong.push(`${operation.name} ${JSON.stringify(variant).slice(0, 300)}: ${answer.text}`);
    }
  }
  return { sent, wrong };
}

async function walk(people: readonly Person[], which: Operation['access']['who'][]) {
  const wrong: string[] = [];
  let sent = 0;
  for (const operation of operations.filter(({ access }) => which.includes(access.who))) {
    const one = await apologies(people, operation);
    sent += one.sent;
    wrong.push(...one.wrong);
  }
  return { sent, wrong };
}

describe('nonsense in any field of any operation is refused, never stumbled over:', () => {
  it('by a client', async () => {
    const people = [];
    for (let count = 0; count < 3; count += 1) {
      people.push(await signIn(newVisitor(shop.app, { host: 'localhost' }), owner.email));
    }
    const { sent, wrong } = await walk(people, ['client', 'anyone', 'user']);
    expect(wrong).toEqual([]);
    expect(sent).toBeGreaterThan(500);
  }, 240_000);

  it('by staff', async () => {
    const { id: brandId, sellerId } = shop.shops.operatorBrand;
    const people = [];
    for (let count = 0; count < 8; count += 1) {
      people.push(await newStaff(shop, { host: 'localhost', brandId, sellerId }));
    }
    const { sent, wrong } = await walk(people, ['staff']);
    expect(wrong).toEqual([]);
    expect(sent).toBeGreaterThan(500);
  }, 240_000);
});
