import type { BrowserContext } from '@playwright/test';

export type ApiCall = { method?: 'GET' | 'POST' | 'PATCH'; body?: object; key?: string };

/** Calls the API with the browser's own session, as its pages do; throws what was refused. */
export async function callApi<T = unknown>(
  context: BrowserContext,
  address: string,
  { method = 'GET', body, key }: ApiCall = {},
): Promise<T> {
  const answer = await context.request.fetch(address, {
    method,
    headers: {
      'x-stoika-request': '1',
      origin: new URL(address).origin,
      ...(key && { 'idempotency-key': key }),
    },
    ...(body && { data: body }),
  });
  if (!answer.ok()) throw new Error(`${address}: ${answer.status()} ${await answer.text()}`);
  const text = await answer.text();
  return (text ? JSON.parse(text) : null) as T;
}
