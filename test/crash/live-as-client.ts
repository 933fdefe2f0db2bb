import { setTimeout as pause } from 'node:timers/promises';
import { payerAt } from '#extensions/gateways/sandbox-card/drive-sandbox-card.ts';
import type { CardOutcome } from '#extensions/gateways/sandbox-card/vendor/test-cards.ts';
import type { MortalStoika } from './mortal-stoika.ts';
import type { StubbornClient } from './stubborn-client.ts';

/** What a client did and was told, to be held against the books afterwards. */
export type Diary = {
  client: StubbornClient;
  orderIds: string[];
  /** Orders and what the client agreed to pay for each. */
  agreed: Map<string, number>;
  deletedLicenceIds: string[];
  doings: Record<string, number>;
};

const CARDS: readonly CardOutcome[] = [
  'succeeds',
  'answers-twice',
  'asks-three-d-secure',
  'answers-late',
  'loses-answer',
  'stays-silent',
];
const PAY_TRIES = 60;
const ACTIVE_WITHIN_MS = 15_000;
/** The demo's node has room for two hundred of all clients together. */
const PACKAGES_MAX = 18;
const CART = { productId: 'reseller-hosting-linux', planId: 'linux-start', termMonths: 1 };

type Held = { path: string; domainName: string };
type Seen = { id: string; state: string };

export type Life = { stoika: MortalStoika; random: () => number; isOver: () => boolean };

/** Signs up, then buys, adds, deletes and renews until life is over; each act to its end. */
export async function liveAsClient(life: Life, client: StubbornClient): Promise<Diary> {
  const diary: Diary = {
    client,
    orderIds: [],
    agreed: new Map(),
    deletedLicenceIds: [],
    doings: {},
  };
  await signUp(client);
  const held: Held[] = [];
  while (!life.isOver() || diary.orderIds.length === 0) {
    const one = held[Math.floor(life.random() * held.length)];
    if (!one || ((diary.doings['packages'] ?? 0) < PACKAGES_MAX && life.random() < 0.4)) {
      const bought = await buyPackage(
        life,
        diary,
        `${client.name}-${diary.orderIds.length}.example`,
      );
      if (bought) held.push(bought);
    } else {
      await actOnPackage(life, diary, one);
    }
  }
  return diary;
}

/** Whoever was made a client and never heard of it is known by their password. */
async function signUp(client: StubbornClient): Promise<void> {
  const email = `${client.name}@example.test`;
  const password = 'through thick and thin';
  const answer = await client.call('POST', '/v1/account', {
    email,
    password,
    name: client.name,
    country: 'RU',
    language: 'ru',
  });
  if (answer.status === 200) return;
  await client.ok('POST', '/v1/session', { email, password });
}

async function actOnPackage(life: Life, diary: Diary, held: Held): Promise<void> {
  const act = life.random();
  if (act < 0.5) await buyAndDeleteLicence(life, diary, held);
  else if (act < 0.65) await buyAddOn(life, diary, held, 'cpanel-block');
  else if (act < 0.75) await buyAddOn(life, diary, held, 'dedicated-ip');
  else await renew(life, diary, held);
}

/** Orders and pays a package, and waits until it is there. */
async function buyPackage(life: Life, diary: Diary, domainName: string): Promise<Held | null> {
  const { client } = diary;
  const quote = await client.ok('POST', '/v1/shop/quote', { ...CART, domainName });
  const order = await client.ok('POST', '/v1/orders', {
    ...CART,
    domainName,
    expectedTotalMinor: quote.totalMinor,
  });
  note(diary, 'packages', order);
  if (life.random() < 0.1) {
    await client.ok('POST', `/v1/orders/${order.id}/cancel`);
    count(diary, 'cancelled');
    return null;
  }
  await payByCard(life, diary, { invoiceId: order.invoiceId });
  const path = `/v1/subscriptions/${order.subscriptionId}`;
  const isActive = async () => (await client.ok('GET', path)).state === 'active';
  return (await client.waitFor(isActive, ACTIVE_WITHIN_MS)) ? { path, domainName } : null;
}

