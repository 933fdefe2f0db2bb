import { findBrand } from '#domains/brands/index.ts';
import {
  createUser,
  DEMO_PASSWORD,
  findUserByEmail,
  placesOfUser,
} from '#domains/identity/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { ClientProfile } from './client.ts';
import { registerClient } from './register-client.ts';

const NOWHERE = {
  phone: null,
  region: null,
  city: null,
  street: null,
  postcode: null,
  taxId: null,
};

/** Demo clients: who they are, by the name before the @ of their login. */
const PROFILES = {
  anna: {
    ru: {
      ...NOWHERE,
      kind: 'person',
      name: 'Анна Смирнова',
      company: null,
      country: 'RU',
      city: 'Казань',
    },
    en: {
      ...NOWHERE,
      kind: 'person',
      name: 'Anna Smith',
      company: null,
      country: 'GB',
      city: 'Leeds',
    },
  },
  boris: {
    ru: {
      ...NOWHERE,
      kind: 'company',
      name: 'Борис Ромашкин',
      company: 'ООО «Ромашка»',
      country: 'RU',
      postcode: '117997',
      city: 'Москва',
      street: 'ул. Вавилова, 19',
      taxId: '7707083893',
    },
    en: {
      ...NOWHERE,
      kind: 'company',
      name: 'Ben Daisy',
      company: 'Daisy Ltd',
      country: 'GB',
      postcode: 'M1 1AE',
      city: 'Manchester',
      street: '2 Oxford Road',
    },
  },
  vera: {
    ru: {
      ...NOWHERE,
      kind: 'person',
      name: 'Вера Лисицына',
      company: null,
      country: 'RU',
      city: 'Томск',
    },
    en: {
      ...NOWHERE,
      kind: 'person',
      name: 'Vera Fox',
      company: null,
      country: 'IE',
      city: 'Cork',
    },
  },
} as const satisfies Record<string, Record<'ru' | 'en', Omit<ClientProfile, 'email' | 'language'>>>;

export type DemoClientName = keyof typeof PROFILES;
export type DemoClient = { email: string; password: string; clientId: string };

/**
 * Clients of a brand, `anna@<domain>` and so on, registered at the clock's present time. Made
 * once: a second run finds them.
 */
export async function seedDemoClients(
  ctx: Ctx,
  input: { brandId: string; domain: string; names?: readonly DemoClientName[] },
): Promise<DemoClient[]> {
  const brand = await findBrand(ctx, input.brandId);
  if (!brand) throw new Error(`no brand ${input.brandId}`);
  const language = brand.defaultLanguage;
  const made: DemoClient[] = [];
  for (const login of input.names ?? (['anna', 'boris', 'vera'] as const)) {
    const email = `${login}@${input.domain}`;
    const known = await findUserByEmail(ctx, brand.id, email);
    const [place] = known ? (await placesOfUser(ctx, known.id)).members : [];
    if (place) {
      made.push({ email, password: DEMO_PASSWORD, clientId: place.clientId });
      continue;
    }
    const profile: ClientProfile = { ...PROFILES[login][language], email, language };
    const { name } = profile;
    const password = DEMO_PASSWORD;
    const user =
      known ??
      (await createUser(ctx, { brandId: brand.id, email, password, name, language, demo: true }));
    const client = await registerClient(ctx, { brandId: brand.id, userId: user.id, profile });
    made.push({ email, password, clientId: client.id });
  }
  return made;
}
