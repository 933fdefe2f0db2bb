import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyBilling } from '#domains/billing/index.ts';
import { verifyLedger } from '#domains/ledger/index.ts';
import { verifyProtection } from '#domains/protection/index.ts';
import { verifySupport } from '#domains/support/index.ts';
import { verifyWebhooks } from '#domains/webhooks/index.ts';
import { startLivelyShop } from '#test/harness/lively-shop.ts';
import type { LivelyShop } from '#test/harness/lively-shop.ts';
import { wrongAfter } from '#test/harness/wrong-after.ts';
import { findings } from './verify.ts';

let shop: LivelyShop;
beforeAll(async () => {
  shop = await startLivelyShop();
});
afterAll(() => shop.stop());

/** Names of checks that find something, though documents cannot be changed by SQL of ours either. */
const wrongIn = (tampering: string): Promise<string[]> =>
  wrongAfter(
    shop,
    findings,
    'alter table invoice disable trigger user',
    'alter table invoice_line disable trigger user',
    tampering,
  );

/** A job as the queue keeps it, about whatever `data` says. */
const jobWith = (data: object): string => `
  insert into pgboss.job (name, data) values ('work', '${JSON.stringify(data)}')`;

/** A refund of a kopeck too much that nobody booked. */
const UNBOOKED_REFUND = `
  insert into refund (branch_id, id, payment_id, brand_id, seller_id, client_id, gateway_id,
    amount_minor, currency, state, reason, asked_at, cause)
  select branch_id, 'rfd_unbooked', id, brand_id, seller_id, client_id, gateway_id,
    received_minor + 1, currency, 'asked', 'none', created_at, 'once'
  from payment where state = 'succeeded' limit 1`;

/** The document of a refund that nobody made. */
const STRAY_REFUND_NOTE = `
  insert into refund_note (branch_id, id, series, number, seller_id, client_id, brand_id,
    amount_minor, currency, issued_at, issued_on, refund_id, payment_id, paid_on, method, reason,
    seller_details, buyer_details, language, content_hash)
  select branch_id, 'rfn_stray', 'RF-2023', 1, seller_id, client_id, brand_id,
    1, currency, created_at, '2023-02-01', 'rfd_none', id, '2023-02-01', '{}', 'none',
    '{}', '{}', 'ru', ''
  from payment limit 1`;

/** A card that is saved of a payment whose payer did not agree to it. */
const STRAY_METHOD = `
  insert into saved_method (branch_id, id, brand_id, client_id, gateway_id, payment_id, sealed,
    card_brand, last4, expires_year, expires_month, state, is_default, saved_at)
  select branch_id, 'svm_stray', brand_id, client_id, gateway_id, id, 'sealed',
    'Visa', '4242', 2030, 1, 'usable', false, created_at
  from payment limit 1`;

