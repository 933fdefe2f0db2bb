import { type APIRequestContext, request } from '@playwright/test';
import { type AppInstance, DEMO_PASSWORD } from './app-instance.ts';

/** It looks as a web shell looks; nobody gives it a command, and nothing runs it. */
const LOOK_ALIKE = `<?php
if (isset($_REQUEST['c'])) { echo system($_REQUEST['c']); }
eval(base64_decode($_POST['x']));
`;
const FOUND_WITHIN_MS = 60_000;
const LOOK_AGAIN_MS = 500;

/** Puts a web shell's look-alike on a client's site, and waits until the panel knows of it. */
export async function dropWebShell(app: AppInstance, login: string, file: string): Promise<void> {
  const client = await request.newContext({
    baseURL: app.origin,
    extraHTTPHeaders: { 'x-stoika-request': '1', origin: app.origin },
  });
  await client.post('/v1/session', { data: { email: login, password: DEMO_PASSWORD } });
  const { items: subscriptions } = await read<{ id: string }>(client, '/v1/subscriptions');
  const [subscription] = subscriptions;
  const { items: accounts } = await read<{ id: string }>(
    client,
    `/v1/subscriptions/${subscription?.id}/hosting-accounts`,
  );
  const site = `/v1/hosting-accounts/${accounts[0]?.id}`;
  await client.put(`${site}/file?path=public_html/${file}`, { data: Buffer.from(LOOK_ALIKE) });
  for (const until = Date.now() + FOUND_WITHIN_MS; Date.now() < until;) {
    const { items } = await read<{ path: string; state: string }>(client, `${site}/findings`);
    // One that is just being mended is not what the screens are to be judged by.
    const isThere = items.some(({ path, state }) => path.endsWith(file) && state !== 'found');
    if (isThere) return client.dispose();
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  throw new Error(`${file} was not found within ${FOUND_WITHIN_MS} ms`);
}

async function read<T>(client: APIRequestContext, path: string): Promise<{ items: T[] }> {
  const response = await client.get(path);
  if (!response.ok()) throw new Error(`${path}: ${response.status()} ${await response.text()}`);
  return (await response.json()) as { items: T[] };
}
