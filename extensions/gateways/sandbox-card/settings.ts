import * as z from 'zod';

export const sandboxCardSettings = z.strictObject({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .default('http://localhost:4601')
    .meta({ label: { ru: 'Адрес песочницы', en: 'Sandbox address' } }),
  apiKey: z
    .string()
    .min(8)
    .max(200)
    .meta({ label: { ru: 'Ключ API', en: 'API key' }, secret: true }),
  webhookSecrets: z
    .array(z.string().min(8).max(200))
    .min(1)
    .max(3)
    .meta({
      label: { ru: 'Секреты уведомлений', en: 'Webhook secrets' },
      help: {
        ru: 'При смене секрета добавьте новый, а старый уберите, когда его перестанут присылать.',
        en: 'To change the secret, add the new one and remove the old once it is no longer sent.',
      },
      secret: true,
    }),
  merchantName: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .meta({ label: { ru: 'Название магазина для плательщика', en: 'Shop name shown to payers' } }),
  timeoutMs: z
    .int()
    .min(100)
    .max(60_000)
    .default(10_000)
    .meta({ label: { ru: 'Ждать ответа, мс', en: 'Wait for an answer, ms' } }),
});

export type SandboxCardSettings = z.output<typeof sandboxCardSettings>;
