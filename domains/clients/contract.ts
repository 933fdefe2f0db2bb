import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import {
  DateWire,
  idWire,
  InstantWire,
  PageQuery,
  pageWire,
  textWire,
} from '#platform/http/wire.ts';
import { EmailWire, LanguageWire, NewPasswordWire } from '#domains/identity/contract.ts';

const CountryWire = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/)
  .describe('ISO 3166-1 alpha-2');
const optionalText = (max: number) => textWire(max).nullable();

const ProfileWire = z.object({
  kind: z.enum(['person', 'company']),
  name: textWire(120),
  company: optionalText(200),
  email: EmailWire,
  phone: z
    .string()
    .trim()
    .regex(/^\+?[\d ()-]{5,30}$/)
    .nullable(),
  country: CountryWire,
  region: optionalText(100),
  city: optionalText(100),
  street: optionalText(200),
  postcode: optionalText(20),
  taxId: optionalText(30),
  language: LanguageWire,
});

const TaxIdStateWire = z
  .enum(['unchecked', 'valid', 'invalid', 'unavailable'])
  .describe('what a public register says of the tax number');

const TaxIdCheckWire = z.object({
  state: TaxIdStateWire,
  requestedAt: InstantWire,
  checkedAt: InstantWire.nullable().describe('when the register was asked last'),
  nextAttemptAt: InstantWire.nullable().describe('when it is asked again; null: it is not'),
  attempts: z.int(),
  requestId: z.string().nullable().describe('the register’s number of the consultation'),
  answeredOn: DateWire.nullable(),
  name: z.string().nullable().describe('whose number it is, as the register says'),
  address: z.string().nullable(),
  error: z.string().nullable(),
});

const ClientWire = z.object({
  ...ProfileWire.shape,
  id: idWire('cli'),
  brandId: idWire('brd'),
  sellerId: idWire('sel'),
  currency: z.string(),
  state: z.enum(['active', 'closed']),
  taxExemption: z.string().nullable().describe('the document by which it pays no tax'),
  taxIdState: TaxIdStateWire,
  taxIdMustBeValid: z
    .boolean()
    .describe('its seller’s rule: only a confirmed number makes it a business'),
  createdAt: InstantWire,
});

const profileRefusals = ['company-name-missing', 'tax-id-invalid'] as const;

const account = {
  signUp: operation({
    method: 'POST',
    path: '/v1/account',
    summary: 'Become a client of this brand and sign in',
    access: { who: 'anyone' },
    transaction: 'own',
    input: z.object({
      email: EmailWire,
      password: NewPasswordWire,
      name: textWire(120),
      company: optionalText(200).default(null),
      country: CountryWire,
      language: LanguageWire,
    }),
    output: z.object({ clientId: idWire('cli') }),
    refusals: ['email-taken', 'too-many-attempts', 'wrong-credentials', ...profileRefusals],
  }),
  profile: operation({
    method: 'GET',
    path: '/v1/account/profile',
    summary: 'What stands on my invoices',
    access: { who: 'client', scope: 'profile.read' },
    input: z.object({}),
    output: ClientWire.extend({ taxIdCheck: TaxIdCheckWire.nullable() }),
  }),
  changeProfile: operation({
    method: 'PATCH',
    path: '/v1/account/profile',
    summary: 'Change what stands on my future invoices',
    access: { who: 'client', scope: 'profile.write' },
    input: ProfileWire.partial(),
    output: ClientWire,
    refusals: profileRefusals,
  }),
};

const TaxIdRuleWire = z.object({ mustBeValid: z.boolean() });

const clients = {
  list: operation({
    method: 'GET',
    path: '/v1/admin/clients',
    summary: 'Clients of this seller and of those below it, newest first',
    access: { who: 'staff', permission: 'clients.read' },
    input: PageQuery.extend({
      search: z.string().trim().min(1).max(100).optional(),
      state: z.enum(['active', 'closed']).optional(),
      sellerId: idWire('sel').optional(),
    }),
    output: pageWire(ClientWire),
    refusals: ['seller-not-found'],
  }),
  get: operation({
    method: 'GET',
    path: '/v1/admin/clients/{id}',
    summary: 'One client and the people who act for it',
    access: { who: 'staff', permission: 'clients.read' },
    input: z.object({ id: idWire('cli') }),
    output: ClientWire.extend({
      taxIdCheck: TaxIdCheckWire.nullable().describe('the last; null: none was asked for'),
      sellerName: z.string(),
      brandName: z.string(),
      people: z.array(
        z.object({
          id: idWire('usr'),
          name: z.string(),
          email: z.string(),
          emailVerified: z.boolean(),
          secondFactor: z.boolean(),
        }),
      ),
    }),
    refusals: ['client-not-found'],
  }),
  update: operation({
    method: 'PATCH',
    path: '/v1/admin/clients/{id}',
    summary: 'Change a client’s particulars',
    access: { who: 'staff', permission: 'clients.write' },
    input: ProfileWire.partial().extend({ id: idWire('cli') }),
    output: ClientWire,
    refusals: ['client-not-found', ...profileRefusals],
  }),
  exempt: operation({
    method: 'PUT',
    path: '/v1/admin/clients/{id}/tax-exemption',
    summary: 'Note by which document a client is exempt from tax, or that none holds any more',
    access: { who: 'staff', permission: 'invoices.write' },
    input: z.object({ id: idWire('cli'), document: textWire(300).nullable() }),
    output: ClientWire,
    refusals: ['client-not-found'],
  }),
  checkTaxId: operation({
    method: 'POST',
    path: '/v1/admin/clients/{id}/tax-id-check',
    summary: 'Ask the register again about a company’s tax number',
    access: { who: 'staff', permission: 'clients.write' },
    input: z.object({ id: idWire('cli') }),
    output: z.object({ id: idWire('cli') }),
    refusals: ['client-not-found', 'tax-id-not-checkable'],
    perMinute: 30,
  }),
  taxIdRule: operation({
    method: 'GET',
    path: '/v1/admin/tax-id-rule',
    summary: 'Whether only a tax number that the register confirmed makes a client a business',
    access: { who: 'staff', permission: 'clients.read' },
    input: z.object({}),
    output: TaxIdRuleWire,
  }),
  setTaxIdRule: operation({
    method: 'PUT',
    path: '/v1/admin/tax-id-rule',
    summary: 'Say whether only a confirmed tax number makes a client of this seller a business',
    access: { who: 'staff', permission: 'invoices.write' },
    input: TaxIdRuleWire,
    output: TaxIdRuleWire,
    refusals: ['not-allowed'],
  }),
  close: operation({
    method: 'POST',
    path: '/v1/admin/clients/{id}/close',
    summary: 'Close a client: nobody gets in, keys end, what it holds runs on until its end',
    access: { who: 'staff', permission: 'clients.write' },
    input: z.object({ id: idWire('cli') }),
    output: z.object({ id: idWire('cli') }),
    refusals: ['client-not-found'],
  }),
  reopen: operation({
    method: 'POST',
    path: '/v1/admin/clients/{id}/reopen',
    summary: 'Let a closed client in again',
    access: { who: 'staff', permission: 'clients.write' },
    input: z.object({ id: idWire('cli') }),
    output: z.object({ id: idWire('cli') }),
    refusals: ['client-not-found'],
  }),
};

export const clientsContract = { account, clients };
