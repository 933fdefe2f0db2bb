import { refuse } from '#kit/refusal.ts';
import type { Language } from '#domains/brands/index.ts';
import type { Ctx } from '#platform/context.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { isStaffRole } from './permissions.ts';
import {
  insertMember,
  insertUser,
  selectPasswordHash,
  selectPerson,
  selectUserByEmail,
  upsertStaff,
} from './store.ts';
import type { User } from './store.ts';

export type NewUser = {
  brandId: string;
  email: string;
  password: string;
  name: string;
  language: Language;
  /** A login of the demo data: works everywhere but in production. */
  demo?: boolean;
};

/**
 * Makes a person of a brand. Refuses `email-taken`, unless the earlier person gave the same
 * password and belongs nowhere any more (their client was closed): they are taken up again.
 */
export async function createUser(ctx: Ctx, input: NewUser): Promise<User> {
  const user: User = {
    id: ctx.newId('usr', 0),
    brandId: input.brandId,
    email: input.email.trim().toLowerCase(),
    emailVerified: input.demo ?? false,
    name: input.name,
    language: input.language,
    secondFactor: false,
    demo: input.demo ?? false,
  };
  const password = await hashPassword(input.password);
  if (await insertUser(ctx, user, { id: ctx.newId('crd', 0), password })) return user;
  const earlier = await selectUserByEmail(ctx, user.brandId, user.email);
  if (!earlier || !(await belongsNowhere(ctx, earlier, input.password))) {
    refuse('email-taken', { field: 'email' });
  }
  return earlier;
}

async function belongsNowhere(ctx: Ctx, user: User, password: string): Promise<boolean> {
  const hash = await selectPasswordHash(ctx, user.id);
  const { staff, members } = await selectPerson(ctx, user.id);
  const isRight = hash !== null && (await verifyPassword(hash, password));
  return isRight && staff.length === 0 && members.length === 0;
}

/** Lets a person act for a client, whose rows lie in `branch`. */
export async function addMember(
  ctx: Ctx,
  member: { userId: string; clientId: string; branch: number },
): Promise<void> {
  await insertMember(ctx, { ...member, role: 'owner' });
}

/** Makes a person staff of a seller, or changes their role. */
export async function addStaff(
  ctx: Ctx,
  member: { userId: string; sellerId: string; role: string },
): Promise<void> {
  if (!isStaffRole(member.role)) refuse('staff-role-unknown', { field: 'role' });
  await upsertStaff(ctx, member);
}

/** A new person who works for a seller: `createUser` and `addStaff` in one. */
export async function createStaff(
  ctx: Ctx,
  input: NewUser & { sellerId: string; role: string },
): Promise<User> {
  const user = await createUser(ctx, input);
  await addStaff(ctx, { userId: user.id, sellerId: input.sellerId, role: input.role });
  return user;
}
