import { refuse } from '#kit/refusal.ts';
import { findBrand } from '#domains/brands/index.ts';
import type { Brand } from '#domains/brands/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import type { Actor } from '#platform/actor.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import type { HttpContext } from '#platform/http/http-context.ts';
import { callAuth } from './call-auth.ts';
import { personOf, sessionHash } from './current-session.ts';
import type { Person } from './choose-actor.ts';
import { usablePermissions } from './permissions.ts';
import { updateActingAs } from './session-store.ts';
import { selectPerson, selectUser } from './store.ts';
import type { User } from './store.ts';

export type ActingPlace =
  | { kind: 'staff'; id: string; role: string }
  | { kind: 'client'; id: string };

export type CurrentPerson = User & {
  places: ActingPlace[];
  acting: ActingPlace | null;
  permissions: string[];
};

/** The brand, and who asks; a browser session that is used gets its life prolonged here. */
export async function currentSession(
  outside: Outside,
  _input: unknown,
  http: HttpContext,
): Promise<{ brand: Brand; person: CurrentPerson | null }> {
  const { actor } = http;
  if ('scopes' in actor && actor.scopes === null) {
    await callAuth(http, (api, headers) => api.getSession({ headers, returnHeaders: true }));
  }
  return outside.transact(async (ctx) => {
    const brand = await findBrand(ctx, http.brandId);
    if (!brand) refuse('brand-not-found');
    return { brand, person: await currentPerson(ctx, actor) };
  });
}

async function currentPerson(ctx: Ctx, actor: Actor): Promise<CurrentPerson | null> {
  if (actor.kind !== 'client' && actor.kind !== 'staff') return null;
  const user = await selectUser(ctx, actor.userId);
  if (!user) return null;
  const places = placesOf(await selectPerson(ctx, user.id));
  const actingId = actor.kind === 'staff' ? actor.sellerId : actor.clientId;
  return {
    ...user,
    places,
    acting: places.find(({ id }) => id === actingId) ?? null,
    permissions: await permissionsIn(ctx, actor),
  };
}

async function permissionsIn(ctx: Ctx, actor: Actor): Promise<string[]> {
  if (actor.kind !== 'staff') return [];
  const seller = await findSeller(ctx, actor.sellerId);
  return usablePermissions(actor.permissions, seller?.depth === 0);
}

function placesOf({ staff, members }: Person): ActingPlace[] {
  return [
    ...staff.map(({ sellerId, role }) => ({ kind: 'staff' as const, id: sellerId, role })),
    ...members.map(({ clientId }) => ({ kind: 'client' as const, id: clientId })),
  ];
}

/** Chooses what the person acts for in this session; another's place is not found. */
export async function actAs(
  outside: Outside,
  { id }: { id: string },
  http: HttpContext,
): Promise<ActingPlace> {
  const userId = personOf(http);
  const token = sessionHash(http);
  return outside.transact(async (ctx) => {
    const place = placesOf(await selectPerson(ctx, userId)).find((known) => known.id === id);
    if (!place) refuse('place-not-found', { field: 'id' });
    await updateActingAs(ctx, userId, token, id);
    return place;
  });
}
