import { expect } from '@playwright/test';
import { type AppInstance } from '#test/browser/app-instance.ts';
import { addWebhook } from '#test/browser/add-webhook.ts';
import { callApi } from '#test/browser/call-api.ts';
import { dropWebShell } from '#test/browser/drop-web-shell.ts';
import type { People } from './people.ts';

/** What a year of business leaves behind, so that no screen is empty. */
export async function setStage(people: People, app: AppInstance): Promise<void> {
  await dropWebShell(app, 'vera@example.test', 'cache.php');
  await offerToIrina(people, app);
  await askAsIrina(people, app);
  await addWebhook(people.irina, app.origin, 'client');
  await addWebhook(people.staff, app.origin, 'admin');
  await lookAhead(people, app);
}

/** A question that the shop has answered. */
async function askAsIrina({ irina, staff }: People, { origin }: AppInstance): Promise<void> {
  const { id } = await callApi<{ id: string }>(irina, `${origin}/v1/tickets`, {
    method: 'POST',
    body: {
      subject: 'Как подключить свой домен',
      text: 'Домен kovaleva-print.ru куплен у другого регистратора. Какие записи ему прописать?',
    },
  });
  await callApi(staff, `${origin}/v1/admin/tickets/${id}/replies`, {
    method: 'POST',
    body: {
      text: 'Достаточно двух записей A: для домена и для www. Адрес сервера показан на странице пакета.',
      revision: 1,
    },
  });
}

async function offerToIrina({ staff }: People, { origin }: AppInstance): Promise<void> {
  const clients = `${origin}/v1/admin/clients`;
  const { items } = await callApi<{ items: { id: string }[] }>(staff, `${clients}?search=irina`);
  await callApi(staff, `${clients}/${items[0]?.id}/quotes`, {
    method: 'POST',
    body: {
      cart: {
        productId: 'reseller-hosting-linux',
        planId: 'linux-pro',
        termMonths: 12,
        domainName: 'kovaleva-print.ru',
        addOns: [{ componentId: 'dedicated-ip', quantity: 1 }],
      },
      validUntil: '2023-05-15',
    },
    key: crypto.randomUUID(),
  });
}

/** A rise of prices is written down and looked at, and the whole base is run ahead. */
async function lookAhead({ staff }: People, { origin }: AppInstance): Promise<void> {
  const item = { kind: 'plan', id: 'linux-grow' };
  const price = { item, audience: 'clients', currency: 'RUB', termMonths: 1 };
  const editions = `${origin}/v1/admin/catalogue/editions`;
  const { id } = await callApi<{ id: string }>(staff, editions, {
    method: 'POST',
    body: {
      title: 'Осенний прайс-лист',
      effectiveOn: '2023-09-01',
      existingOn: '2023-10-01',
      noticeDays: 30,
      prices: ['add', 'renew'].map((action) => ({ ...price, action, monthlyMinor: 2390_00 })),
      inclusions: [],
    },
  });
  const forecast = `${editions}/${id}/forecast`;
  const simulation = `${origin}/v1/admin/simulation`;
  await callApi(staff, forecast, { method: 'POST', body: { months: 12 } });
  await callApi(staff, simulation, { method: 'POST', body: { months: 12 } });
  const states = async () => [
    (await callApi<{ forecast: { state: string } }>(staff, forecast)).forecast.state,
    (await callApi<{ simulation: { state: string } }>(staff, simulation)).simulation.state,
  ];
  await expect.poll(states, { timeout: 60_000 }).toEqual(['done', 'done']);
}