/** What may have happened to the rows, and the check that finds it. */
const CASES: readonly (readonly [tampering: string, check: string])[] = [
  // Money.
  [
    `update payment set received_minor = received_minor - 1 where state = 'succeeded'`,
    'every payment that succeeded is booked once, at what arrived',
  ],
  [
    `update payment set state = 'pending' where state = 'succeeded'`,
    'nothing is booked for a payment that did not succeed',
  ],
  [
    `update payment set state = 'succeeded', gateway_id = 'sandbox-card',
       received_minor = amount_minor - 1 where state = 'pending'`,
    'a gateway gives what was asked of it',
  ],
  [
    `update payment set client_id = 'cli_somebody'`,
    'every payment belongs to its client, and to an invoice of that client',
  ],
  [UNBOOKED_REFUND, 'no payment is refunded beyond what arrived'],
  [UNBOOKED_REFUND, 'every refund is booked as it stands'],
  [STRAY_REFUND_NOTE, 'every refund that is done has its document, and no other has'],
  [
    `update payment set branch_id = 1, state = 'succeeded', invoice_id = 'inv_one',
       saved_method_id = 'svm_one', card_brand = 'Visa', card_last4 = '4242'`,
    'an invoice is charged to saved cards once',
  ],
  [STRAY_METHOD, 'a saved card is of the client who paid with it, and forgotten once removed'],
  [
    `update payment set gateway_id = 'sandbox-card', next_check_at = null where state = 'pending'`,
    'a payment whose end is unknown is asked about again',
  ],
  [
    `insert into payment_notification select branch_id, gateway_id, 'evt', id,
       'payment.succeeded', 'applied', now() from payment where state = 'pending'`,
    'a success that a gateway told of was taken in',
  ],
  // Packages and what is on them.
  [
    `update subscription set period_end = period_end + 30 where state = 'active'`,
    'every package stands in its last paid period',
  ],
  [
    `insert into subscription_period select branch_id, subscription_id, period_end + 1,
       period_end + 31, 1, order_id, paid_at from subscription_period`,
    'paid periods follow each other without gap or overlap',
  ],
  [
    `update entitlement set subscription_id = 'sub_nowhere'`,
    'every component belongs to a package that was paid for',
  ],
  [
    `update subscription set state = 'deleted' where state = 'active'`,
    'a deleted package holds nothing',
  ],
  [
    `update subscription set next_step = null, next_step_at = null`,
    'every live package knows what time does to it next',
  ],
  // Orders.
  [
    `update order_request set client_id = 'cli_somebody'`,
    'every order has its invoice and its package, of the same client',
  ],
  [
    `update order_request set state = 'done' where state = 'awaiting-payment'`,
    'every order stands as its invoice does, or is being brought to it',
  ],
  [
    `update order_request set state = 'awaiting-payment' where state = 'done'`,
    'every order stands as its invoice does, or is being brought to it',
  ],
  [
    `delete from entitlement where component_id = 'cpanel-block'`,
    'every order that was carried out brought what it is for',
  ],
  [
    `delete from invoice_line where kind = 'package'`,
    'every paid period has its line on a paid invoice',
  ],
  [
    `delete from invoice_line where item_id = 'cpanel-block'`,
    'every bought component is paid for to the end of the paid period',
  ],
  [
    `update entitlement set state = 'bought' where component_id = 'whmcs' and state <> 'deleted'`,
    'every bought component is paid for to the end of the paid period',
  ],
  [
    `delete from invoice where buyer_kind = 'seller'`,
    'every sale through resellers charged each seller above the shop once',
  ],
  // Licences.
  [
    `update entitlement set state = 'deleted', deleted_at = now() where component_id = 'whmcs'`,
    'every live licence has the component it was issued for',
  ],
  [
    `update licence set client_id = 'cli_somebody'`,
    'every licence is of its component and of its client',
  ],
  [
    `update licence set licence_key = 'Leased-the-same' where licence_key is not null`,
    'no key is given out twice',
  ],
  [
    `update licence set state = 'issuing', next_attempt_at = null where state = 'active'`,
    'a licence that is not yet there, or not yet gone, is worked on',
  ],
  [
    `update supplier_account set in_flight = (select id from licence where state = 'active' limit 1)`,
    'a supplier’s turn is held by a licence that is being issued',
  ],
  [
    `update licence set state = 'active', ended_at = null where state = 'deleted'`,
    'what its owner deleted is gone, or the supplier is being told',
  ],
  // Deliveries.
  [`delete from package_account`, 'every live package is on a node, or on its way there'],
  [
    `update package_account set state = 'suspended'`,
    'every package on a node runs, rests or is gone as its subscription says',
  ],
  [
    `delete from delivery where kind = 'address'`,
    'every component that is held is delivered or on its way',
  ],
  [
    `delete from licence where state = 'active'`,
    'every licence component that was delivered has its licence',
  ],
  [
    `update order_request set state = 'delivering' where state = 'done'`,
    'every order that is being delivered has a delivery on its way',
  ],
  [
    `update delivery set state = 'waiting', next_attempt_at = null where state = 'done'`,
    'every delivery is done, has its time, or says what or whom it waits for',
  ],
  [
    `update delivery set state = 'waiting', waits_for = 'package' where kind = 'capacity'`,
    'whatever a delivery waits for is to come',
  ],
  [
    `update hosting_account set wanted = 'deleted'`,
    'every account is what its owner wants, or the server is being told',
  ],
  [`update node set capacity = 1`, 'no node holds more than it has room for'],
  // Mail and jobs.
  [
    `update message set next_attempt_at = null where state = 'queued'`,
    'every mail is queued with a time, sent at a time, or failed with a reason',
  ],
  [`update message set to_address = 'nobody'`, 'every mail has a reader, a subject and words'],
  [`update message set language = 'de'`, 'every mail is of a brand, in one of its languages'],
  [jobWith({ kind: 'job', name: 'nobody.does-this' }), 'every job has somebody who does it'],
  [
    jobWith({ kind: 'job', name: 'licences.advance', payload: { licenceId: 'lic_none' } }),
    'every job is about something that is there',
  ],
  [
    jobWith({
      kind: 'events',
      subscriber: 'orders.execute-when-paid',
      events: [{ branch: 1, id: 'evt_none' }],
    }),
    'every job is about something that is there',
  ],
];

describe('verify', () => {
  it('finds nothing in a business that runs', async () => {
    expect(await wrongIn('select 1')).toEqual([]);
  });

  it.each(CASES)('finds it: %s', async (tampering, name) => {
    expect(await wrongIn(tampering)).toContain(name);
  });

  it('has no check that is not tried here or beside its domain', async () => {
    const elsewhere = [
      ...(await shop.run(verifyLedger)),
      ...(await shop.run(verifyBilling)),
      ...(await shop.run(verifyProtection)),
      ...(await shop.run(verifySupport)),
      ...(await shop.run(verifyWebhooks)),
    ];
    const tried = [...CASES.map(([, check]) => check), ...elsewhere.map(({ name }) => name)];
    const all = (await shop.run(findings)).map(({ name }) => name);
    expect(all.filter((name) => !tried.includes(name))).toEqual([]);
  });
});
