import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { DateWire, idWire, InstantWire, PageQuery, pageWire } from '#platform/http/wire.ts';
import { LICENCE_STATES } from './licence.ts';

const LicenceView = z.object({
  id: idWire('lic'),
  subscriptionId: z.string(),
  entitlementId: z.string(),
  componentId: z.string(),
  /** For its owner a licence being deleted is deleted. */
  state: z.enum(['issuing', 'active', 'deleted', 'refused']),
  key: z.string().nullable(),
  domainName: z.string(),
  /** The last paid day's morrow: the end of the package's period. */
  validUntil: DateWire.nullable(),
  issuedAt: InstantWire.nullable(),
  deletedAt: InstantWire.nullable(),
});

const StaffLicenceView = z.object({
  id: idWire('lic'),
  clientId: z.string(),
  subscriptionId: z.string(),
  entitlementId: z.string(),
  componentId: z.string(),
  supplierId: z.string(),
  product: z.string(),
  state: z.enum(LICENCE_STATES),
  key: z.string().nullable(),
  issuedAt: InstantWire.nullable(),
  deletedAt: InstantWire.nullable(),
  endedAt: InstantWire.nullable(),
  attempts: z.int(),
  nextAttemptAt: InstantWire.nullable(),
  lastError: z.string().nullable(),
  surplusKeys: z.array(z.string()),
  createdAt: InstantWire,
});

export const licencesContract = {
  ofSubscription: operation({
    method: 'GET',
    path: '/v1/subscriptions/{subscriptionId}/licences',
    summary: 'Licences that a package has or had, newest first',
    access: { who: 'client', scope: 'licences.read' },
    input: z.object({ subscriptionId: idWire('sub') }),
    output: z.object({ items: z.array(LicenceView) }),
    refusals: ['subscription-not-found'],
  }),
  get: operation({
    method: 'GET',
    path: '/v1/licences/{id}',
    summary: 'One licence with its key',
    access: { who: 'client', scope: 'licences.read' },
    input: z.object({ id: idWire('lic') }),
    output: LicenceView,
    refusals: ['licence-not-found'],
  }),
  delete: operation({
    method: 'POST',
    path: '/v1/licences/{id}/delete',
    summary: 'Delete a licence: at once, for good, without a refund',
    access: { who: 'client', scope: 'licences.write' },
    input: z.object({
      id: idWire('lic'),
      domainName: z.string().max(253).describe("the package's domain, typed to confirm"),
    }),
    output: LicenceView,
    refusals: ['licence-not-found', 'confirmation-invalid'],
    idempotency: 'required',
  }),
  admin: {
    list: operation({
      method: 'GET',
      path: '/v1/admin/licences',
      summary: 'Licences of all clients, newest first',
      access: { who: 'staff', permission: 'licences.read' },
      input: PageQuery.extend({
        state: z.enum(LICENCE_STATES).optional(),
        clientId: idWire('cli').optional(),
        search: z.string().trim().max(100).optional(),
      }),
      output: pageWire(StaffLicenceView),
    }),
    retry: operation({
      method: 'POST',
      path: '/v1/admin/licences/{id}/retry',
      summary: 'Call the supplier again now',
      access: { who: 'staff', permission: 'licences.write' },
      input: z.object({ id: idWire('lic') }),
      output: StaffLicenceView,
      refusals: ['licence-not-found', 'licence-nothing-to-do'],
    }),
  },
};
