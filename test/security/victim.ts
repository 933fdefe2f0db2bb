import { sql } from 'kysely';
import { branchOf, makeId } from '#kit/id.ts';
import type { Holder, LivelyShop } from '#test/harness/lively-shop.ts';
import type { VictimIds } from './make-input.ts';

/** Somebody whose things nobody else may see or touch, and those of the shop they buy from. */
export type Victim = {
  holder: Holder;
  email: string;
  ids: VictimIds;
  /** What would give the victim's things away: their ids, names, keys and addresses. */
  marks: readonly string[];
};

type Found = { kind: string; id: string };

export async function victimOf(shop: LivelyShop, holder: Holder): Promise<Victim> {
  const { clientId, domainName, client } = holder;
  // The one thing of the whole installation that an operation names by id.
  await sql`insert into renewal_run (id, state, started_at)
    values ('rnr_00000000000000000000', 'running', now())
    on conflict do nothing`.execute(shop.runtime.db);
  await addFinding(shop, clientId);
  await addCard(shop, clientId);
  // Somebody has looked ahead at every change of the shop.
  await sql`insert into forecast (id, seller_id, kind, subject_id, payers, months, state, as_of,
      catalogue_revision, packages)
    select 'fct_' || right(id, 20), seller_id, 'change', id, 'everyone', 12, 'running', now(), '', 0
    from edition where seller_id = ${client.sellerId}
    on conflict do nothing`.execute(shop.runtime.db);
  const { rows: own } = await sql<Found>`
    select 'ord' as kind, id from order_request where client_id = ${clientId}
    union all select 'sub', id from subscription where client_id = ${clientId}
    union all select 'ent', e.id from entitlement e join subscription s
      on s.branch_id = e.branch_id and s.id = e.subscription_id where s.client_id = ${clientId}
      and e.state <> 'deleted'
    union all select case kind when 'invoice' then 'inv' else 'crn' end, id from invoice
      where buyer_id = ${clientId}
    union all select 'pay', id from payment where client_id = ${clientId}
    union all select 'quo', id from client_quote where client_id = ${clientId}
    union all select 'rfd', id from refund where client_id = ${clientId}
    union all select 'rfn', id from refund_note where client_id = ${clientId}
    union all select 'svm', id from saved_method where client_id = ${clientId}
    union all select 'lic', id from licence where client_id = ${clientId}
    union all select 'key', licence_key from licence where client_id = ${clientId}
    union all select 'pkg', id from package_account where client_id = ${clientId}
    union all select 'acc', id from hosting_account where client_id = ${clientId}
    union all select 'dlv', id from delivery where client_id = ${clientId}
    union all select 'fnd', id from finding where client_id = ${clientId}
    union all select 'msg', id from message where client_id = ${clientId}
    union all select 'tkt', id from ticket where client_id = ${clientId}
    union all select 'whe', id from webhook_endpoint where owner_id = ${clientId}
    union all select 'whd', d.id from webhook_delivery d join webhook_endpoint e
      on e.branch_id = d.branch_id and e.id = d.endpoint_id where e.owner_id = ${clientId}
    union all select 'usr', user_id from membership where client_id = ${clientId}
    union all select 'ses', s.id from user_session s join membership m using (user_id)
      where m.client_id = ${clientId}
    union all select 'api', id from api_key where client_id = ${clientId}`.execute(shop.runtime.db);
  const { rows: shops } = await sql<Found>`
    select 'sel' as kind, id from seller where id = ${client.sellerId}
    union all select 'brd', id from brand where id = ${client.brandId}
    union all select 'edn', id from edition where seller_id = ${client.sellerId}
    union all select 'nod', id from node
    union all select 'lst', id from dnsbl_listing
    union all select 'seller whe', id from webhook_endpoint where owner_id = ${client.sellerId}
    union all select 'seller whd', d.id from webhook_delivery d join webhook_endpoint e
      on e.branch_id = d.branch_id and e.id = d.endpoint_id where e.owner_id = ${client.sellerId}
    union all select 'rnr', id from renewal_run
    union all select 'prm', id from promo`.execute(shop.runtime.db);
  const last = (kind: string): string =>
    [...own, ...shops].findLast((found) => found.kind === kind)?.id ?? '';
  const marks = [...own.map(({ id }) => id), clientId, domainName, client.email, client.name];
  return {
    holder,
    email: client.email,
    marks: [...new Set(marks)].filter((mark) => mark !== null && mark.length > 5),
    ids: {
      ...Object.fromEntries([...shops, ...own].map(({ kind }) => [kind, last(kind)])),
      cli: clientId,
      sub: holder.subscriptionId,
      pay: holder.pendingPaymentId,
      ord: holder.unpaidOrderId,
      key: last('api'),
    },
  };
}

