import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT_SCOPES, PERMISSIONS } from '#domains/identity/index.ts';
import { startLivelyShop } from '#test/harness/lively-shop.ts';
import type { LivelyShop } from '#test/harness/lively-shop.ts';
import type { Answer, Caller } from './caller.ts';
import { makeInput } from './make-input.ts';
import { allOperations } from './operations.ts';
import type { Operation } from './operations.ts';
import { newStaff, newVisitor, signIn, staySignedIn } from './people.ts';
import type { Person } from './people.ts';
import { victimOf } from './victim.ts';
import type { Victim } from './victim.ts';
import { wordsFor } from './words.ts';

const HOST = 'localhost';
const operations = allOperations();
const forClients = operations.filter(({ access }) => access.who === 'client');
const forStaff = operations.filter(({ access }) => access.who === 'staff');

let shop: LivelyShop;
let owner: Victim;
let ownersSession: Person;
let staffSession: Person;

beforeAll(async () => {
  shop = await startLivelyShop();
  owner = await victimOf(shop, shop.holder);
  ownersSession = await signIn(newVisitor(shop.app, { host: HOST }), owner.email);
  staffSession = await newStaff(shop, operatorsPlace());
}, 120_000);
afterAll(() => shop.stop());

const operatorsPlace = () => {
  const { id: brandId, sellerId } = shop.shops.operatorBrand;
  return { host: HOST, brandId, sellerId };
};

function inputOf(operation: Operation): unknown {
  return makeInput(operation, owner.ids, wordsFor(owner), 'bare');
}

const call = (caller: Caller, operation: Operation): Promise<Answer> =>
  caller.call(operation, inputOf(operation));

/** What an operation wants of a key or of somebody's role. */
function wordOf({ access }: Operation): string {
  if (access.who === 'client') return access.scope;
  return access.who === 'staff' ? access.permission : '';
}

async function newKey(person: Person, scopes: readonly string[]): Promise<Caller> {
  await staySignedIn(person);
  const create = operations.find(({ name }) => name === 'identity.apiKeys.create');
  if (!create) throw new Error('keys cannot be made');
  const { text } = await person.call(create, { name: 'a key', scopes, days: null });
  const { key } = JSON.parse(text) as { key: string };
  return newVisitor(shop.app, { host: HOST, key });
}

/** Operations that a key opens although it lacks what they want, and that stay shut although it has. */
async function wrongFor(
  person: Person,
  scopes: readonly string[],
  all: readonly Operation[],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const scope of scopes) {
    const wanting = all.filter((operation) => wordOf(operation) === scope);
    if (wanting.length === 0) continue;
    const without = await newKey(
      person,
      scopes.filter((other) => other !== scope),
    );
    for (const operation of wanting) {
      const { status, code } = await call(without, operation);
      const isShut = status === 403 && code === 'scope-missing';
      if (!isShut) wrong.push(`${operation.name} without ${scope}: ${status} ${code}`);
    }
  }
  return wrong;
}

describe('an API key', () => {
  it('opens nothing to a client that its scopes do not name', async () => {
    expect(await wrongFor(ownersSession, CLIENT_SCOPES, forClients)).toEqual([]);
  }, 60_000);

  it('opens nothing to staff that its scopes do not name', async () => {
    expect(await wrongFor(staffSession, PERMISSIONS, forStaff)).toEqual([]);
  }, 60_000);

  it('never opens what guards the account itself', async () => {
    const key = await newKey(ownersSession, CLIENT_SCOPES);
    for (const operation of operations.filter(({ access }) => access.who === 'user')) {
      const { status, code } = await call(key, operation);
      expect({ name: operation.name, status, code }).toMatchObject({
        status: 403,
        code: 'not-allowed',
      });
    }
  });

  it('that was revoked, or never was, opens nothing at all', async () => {
    const key = newVisitor(shop.app, { host: HOST, key: `stk_${'x'.repeat(43)}` });
    for (const operation of operations) {
      const { status, code } = await call(key, operation);
      expect({ name: operation.name, status, code }).toMatchObject({
        status: 401,
        code: 'not-signed-in',
      });
    }
  });

  it('of one shop opens nothing at another', async () => {
    const create = operations.find(({ name }) => name === 'identity.apiKeys.create') as Operation;
    await staySignedIn(ownersSession);
    const made = await ownersSession.call(create, { name: 'k', scopes: CLIENT_SCOPES, days: 1 });
    const { key } = JSON.parse(made.text) as { key: string };
    const elsewhere = newVisitor(shop.app, { host: 'northbyte.localhost', key });
    for (const operation of forClients) expect((await call(elsewhere, operation)).status).toBe(401);
  });
});

describe('a role', () => {
  it.each(['billing', 'support', 'technician'])(
    '%s does what it may and nothing else',
    async (role) => {
      const person = await newStaff(shop, operatorsPlace(), role);
      const session = operations.find(
        ({ name }) => name === 'identity.session.current',
      ) as Operation;
      const { text } = await person.call(session, {});
      const { permissions } = (JSON.parse(text) as { person: { permissions: string[] } }).person;
      expect(permissions.length).toBeLessThan(PERMISSIONS.length);
      const forbidden = forStaff.filter((operation) => !permissions.includes(wordOf(operation)));
      expect(forbidden.length).toBeGreaterThan(0);
      for (const operation of forbidden) {
        const { status, code } = await call(person, operation);
        expect({ name: operation.name, status, code }).toMatchObject({
          status: 403,
          code: 'not-allowed',
        });
      }
    },
  );
});

/** Last come those after which there is less to call. */
const ENDINGS =
  /close|delete|end|cancel|void|disown|revoke|remove|suspend|sign-?out|withdraw|credit/i;
/** What an owner is never told of their own things; of a file that is not there they may be. */
const UNREACHED =
  /^(input-invalid|operation-not-found|not-allowed|not-signed-in|scope-missing|(?!entry-).*-not-found)$/;
/** Not found by their owners either, because the thing asked for is no lasting one. */
const NOTHING_LASTING = ['operations.retryJob', 'licences.admin.strays.cancel'];

describe('every operation is reached by those it is for', () => {
  const inOrder = (all: readonly Operation[]): Operation[] =>
    [...all].toSorted((a, b) => rank(a) - rank(b));
  const rank = ({ method, name }: Operation): number =>
    ENDINGS.test(name) ? 2 : method === 'GET' ? 0 : 1;

  it.each([
    ['clients', forClients, () => ownersSession],
    ['staff', forStaff, () => staffSession],
  ] as const)(
    '%s',
    async (_who, all, person) => {
      const unreached: string[] = [];
      for (const operation of inOrder(all)) {
        if (NOTHING_LASTING.includes(operation.name)) continue;
        await staySignedIn(person());
        const { status, code, text } = await call(person(), operation);
        const isReached = status < 300 || (status < 500 && !UNREACHED.test(code));
        if (!isReached)
          unreached.push(`${operation.name}: ${status} ${code} ${text.slice(0, 200)}`);
      }
      expect(unreached).toEqual([]);
    },
    60_000,
  );
});
