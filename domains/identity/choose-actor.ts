import type { Actor } from '#platform/actor.ts';
import { permissionsOf } from './permissions.ts';

export type StaffPlace = { sellerId: string; role: string };
export type ClientPlace = { clientId: string; branch: number };

/** Who a signed-in person may act as, as the database has it. */
export type Person = {
  userId: string;
  staff: readonly StaffPlace[];
  members: readonly ClientPlace[];
};

/** Where a request comes from. */
export type Place = { brandId: string; address: string };

/**
 * The actor a person is: the one they chose, else staff before client. Someone who is neither
 * (their company's account was closed) is a visitor.
 */
export function chooseActor(
  person: Person,
  actingAs: string | null,
  place: Place,
  scopes: readonly string[] | null,
): Actor {
  const member = person.members.find(({ clientId }) => clientId === actingAs);
  const staff =
    person.staff.find(({ sellerId }) => sellerId === actingAs) ??
    (member ? undefined : person.staff[0]);
  const common = { ...place, userId: person.userId, scopes };
  if (staff) {
    const { sellerId, role } = staff;
    return { kind: 'staff', ...common, sellerId, permissions: permissionsOf(role) };
  }
  const client = member ?? person.members[0];
  if (client) return { kind: 'client', ...common, ...client };
  return { kind: 'anonymous', ...place };
}