/**
 * A digest of every row that names the victim or something of theirs, in all tables of the
 * business: whoever changes anything of them changes this.
 */
export async function traceOf(shop: LivelyShop, { marks }: Victim): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'branch_id'
      and table_name not in ('event_handled') order by 1`.execute(shop.runtime.db);
  const pattern = marks.map((mark) => mark.replaceAll(/[^\w@-]/g, String.raw`\$&`)).join('|');
  const parts = tables.map(
    ({ name }) => sql`
      select ${name}::text as part, md5(coalesce(string_agg(t::text, '|' order by t::text), ''))
      from ${sql.table(name)} t where t::text ~ ${pattern}`,
  );
  const { rows } = await sql<{ part: string; md5: string }>`
    ${sql.join(parts, sql` union all `)}`.execute(shop.runtime.db);
  return JSON.stringify(rows);
}

/**
 * Something that was found on the victim's site, as its node would have told of it, an alarm, a
 * listing and a server: a node numbers its alarms, so the first victim has the one there is.
 */
async function addFinding(shop: LivelyShop, clientId: string): Promise<void> {
  const { rows } = await sql<{ branch: number }>`
    select branch_id as branch from guarded_account where client_id = ${clientId}`.execute(
    shop.runtime.db,
  );
  const [site] = rows;
  if (!site) throw new Error(`no site of ${clientId} is guarded`);
  const id = makeId('fnd', site.branch, Date.now(), 1);
  await sql`
    insert into finding (branch_id, id, node_id, engine_ref, seller_id, account_id, client_id,
      brand_id, account_ref, domain_name, path, class, rules, confidence, certain, sha256,
      size_bytes, found_at, found_by, state, seq, created_at)
    select branch_id, ${id}, node_id, ${id}, seller_id, account_id, client_id, brand_id,
      account_ref, domain_name, 'public_html/shell.php', 'malicious', '["a-rule"]', 99, true,
      repeat('0', 64), 10, now(), 'write', 'needs-decision', 0, now()
    from guarded_account where client_id = ${clientId} order by account_id limit 1`.execute(
    shop.runtime.db,
  );
  await sql`
    insert into guard_alarm (branch_id, node_id, seq, kind, seller_id, words, at)
    select branch_id, node_id, 1, 'known-good-hit', seller_id, 'of a test', now()
    from guarded_account g where client_id = ${clientId} and not exists (
      select from guard_alarm a where a.node_id = g.node_id)
    limit 1`.execute(shop.runtime.db);
  await sql`
    insert into dnsbl_listing (branch_id, id, node_id, address, zone, codes, listed_at, seen_at)
    select branch_id, ${makeId('lst', site.branch, Date.now(), 4)}, node_id, '192.0.2.7',
      'bl.example', '["127.0.0.2"]', now(), now()
    from guarded_account where client_id = ${clientId} limit 1
    on conflict do nothing`.execute(shop.runtime.db);
  await sql`
    insert into guard_server (node_id, seller_id, accounts)
    select node_id, seller_id, '[{"accountRef": "stranger", "owner": "stranger"}]'
    from guarded_account where client_id = ${clientId} limit 1
    on conflict do nothing`.execute(shop.runtime.db);
}

const PARTY = JSON.stringify({
  name: { ru: 'Кто-то', en: 'Somebody' },
  address: { ru: 'Где-то', en: 'Somewhere' },
  country: 'RU',
  taxId: null,
  email: null,
});

/** A card that the victim has saved, and the document of money that went back to it. */
async function addCard(shop: LivelyShop, clientId: string): Promise<void> {
  const branch = branchOf(clientId);
  const [card, note] = [makeId('svm', branch, Date.now(), 2), makeId('rfn', branch, Date.now(), 3)];
  await sql`
    insert into saved_method (branch_id, id, brand_id, client_id, gateway_id, payment_id, sealed,
      card_brand, last4, expires_year, expires_month, state, is_default, saved_at)
    select branch_id, ${card}, brand_id, client_id, 'sandbox-card', id, 'sealed', 'Visa', '4242',
      2049, 12, 'usable', true, created_at
    from payment where client_id = ${clientId} order by id limit 1`.execute(shop.runtime.db);
  await sql`
    insert into refund_note (branch_id, id, series, number, seller_id, client_id, brand_id,
      amount_minor, currency, issued_at, issued_on, refund_id, payment_id, paid_on, method, reason,
      seller_details, buyer_details, language, content_hash)
    select branch_id, ${note}, 'RF-2000', (select count(*) + 1 from refund_note), seller_id,
      client_id, brand_id, amount_minor, currency, asked_at, '2000-01-01', id, payment_id,
      '2000-01-01', '{"ru":"Карта","en":"Card"}', reason, ${PARTY}, ${PARTY}, 'ru', ''
    from refund where client_id = ${clientId} order by id limit 1`.execute(shop.runtime.db);
}