async function buyAndDeleteLicence(
  life: Life,
  diary: Diary,
  { path, domainName }: Held,
): Promise<void> {
  const { client } = diary;
  await buyAddOn(life, diary, { path, domainName }, 'whmcs');
  const licences = async () => (await client.ok('GET', `${path}/licences`)).items;
  const live = async () => (await licences()).find((one: Seen) => one.state !== 'deleted');
  if (life.random() < 0.3) return;
  if (!(await client.waitFor(async () => (await live()) !== undefined, 5000))) return;
  const licence = await live();
  await client.ok('POST', `/v1/licences/${licence.id}/delete`, { id: licence.id, domainName });
  diary.deletedLicenceIds.push(licence.id);
  count(diary, 'deleted licences');
}

async function buyAddOn(
  life: Life,
  diary: Diary,
  { path }: Held,
  componentId: string,
): Promise<void> {
  const { client } = diary;
  const asked = await client.call('POST', `${path}/add-ons/quote`, { componentId });
  if (asked.status !== 200) return refused(diary, asked.body.code);
  const { totalMinor } = asked.body;
  const payFromBalance = life.random() < 0.5;
  if (payFromBalance) await topUp(life, diary, totalMinor);
  const answer = await client.call('POST', `${path}/add-ons`, {
    componentId,
    expectedTotalMinor: totalMinor,
    payFromBalance,
  });
  if (answer.status !== 200) return refused(diary, answer.body.code);
  note(diary, componentId, answer.body);
  if (!payFromBalance) await payByCard(life, diary, { invoiceId: answer.body.invoiceId });
}

async function renew(life: Life, diary: Diary, { path }: Held): Promise<void> {
  const { client } = diary;
  const asked = await client.call('POST', `${path}/renewal/quote`, { termMonths: 1 });
  if (asked.status !== 200) return refused(diary, asked.body.code);
  const { totalMinor } = asked.body;
  const payFromBalance = life.random() < 0.5;
  if (payFromBalance) await topUp(life, diary, totalMinor);
  const answer = await client.call('POST', `${path}/renewal`, {
    termMonths: 1,
    expectedTotalMinor: totalMinor,
    payFromBalance,
  });
  if (answer.status !== 200) return refused(diary, answer.body.code);
  note(diary, 'renewals', answer.body);
  if (!payFromBalance) await payByCard(life, diary, { invoiceId: answer.body.invoiceId });
}

/** Puts money on the balance and waits for it; what the client then buys it pays from there. */
async function topUp(life: Life, diary: Diary, minor: number): Promise<void> {
  const { client } = diary;
  const held = async () => (await client.ok('GET', '/v1/balance')).held.minor;
  if ((await held()) >= minor) return;
  await payByCard(life, diary, { amount: { minor, currency: 'RUB' } }, 'succeeds');
  await client.waitFor(async () => (await held()) >= minor, 15_000);
}

/** Starts a payment and goes through the gateway's page as a payer with a browser does. */
async function payByCard(
  life: Life,
  { client }: Diary,
  what: object,
  card: CardOutcome = CARDS[Math.floor(life.random() * CARDS.length)] ?? 'succeeds',
): Promise<void> {
  const answer = await client.call('POST', '/v1/payments', { ...what, gatewayId: 'sandbox-card' });
  if (answer.status !== 200) return;
  const path = `/v1/payments/${answer.body.id}`;
  let { redirectUrl } = answer.body;
  // The gateway's answer to us may be lost; the same payment gets its page when asked again.
  if (!redirectUrl) {
    await client.waitFor(async () => {
      ({ redirectUrl } = await client.ok('GET', path));
      return redirectUrl !== null;
    }, 5000);
  }
  if (!redirectUrl) return;
  const payer = payerAt(redirectUrl);
  for (let tries = 0; tries < PAY_TRIES; tries += 1) {
    const step = await payer.pay(card).catch(() => null);
    if (step && card === 'asks-three-d-secure') await payer.confirm().catch(() => null);
    if (step) return;
    await pause(100);
    await life.stoika.ready();
    // The card was taken and only the page is lost: the payer looks at the shop instead.
    if ((await client.ok('GET', path)).state === 'succeeded') return;
  }
}

function note(diary: Diary, what: string, order: { id: string; totalMinor: number }): void {
  diary.orderIds.push(order.id);
  diary.agreed.set(order.id, order.totalMinor);
  count(diary, what);
}

function count({ doings }: Diary, what: string): void {
  doings[what] = (doings[what] ?? 0) + 1;
}

function refused(diary: Diary, code: string): void {
  count(diary, `refused: ${code}`);
}
