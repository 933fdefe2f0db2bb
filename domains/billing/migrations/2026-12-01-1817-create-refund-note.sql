-- The document of money that went back to a client's card or account, in a series of its own.
alter table number_series
  drop constraint number_series_kind_check,
  add constraint number_series_kind_check check (kind in ('invoice', 'credit-note', 'refund'));

create table refund_note (
  branch_id integer not null,
  id text collate "C" not null,
  series text collate "C" not null,
  number integer not null check (number > 0),
  seller_id text collate "C" not null,
  client_id text collate "C" not null,
  brand_id text collate "C" not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) collate "C" not null,
  issued_at timestamptz not null,
  issued_on date not null,
  -- What went back, by which way, of what had come when and for which document.
  refund_id text collate "C" not null,
  payment_id text collate "C" not null,
  paid_on date not null,
  method jsonb not null,
  gateway_ref text,
  invoice_number text,
  credit_note_number text,
  reason text not null,
  seller_details jsonb not null,
  buyer_details jsonb not null,
  language text not null check (language in ('ru', 'en')),
  content_hash text not null,
  constraint refund_note_pkey primary key (branch_id, id),
  constraint refund_note_once_per_refund unique (branch_id, refund_id),
  constraint refund_note_number_once unique (seller_id, series, number)
);
create trigger refund_note_immutable before update or delete on refund_note
  for each row execute function invoice_refuse_change();
create trigger refund_note_keep before truncate on refund_note
  for each statement execute function invoice_refuse_change();
