import { createStaff } from '#domains/identity/index.ts';
import type { LivelyShop } from '#test/harness/lively-shop.ts';
import { Caller } from './caller.ts';
import type { CallerOptions } from './caller.ts';

export const PASSWORD = 'correct horse battery';

const SESSION = ['identity', 'session'] as const;
const op = (...path: string[]) => ({ path, name: path.join('.') });

/** Somebody signed in, who signs in again whenever an operation has ended their session. */
export type Person = Caller & { email: string };

let count = 0;
const nextAddress = (): string => `10.9.${(count += 1) >> 8}.${count & 255}`;

/** Nobody in particular, at one of the shops. */
export function newVisitor(app: unknown, options: Omit<CallerOptions, 'address'>): Caller {
  return new Caller(app, { ...options, address: nextAddress() });
}

export async function newClient(app: unknown, host: string): Promise<Person> {
  const caller = newVisitor(app, { host });
  const email = `stranger-${(count += 1)}@example.test`;
  const input = { email, password: PASSWORD, name: 'Stranger', country: 'RU', language: 'ru' };
  const { status, text } = await caller.call(op('clients', 'account', 'signUp'), input);
  if (status !== 200) throw new Error(text);
  return Object.assign(caller, { email });
}

export async function newStaff(
  shop: LivelyShop,
  place: { host: string; brandId: string; sellerId: string },
  role = 'owner',
): Promise<Person> {
  const email = `staff-${(count += 1)}@example.test`;
  await shop.run((ctx) =>
    createStaff(ctx, { ...place, role, email, password: PASSWORD, name: 'Staff', language: 'ru' }),
  );
  const caller = newVisitor(shop.app, { host: place.host });
  return signIn(caller, email);
}

export async function signIn(caller: Caller, email: string): Promise<Person> {
  const { status, text } = await caller.call(op(...SESSION, 'signIn'), {
    email,
    password: PASSWORD,
  });
  if (status !== 200) throw new Error(text);
  return Object.assign(caller, { email });
}

/** Operations on one's own session are walked too: afterwards the person comes in again. */
export async function staySignedIn(person: Person): Promise<void> {
  const { text } = await person.call(op(...SESSION, 'current'), {});
  const present = (JSON.parse(text) as { person: { email: string } | null }).person;
  if (present?.email !== person.email) await signIn(person, person.email);
}
