import { expect, type Browser, type BrowserContext } from '@playwright/test';
import { type AppInstance, DEMO_PASSWORD } from '#test/browser/app-instance.ts';
import { callApi } from '#test/browser/call-api.ts';

/** Who looks: nobody yet, a client who has just bought, one whose renewal is due, the operator. */
export type Who = 'guest' | 'irina' | 'vera' | 'staff';

export type People = Readonly<Record<Who, BrowserContext>>;

const IRINA = {
  name: 'Ирина Ковалёва',
  email: 'irina@example.test',
  password: DEMO_PASSWORD,
  country: 'RU',
  language: 'ru',
};

/** Signs everyone in and lets Irina buy, so that there is something to see on every screen. */
export async function gatherPeople(browser: Browser, { origin }: AppInstance): Promise<People> {
  const signIn = async (email: string): Promise<BrowserContext> => {
    const context = await browser.newContext();
    const body = { email, password: DEMO_PASSWORD };
    await callApi(context, `${origin}/v1/session`, { method: 'POST', body });
    return context;
  };
  const guest = await browser.newContext();
  const irina = await browser.newContext();
  await callApi(irina, `${origin}/v1/account`, { method: 'POST', body: IRINA });
  const people = {
    guest,
    irina,
    vera: await signIn('vera@example.test'),
    staff: await signIn('owner@stoika.test'),
  };
  await buyPackages(people, origin);
  return people;
}

async function buyPackages({ irina, staff }: People, origin: string): Promise<void> {
  const post = <T>(who: BrowserContext, path: string, body: object): Promise<T> =>
    callApi(who, origin + path, { method: 'POST', body, key: crypto.randomUUID() });
  const order = async (planId: string, domainName: string, addOns: object[]) => {
    const productId = 'reseller-hosting-linux';
    const cart = { productId, planId, termMonths: 12, domainName, addOns };
    const { totalMinor } = await post<{ totalMinor: number }>(irina, '/v1/shop/quote', cart);
    const bought = { ...cart, expectedTotalMinor: totalMinor };
    return post<{ subscriptionId: string; invoiceId: string }>(irina, '/v1/orders', bought);
  };
  const transfer = (pay: object) =>
    post<{ id: string; amount: object }>(irina, '/v1/payments', {
      ...pay,
      gatewayId: 'bank-transfer',
    });
  const arrives = ({ id, amount }: { id: string; amount: object }) =>
    post(staff, `/v1/admin/payments/${id}/confirm`, { received: amount });
  const addOns = [{ componentId: 'dedicated-ip', quantity: 1 }];
  const { invoiceId, subscriptionId } = await order('linux-grow', 'kovaleva-art.ru', addOns);
  await arrives(await transfer({ invoiceId }));
  await arrives(await transfer({ amount: { minor: 25_000_00, currency: 'RUB' } }));
  await expect
    .poll(async () => deliveriesOf(irina, origin, subscriptionId), { timeout: 60_000 })
    .toEqual(['done', 'done']);
  const accounts = `/v1/subscriptions/${subscriptionId}/hosting-accounts`;
  await post(irina, accounts, { username: 'shopart', domainName: 'shop.kovaleva-art.ru' });
  const later = await order('linux-start', 'kovaleva-shop.ru', []);
  await transfer({ invoiceId: later.invoiceId });
}

async function deliveriesOf(who: BrowserContext, origin: string, id: string): Promise<string[]> {
  const path = `${origin}/v1/subscriptions/${id}/deliveries`;
  const { items } = await callApi<{ items: { state: string }[] }>(who, path);
  return items.map(({ state }) => state);
}

/** Irina adds the WHMCS licence to her package; its key is there when this returns. */
export async function buyLicence({ irina }: People, origin: string, subscriptionId: string) {
  const path = `${origin}/v1/subscriptions/${subscriptionId}`;
  const add = { componentId: 'whmcs' };
  const { totalMinor } = await callApi<{ totalMinor: number }>(irina, `${path}/add-ons/quote`, {
    method: 'POST',
    body: add,
  });
  await callApi(irina, `${path}/add-ons`, {
    method: 'POST',
    body: { ...add, expectedTotalMinor: totalMinor, payFromBalance: true },
    key: crypto.randomUUID(),
  });
  await expect
    .poll(async () => {
      const { items } = await callApi<{ items: { state: string }[] }>(irina, `${path}/licences`);
      return items[0]?.state;
    })
    .toBe('active');
}

/** Lets business time pass, with all that is due in it. */
export async function moveClock({ staff }: People, origin: string, days: number): Promise<void> {
  const clock = `${origin}/v1/admin/clock`;
  await callApi(staff, `${clock}/move`, { method: 'POST', body: { days } });
  await expect
    .poll(async () => (await callApi<{ move: { state: string } }>(staff, clock)).move.state, {
      timeout: 60_000,
    })
    .toBe('done');
}
