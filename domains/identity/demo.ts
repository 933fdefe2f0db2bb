import type { Ctx } from '#platform/context.ts';
import { findBrand } from '#domains/brands/index.ts';
import { createStaff } from './create-user.ts';
import { STAFF_ROLES } from './permissions.ts';
import type { StaffRole } from './permissions.ts';
import { selectUserByEmail } from './store.ts';

/** The one password of every demo login. It opens nothing in production. */
export const DEMO_PASSWORD = 'stoika-demo-password';

export type DemoLogin = { email: string; password: string; role: StaffRole | 'client' };

const NAMES: Readonly<Record<StaffRole, { ru: string; en: string }>> = {
  owner: { ru: 'Ольга Владимировна', en: 'Olivia Owens' },
  billing: { ru: 'Борис Счетов', en: 'Bill Ledger' },
  support: { ru: 'Полина Подмога', en: 'Sue Port' },
  technician: { ru: 'Тихон Серверов', en: 'Teddy Rack' },
};

/**
 * Staff of a brand's seller, one a role, as `owner@<domain>`. Made once: a second run finds them.
 * Returns what a person types to sign in.
 */
export async function seedDemoPeople(
  ctx: Ctx,
  input: { brandId: string; domain: string; roles?: readonly StaffRole[] },
): Promise<DemoLogin[]> {
  const brand = await findBrand(ctx, input.brandId);
  if (!brand) throw new Error(`no brand ${input.brandId}`);
  const logins: DemoLogin[] = [];
  for (const role of input.roles ?? STAFF_ROLES) {
    const login: DemoLogin = { email: `${role}@${input.domain}`, password: DEMO_PASSWORD, role };
    logins.push(login);
    if (await selectUserByEmail(ctx, brand.id, login.email)) continue;
    await createStaff(ctx, {
      brandId: brand.id,
      sellerId: brand.sellerId,
      email: login.email,
      password: login.password,
      name: NAMES[role][brand.defaultLanguage],
      language: brand.defaultLanguage,
      role,
      demo: true,
    });
  }
  return logins;
}
