create table payment (
  branch_id integer not null,
  id text collate "C" not null,
  brand_id text collate "C" not null,
  seller_id text collate "C" not null,
  client_id text collate "C" not null,
  -- Null: money for the balance.
  invoice_id text collate "C",
  gateway_id text not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null,
  state text not null
    check (state in ('starting', 'pending', 'succeeded', 'failed', 'cancelled')),
  gateway_ref text,
  redirect_url text,
  invoice_number text,
  -- What the gateway is told, fixed at the opening: it must hear the same when asked again.
  description text not null,
  language text not null check (language in ('ru', 'en')),
  return_url text not null,
  notify_url text not null,
  failure_code text,
  failure_message text,
  -- When to ask the gateway how the payment stands, should it never tell.
  next_check_at timestamptz,
  checks integer not null default 0,
  created_at timestamptz not null,
  finished_at timestamptz,
  received_minor bigint,
  -- The client's idempotency key: asked twice, one payment is started.
  cause text not null,
  primary key (branch_id, id),
  constraint payment_once_per_cause unique (branch_id, client_id, cause)
);
create index payment_by_gateway_ref on payment (gateway_id, gateway_ref)
  where gateway_ref is not null;
create index payment_by_client on payment (branch_id, client_id, id);
create index payment_by_invoice on payment (branch_id, invoice_id) where invoice_id is not null;
create index payment_by_brand on payment (brand_id, id);
create index payment_by_invoice_number on payment (invoice_number text_pattern_ops)
  where invoice_number is not null;
create index payment_to_check on payment (next_check_at) where next_check_at is not null;

-- What gateways told us, each once, whatever comes twice; with what we made of it.
create table payment_notification (
  branch_id integer not null,
  gateway_id text not null,
  event_id text not null,
  payment_id text collate "C" not null,
  kind text not null,
  outcome text not null,
  received_at timestamptz not null,
  primary key (branch_id, gateway_id, event_id)
);
create index payment_notification_by_payment on payment_notification (branch_id, payment_id);

create table gateway_setting (
  brand_id text collate "C" not null,
  gateway_id text not null,
  enabled boolean not null,
  sealed text not null,
  position integer not null default 0,
  primary key (brand_id, gateway_id)
);
