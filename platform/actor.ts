/** Who is asking. Decided once at the edge; every operation authorises against it. */
export type Actor =
  | { kind: 'anonymous'; brandId: string; address: string }
  | ClientActor
  | StaffActor
  | { kind: 'system'; name: string };

/** A person (or their API key) acting for one client of one brand. */
export type ClientActor = {
  kind: 'client';
  brandId: string;
  userId: string;
  clientId: string;
  /** The branch every row of this client lies in. */
  branch: number;
  /** Null for a browser session, which may do all that its user may. */
  scopes: readonly string[] | null;
  address: string;
};

/** A person (or their API key) of a seller's staff: the operator's, or a reseller's own. */
export type StaffActor = {
  kind: 'staff';
  brandId: string;
  userId: string;
  sellerId: string;
  permissions: readonly string[];
  scopes: readonly string[] | null;
  address: string;
};

/** `client:usr_…`, as events and the audit trail name an actor. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'system') return `system:${actor.name}`;
  if (actor.kind === 'anonymous') return 'anonymous';
  return `${actor.kind}:${actor.userId}`;
}
