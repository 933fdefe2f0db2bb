import { z } from 'zod';
import { SettingsFormWire, SettingsValuesWire } from '#kit/settings-form.ts';
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
  wantedAt: InstantWire.describe('when the supplier was first to be asked'),
  issuedAt: InstantWire.nullable(),
  deletedAt: InstantWire.nullable(),
});

const StaffLicenceView = z.object({
  id: idWire('lic'),
  clientId: z.string(),
  clientName: z.string(),
  domainName: z.string(),
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

const SupplierWire = z.object({
  supplierId: z.string(),
  title: z.object({ ru: z.string(), en: z.string() }),
  saved: z.boolean(),
  form: SettingsFormWire,
});

const StraysWire = z.object({
  items: z.array(
    z.object({
      supplierId: z.string(),
      key: z.string(),
      product: z.string().nullable(),
      state: z.enum(['unbound', 'active', 'suspended', 'dead', 'unknown']),
      domain: z.string().nullable(),
      ip: z.string().nullable(),
      foundAt: InstantWire,
    }),
  ),
  checks: z.array(
    z.object({
      supplierId: z.string(),
      checkedAt: InstantWire.nullable(),
      error: z.string().nullable(),
    }),
  ),
});

const read = { who: 'staff', permission: 'licences.read' } as const;
const write = { who: 'staff', permission: 'licences.write' } as const;
const ById = z.object({ id: idWire('lic') });

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
      access: read,
      input: PageQuery.extend({
        state: z.enum(LICENCE_STATES).optional(),
        clientId: idWire('cli').optional(),
        search: z.string().trim().max(100).optional(),
      }),
      output: pageWire(StaffLicenceView),
    }),
    get: operation({
      method: 'GET',
      path: '/v1/admin/licences/{id}',
      summary: 'One licence',
      access: read,
      input: ById,
      output: StaffLicenceView,
      refusals: ['licence-not-found'],
    }),
    retry: operation({
      method: 'POST',
      path: '/v1/admin/licences/{id}/retry',
      summary: 'Call the supplier again now',
      access: write,
      input: ById,
      output: StaffLicenceView,
      refusals: ['licence-not-found', 'licence-nothing-to-do'],
    }),
    disown: operation({
      method: 'POST',
      path: '/v1/admin/licences/{id}/disown',
      summary: 'Say that the keys which appeared beside a licence are not its own',
      access: write,
      input: ById,
      output: StaffLicenceView,
      refusals: ['licence-not-found', 'licence-nothing-to-do'],
    }),
    suppliers: {
      list: operation({
        method: 'GET',
        path: '/v1/admin/suppliers',
        summary: 'Our accounts with suppliers; secrets are never told',
        access: read,
        input: z.object({}),
        output: z.object({ items: z.array(SupplierWire) }),
      }),
      save: operation({
        method: 'PUT',
        path: '/v1/admin/suppliers/{supplierId}',
        summary: 'Set our account with a supplier up',
        access: { who: 'staff', permission: 'sellers.write' },
        input: z.object({
          supplierId: z.string().max(60),
          values: SettingsValuesWire.describe('secrets left out stay as they are'),
        }),
        output: SupplierWire,
        refusals: ['supplier-not-found', 'settings-value-invalid'],
        secret: ['values'],
      }),
    },
    strays: {
      list: operation({
        method: 'GET',
        path: '/v1/admin/stray-licences',
        summary: 'Live keys at our suppliers that no licence accounts for',
        access: read,
        input: z.object({}),
        output: StraysWire,
      }),
      check: operation({
        method: 'POST',
        path: '/v1/admin/stray-licences/check',
        summary: 'Compare the suppliers’ live keys with ours now',
        access: write,
        input: z.object({}),
        output: StraysWire,
        transaction: 'own',
        perMinute: 6,
      }),
      cancel: operation({
        method: 'POST',
        path: '/v1/admin/stray-licences/cancel',
        summary: 'End a stray key at its supplier, for good',
        access: write,
        input: z.object({ supplierId: z.string().max(60), key: z.string().max(200) }),
        output: StraysWire,
        refusals: ['stray-not-found', 'purchase-unexplained', 'supplier-unavailable'],
        transaction: 'own',
      }),
    },
  },
};

export type LicenceWire = z.infer<typeof LicenceView>;
export type StaffLicenceWire = z.infer<typeof StaffLicenceView>;
export type SupplierWire = z.infer<typeof SupplierWire>;
export type StraysWire = z.infer<typeof StraysWire>;
