-- A request to buy a package, buy an add-on, or renew.
create table order_request (
  branch_id integer not null,
  id text collate "C" not null,
  brand_id text collate "C" not null,
  seller_id text collate "C" not null,
  client_id text collate "C" not null,
  kind text not null,
  state text not null,
  origin text not null,
  subscription_id text collate "C" not null,
  -- The boundary a renewal pays for.
  period_start date,
  -- The invoice to pay. Issued anew when what it is for changes, counted by revision.
  invoice_id text collate "C",
  revision integer not null default 0,
  quote_hash text not null,
  currency text not null,
  total_minor bigint not null,
  title jsonb not null,
  domain_name text not null,
  -- What was agreed to: enough to make the same quote again from another price list.
  recipe jsonb not null,
  promo_id text collate "C",
  placed_at timestamptz not null,
  -- An unpaid order is dropped then; null for renewals, which end with their subscription.
  expires_at timestamptz,
  locked_at timestamptz,
  -- The seller of the chain whose wallet is too low, and the refusal that says why it is locked.
  waits_for_seller_id text collate "C",
  lock_reason text,
  done_at timestamptz,
  cancelled_at timestamptz,
  cancelled_for text,
  constraint order_request_pkey primary key (branch_id, id),
  constraint order_request_kind_known check (kind in ('package', 'addon', 'renewal')),
  constraint order_request_state_known
    check (state in ('awaiting-payment', 'locked', 'delivering', 'done', 'cancelled')),
  constraint order_request_origin_known check (origin in ('client', 'auto', 'staff')),
  constraint order_request_renewal_dated check ((kind = 'renewal') = (period_start is not null)),
  constraint order_request_lock_explained
    check ((state = 'locked') = (waits_for_seller_id is not null)),
  constraint order_request_total_positive check (total_minor >= 0)
);
create index order_request_by_client on order_request (branch_id, client_id, id);
create index order_request_by_seller on order_request (seller_id, id);
create index order_request_by_subscription on order_request (branch_id, subscription_id, id);
-- Rule 12: one live renewal for one subscription and period.
create unique index order_request_one_renewal
  on order_request (branch_id, subscription_id, period_start)
  where kind = 'renewal' and state <> 'cancelled';
create index order_request_by_expiry on order_request (expires_at)
  where state = 'awaiting-payment' and expires_at is not null;
create index order_request_by_wallet on order_request (waits_for_seller_id, id)
  where state = 'locked';
