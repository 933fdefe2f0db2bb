import { setMembersActive } from '#domains/identity/index.ts';
import type { Ctx } from '#platform/context.ts';
import { askAboutTaxId } from './check-tax-id.ts';
import type { Client, ClientProfile } from './client.ts';
import { clientChanged, clientClosed, clientReopened } from './events.ts';
import { soundProfile } from './profile.ts';
import { updateProfile, updateState } from './store.ts';
import { updateTaxIdState } from './tax-id-store.ts';

export type ProfileChange = Partial<ClientProfile>;

/** Changes what a client says of themselves. Documents already issued keep what they said. */
export async function changeProfile(
  ctx: Ctx,
  client: Client,
  change: ProfileChange,
): Promise<Client> {
  const changed: Client = {
    ...client,
    ...soundProfile(profileOf({ ...client, ...given(change) })),
  };
  const fields = FIELDS.filter((field) => changed[field] !== client[field]);
  if (fields.length === 0) return client;
  await updateProfile(ctx, client, profileOf(changed));
  const isOther = fields.some((field) => TAX_FIELDS.has(field));
  if (isOther) await forgetTaxIdState(ctx, changed);
  await ctx.announce(clientChanged, {
    branch: client.branch,
    subject: client.id,
    payload: { fields: [...fields] },
  });
  return isOther ? { ...changed, taxIdState: 'unchecked' } : changed;
}

const TAX_FIELDS: ReadonlySet<string> = new Set(['kind', 'country', 'taxId']);

/** What was known belongs to the number before. */
async function forgetTaxIdState(ctx: Ctx, client: Client): Promise<void> {
  await updateTaxIdState(ctx, client, 'unchecked');
  await askAboutTaxId(ctx, client);
}

/** Nobody of a closed client gets in and its API keys end; what it holds runs on until its end. */
export async function closeClient(ctx: Ctx, client: Client): Promise<void> {
  if (client.state === 'closed') return;
  await updateState(ctx, client, 'closed');
  await setMembersActive(ctx, client.id, false);
  await ctx.announce(clientClosed, { branch: client.branch, subject: client.id, payload: {} });
}

export async function reopenClient(ctx: Ctx, client: Client): Promise<void> {
  if (client.state === 'active') return;
  await updateState(ctx, client, 'active');
  await setMembersActive(ctx, client.id, true);
  await ctx.announce(clientReopened, { branch: client.branch, subject: client.id, payload: {} });
}

const FIELDS = [
  'kind',
  'name',
  'company',
  'email',
  'phone',
  'country',
  'region',
  'city',
  'street',
  'postcode',
  'taxId',
  'language',
] as const satisfies readonly (keyof ClientProfile)[];

function profileOf(client: ClientProfile): ClientProfile {
  return Object.fromEntries(FIELDS.map((field) => [field, client[field]])) as ClientProfile;
}

/** What was not sent stays as it is. */
function given(change: ProfileChange): ProfileChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
