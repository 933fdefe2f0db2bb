-- Cards (or whatever a gateway keeps) that clients let be charged without them. Never a number.
create table saved_method (
  branch_id integer not null,
  id text collate "C" not null,
  brand_id text collate "C" not null,
  client_id text collate "C" not null,
  gateway_id text not null,
  -- The payment at which the client agreed to it, and the vendor's token came.
  payment_id text collate "C" not null,
  -- The vendor's token, sealed; null once the vendor has forgotten it.
  sealed text,
  card_brand text not null,
  last4 text not null check (last4 ~ '^[0-9]{4}$'),
  expires_year integer not null,
  expires_month integer not null check (expires_month between 1 and 12),
  -- `failed`: its bank has said that it will never pay again.
  state text not null check (state in ('usable', 'failed', 'removed')),
  failure_code text,
  -- What automatic payments are taken from.
  is_default boolean not null,
  saved_at timestamptz not null,
  removed_at timestamptz,
  -- When the vendor is asked (again) to forget it.
  forget_at timestamptz,
  forgets integer not null default 0,
  constraint saved_method_pkey primary key (branch_id, id),
  constraint saved_method_once_per_payment unique (branch_id, payment_id),
  constraint saved_method_removal_dated check ((state = 'removed') = (removed_at is not null)),
  constraint saved_method_default_stands check (not (is_default and state = 'removed')),
  constraint saved_method_token_stands check (sealed is not null or state = 'removed')
);
create unique index saved_method_one_default on saved_method (branch_id, client_id)
  where is_default;
create index saved_method_by_client on saved_method (branch_id, client_id, id);
create index saved_method_to_forget on saved_method (forget_at) where forget_at is not null;

alter table payment
  -- The payer agrees that the gateway keeps the method.
  add column save_method boolean not null default false,
  -- The method that is charged, without the payer's being sent anywhere.
  add column saved_method_id text collate "C",
  -- How people know it, also after it was removed.
  add column card_brand text,
  add column card_last4 text,
  add constraint payment_card_named
    check ((saved_method_id is null) = (card_brand is null)
      and (card_brand is null) = (card_last4 is null));
create index payment_by_saved_method on payment (branch_id, saved_method_id, id)
  where saved_method_id is not null;
