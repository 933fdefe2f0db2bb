import * as z from 'zod';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Secrets travel in the query here, so anything but a loopback address must be HTTPS. */
function isSafeAddress(text: string): boolean {
  const url = URL.parse(text);
  if (!url || url.username || url.password || url.search || url.hash) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
}

export const whmcsResellerSettings = z.strictObject({
  baseUrl: z
    .string()
    .refine(isSafeAddress, 'must be an https address without a query')
    .default('https://licenseapi.whmcs.com/v2/reseller/')
    .meta({ label: { ru: 'Адрес API', en: 'API address' } }),
  email: z
    .email()
    .meta({ label: { ru: 'Почта партнёрского счёта', en: 'E-mail of the reseller account' } }),
  apiKey: z
    .string()
    .min(8)
    .max(200)
    .meta({ label: { ru: 'Ключ API', en: 'API key' }, secret: true }),
  timeoutMs: z
    .int()
    .min(100)
    .max(120_000)
    .default(60_000)
    .meta({ label: { ru: 'Ждать ответа, мс', en: 'Wait for an answer, ms' } }),
  vendorLagMs: z
    .int()
    .min(0)
    .max(3_600_000)
    .default(60_000)
    .meta({
      label: { ru: 'Запас на опоздавшую выдачу, мс', en: 'Allowance for late issuing, ms' },
      help: {
        ru: 'Сколько поставщик может ещё выполнять запрос, ответа на который мы уже не ждём.',
        en: 'How long the vendor may still work on a request whose answer we no longer await.',
      },
    }),
});

export type WhmcsResellerSettings = z.output<typeof whmcsResellerSettings>;
