import { findSeller } from '#domains/sellers/index.ts';
import { refuse } from '#kit/refusal.ts';
import { eachDue } from '#platform/agenda.ts';
import type { AgendaItem } from '#platform/agenda.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import type { Client } from './client.ts';
import { clientTaxIdChecked } from './events.ts';
import { lockClient } from './store.ts';
import { answered } from './tax-id-check.ts';
import type { TaxIdCheck } from './tax-id-check.ts';
import {
  endChecks,
  firstCheckAt,
  insertCheck,
  leaseChecks,
  selectLastCheck,
  updateCheck,
  updateTaxIdState,
} from './tax-id-store.ts';
import { taxIdValidatorKind } from './tax-id-validator.ts';
import type { TaxIdAnswer, TaxIdOf, TaxIdValidator } from './tax-id-validator.ts';
import { bareTaxId } from './tax-id.ts';

/** Longer than a slow register takes for one number, asked twice. */
const LEASE_S = 120;
const BATCH = 10;

/**
 * Has a client's number looked up soon, where a register for its country is installed; what was
 * asked about an earlier number counts no more. False: nobody can be asked.
 */
export async function askAboutTaxId(ctx: Ctx, client: Client): Promise<boolean> {
  await endChecks(ctx, client);
  const { taxId, country } = client;
  const isAskable = client.kind === 'company' && validatorFor(ctx, country) !== undefined;
  if (taxId === null || !isAskable) return false;
  await insertCheck(ctx, {
    id: ctx.newId('tic', client.branch),
    branch: client.branch,
    clientId: client.id,
    ...{ country, number: bareTaxId(country, taxId), state: 'unchecked', attempts: 0 },
    ...{ requestedAt: ctx.now, nextAttemptAt: ctx.now, checkedAt: null, validatorId: null },
    ...{ requestId: null, answeredOn: null, name: null, address: null, error: null },
  });
  return true;
}

/** Asks again about the same number; what is known of it holds until the register answers. */
export async function askAgain(ctx: Ctx, client: Client): Promise<void> {
  if (!(await askAboutTaxId(ctx, client))) refuse('tax-id-not-checkable');
}

function validatorFor(from: Pick<Ctx, 'extensions'>, country: string): TaxIdValidator | undefined {
  return from.extensions(taxIdValidatorKind).find((one) => one.checks(country));
}

/** Asks the registers about numbers, again and again while they are away, up to a limit. */
const checkTaxIds: AgendaItem = {
  name: 'clients.check-tax-ids',
  nextDueAt: firstCheckAt,
  runDue: eachDue((ctx, limit) => leaseChecks(ctx, Math.min(limit, BATCH), LEASE_S), checkOne),
};

async function checkOne(outside: Outside, check: TaxIdCheck): Promise<void> {
  const validator = validatorFor(outside, check.country);
  const asker = await outside.transact((ctx) => askerOf(ctx, check, validator));
  const answer: TaxIdAnswer = validator
    ? await validator.ask({ country: check.country, number: check.number, asker })
    : { kind: 'unavailable', reason: 'no register is installed' };
  await outside.transact(async (ctx) => {
    const by = { now: ctx.now, validatorId: validator?.id ?? null };
    await keep(ctx, answered(check, answer, by));
  });
}

/** The client's seller, where the register knows the seller's country as well. */
async function askerOf(
  ctx: Ctx,
  { clientId }: TaxIdCheck,
  validator: TaxIdValidator | undefined,
): Promise<TaxIdOf | null> {
  const client = await lockClient(ctx, clientId);
  const seller = client && (await findSeller(ctx, client.sellerId));
  if (!seller || !validator?.checks(seller.country)) return null;
  const { country, legal } = seller;
  return { country, number: bareTaxId(country, legal.taxId) };
}

/** A `valid` outlives a register that is away; nothing else does. */
async function keep(ctx: Ctx, check: TaxIdCheck): Promise<void> {
  const client = await lockClient(ctx, check.clientId);
  await updateCheck(ctx, check);
  if (!client) return;
  const last = await selectLastCheck(ctx, client);
  if (last?.id !== check.id || last.number !== numberOf(client)) return;
  if (check.state === 'unavailable' && client.taxIdState === 'valid') return;
  if (client.taxIdState === check.state) return;
  await updateTaxIdState(ctx, client, check.state);
  await ctx.announce(clientTaxIdChecked, {
    branch: client.branch,
    subject: client.id,
    payload: { state: check.state, requestId: check.requestId },
  });
}

function numberOf({ country, taxId }: Client): string | null {
  return taxId === null ? null : bareTaxId(country, taxId);
}

export const clientsAgenda: readonly AgendaItem[] = [checkTaxIds];
