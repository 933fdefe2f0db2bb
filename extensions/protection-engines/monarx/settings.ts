import * as z from 'zod';

/** Credentials travel with every call: nothing but https, or a stand-in on this machine. */
function isSafe(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol === 'https:') return true;
  return url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}

const apiUrl = z
  .string()
  .max(300)
  .refine(isSafe, 'must be an https address')
  .transform((url) => url.replace(/\/+$/, ''));

export const monarxSettings = z.strictObject({
  apiUrl: apiUrl
    .default('https://api.monarx.com/v1')
    .meta({ label: { ru: 'Адрес API Monarx', en: 'Monarx API address' } }),
  apiId: z
    .string()
    .min(1)
    .max(200)
    .meta({ label: { ru: 'API ID', en: 'API ID' } }),
  apiKey: z
    .string()
    .min(1)
    .max(500)
    .meta({ label: { ru: 'Ключ API', en: 'API key' }, secret: true }),
  enterpriseId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,100}$/)
    .meta({ label: { ru: 'Номер предприятия', en: 'Enterprise id' } }),
  machinesUrl: apiUrl.optional().meta({
    label: { ru: 'Адрес API провайдера машин', en: 'Address of the machines’ provider’s API' },
    help: {
      ru: 'Если агента ставит провайдер виртуальных машин: адрес, за которым идёт /virtual-machines/….',
      en: 'Where the provider of the virtual machines installs the agent: what stands before /virtual-machines/….',
    },
  }),
  machinesToken: z
    .string()
    .max(500)
    .optional()
    .meta({ label: { ru: 'Ключ провайдера', en: 'Provider’s token' }, secret: true }),
  machines: z
    .array(z.string().regex(/^[^=]{1,80}=[A-Za-z0-9-]{1,60}$/, 'write node=machine'))
    .max(1000)
    .default([])
    .meta({
      label: { ru: 'Машины узлов', en: 'Machines of the nodes' },
      help: {
        ru: 'Имя узла, знак равенства, номер машины у провайдера.',
        en: 'The node’s name, an equals sign, the machine’s number at the provider.',
      },
    }),
});

export type MonarxSettings = z.output<typeof monarxSettings>;

/** The provider's number for a node's machine; null when the agent is not put on through it. */
export function machineOf({ machines, machinesUrl }: MonarxSettings, node: string): string | null {
  if (!machinesUrl) return null;
  const entry = machines.find((line) => line.slice(0, line.lastIndexOf('=')).trim() === node);
  return entry?.slice(entry.lastIndexOf('=') + 1).trim() ?? null;
}
