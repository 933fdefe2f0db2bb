import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire, InstantWire, PageQuery, pageWire } from '#platform/http/wire.ts';
import { EXCEPTION_OUTCOMES, RUN_STATES } from './renewal-run.ts';

const RunWire = z.object({
  id: idWire('rnr'),
  state: z.enum(RUN_STATES),
  startedAt: InstantWire,
  finishedAt: InstantWire.nullable(),
  renewed: z.int(),
  unpaid: z.int().describe('invoiced; the balance does not cover it'),
  locked: z.int().describe('paid by the client; a wallet above the shop is too low'),
  refused: z.int().describe('cannot be priced any more'),
  setAside: z.int().describe('had an open order and went one at a time'),
  remaining: z.int().describe('still due; 0 unless the run is open'),
  perSecond: z.number().describe('packages a second, from the first batch to the last'),
});

const ExceptionWire = z.object({
  subscriptionId: idWire('sub'),
  outcome: z.enum(EXCEPTION_OUTCOMES),
  reason: z.string().describe('a refusal code, or what failed'),
});

const read = { who: 'staff', permission: 'orders.read' } as const;
const write = { who: 'staff', permission: 'orders.write' } as const;
const ById = z.object({ id: idWire('rnr') });

/** Renewal runs go over the whole installation, so they are the operator's alone. */
export const renewalRunOperations = {
  renewalRuns: operation({
    method: 'GET',
    path: '/v1/admin/renewal-runs',
    summary: 'Runs of the automatic renewals with their progress, newest first',
    access: read,
    input: PageQuery,
    output: pageWire(RunWire),
  }),
  renewalRun: operation({
    method: 'GET',
    path: '/v1/admin/renewal-runs/{id}',
    summary: 'One run and its progress',
    access: read,
    input: ById,
    output: RunWire,
    refusals: ['renewal-run-not-found'],
  }),
  renewalExceptions: operation({
    method: 'GET',
    path: '/v1/admin/renewal-runs/{id}/exceptions',
    summary: 'Packages that a run did not renew, with the reason',
    access: read,
    input: PageQuery.extend(ById.shape),
    output: pageWire(ExceptionWire),
    refusals: ['renewal-run-not-found'],
  }),
  pauseRenewals: operation({
    method: 'POST',
    path: '/v1/admin/renewal-runs/{id}/pause',
    summary: 'Stop a run after the batches under way; nothing renews by itself until it is resumed',
    access: write,
    input: ById,
    output: RunWire,
    refusals: ['renewal-run-not-found', 'renewal-run-not-running'],
  }),
  resumeRenewals: operation({
    method: 'POST',
    path: '/v1/admin/renewal-runs/{id}/resume',
    summary: 'Let a paused run go on',
    access: write,
    input: ById,
    output: RunWire,
    refusals: ['renewal-run-not-found', 'renewal-run-not-paused'],
  }),
};
