import { expect, type Page, request } from '@playwright/test';
import { type AppInstance, DEMO_PASSWORD } from './app-instance.ts';

const SENDS = `<?php
$to = implode(', ', array_fill(0, 60, 'reader@mail.example'));
mail($to, 'News', 'Hello');
echo 'sent';
`;

/** A script on a client's site sends a letter to sixty people. */
export async function sendLetters(
  page: Page,
  app: AppInstance,
  login: string,
  file: string,
): Promise<void> {
  const client = await request.newContext({
    baseURL: app.origin,
    extraHTTPHeaders: { 'x-stoika-request': '1', origin: app.origin },
  });
  await client.post('/v1/session', { data: { email: login, password: DEMO_PASSWORD } });
  const subscriptions = await (await client.get('/v1/subscriptions')).json();
  const path = `/v1/subscriptions/${subscriptions.items[0].id}/hosting-accounts`;
  const { items } = await (await client.get(path)).json();
  const [{ id, url }] = items;
  await client.put(`/v1/hosting-accounts/${id}/file?path=public_html/${file}`, {
    data: Buffer.from(SENDS),
  });
  await client.dispose();
  await page.goto(`${url}${file}`);
  await expect(page.locator('body')).toHaveText('sent');
}
