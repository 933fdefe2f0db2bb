-- Money given back by the way it came: from the client's balance, through the gateway, to the payer.
create table refund (
  branch_id integer not null,
  id text collate "C" not null,
  payment_id text collate "C" not null,
  brand_id text collate "C" not null,
  seller_id text collate "C" not null,
  client_id text collate "C" not null,
  gateway_id text not null,
  -- The credit note whose money goes back; null for money of the balance.
  credit_note_id text collate "C",
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null,
  state text not null check (state in ('asked', 'done', 'failed')),
  -- A refund that failed and is asked for again is a new request to the gateway.
  attempt integer not null default 1 check (attempt > 0),
  gateway_ref text,
  failure_code text,
  failure_message text,
  reason text not null,
  asked_at timestamptz not null,
  finished_at timestamptz,
  -- When to ask the gateway again; null when only staff will.
  next_try_at timestamptz,
  tries integer not null default 0,
  -- The idempotency key staff asked under: asked twice, one refund is made.
  cause text not null,
  constraint refund_pkey primary key (branch_id, id),
  constraint refund_once_per_cause unique (branch_id, payment_id, cause),
  constraint refund_end_dated check ((state = 'asked') = (finished_at is null))
);
create index refund_by_payment on refund (branch_id, payment_id, id);
create index refund_by_client on refund (branch_id, client_id, id);
create index refund_by_brand on refund (brand_id, id);
create index refund_by_note on refund (branch_id, credit_note_id) where credit_note_id is not null;
create index refund_to_send on refund (next_try_at) where next_try_at is not null;
