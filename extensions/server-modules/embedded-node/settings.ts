import * as z from 'zod';

/** The control API speaks plain HTTP and is bound to loopback: nothing else may be given here. */
function isLoopback(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}

export const embeddedNodeSettings = z.strictObject({
  controlUrl: z
    .string()
    .refine(isLoopback, 'must be an http address of this machine')
    .transform((url) => url.replace(/\/+$/, ''))
    .meta({ label: { ru: 'Адрес управления', en: 'Control address' } }),
  controlToken: z
    .string()
    .min(16)
    .max(512)
    .meta({ label: { ru: 'Ключ управления', en: 'Control token' }, secret: true }),
  timeoutMs: z
    .int()
    .min(100)
    .max(120_000)
    .default(10_000)
    .meta({ label: { ru: 'Ждать ответа, мс', en: 'Wait for an answer, ms' } }),
  transferTimeoutMs: z
    .int()
    .min(1000)
    .max(3_600_000)
    .default(300_000)
    .meta({ label: { ru: 'Ждать передачи файла, мс', en: 'Wait for a file transfer, ms' } }),
});

export type EmbeddedNodeSettings = z.output<typeof embeddedNodeSettings>;
