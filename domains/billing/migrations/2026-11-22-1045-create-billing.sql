-- Documents run 1, 2, 3 … in each seller's series of a year. A row lock, not a sequence: a
-- transaction that fails gives its number back.
create table number_series (
  seller_id text collate "C" not null,
  kind text not null check (kind in ('invoice', 'credit-note')),
  year integer not null,
  next_no integer not null default 1,
  primary key (seller_id, kind, year)
);

create table invoice (
  branch_id integer not null,
  id text collate "C" not null,
  kind text not null check (kind in ('invoice', 'credit-note')),
  series text collate "C" not null,
  number integer not null check (number > 0),
  seller_id text collate "C" not null,
  buyer_kind text not null check (buyer_kind in ('client', 'seller')),
  buyer_id text collate "C" not null,
  brand_id text collate "C",
  currency char(3) collate "C" not null,
  state text not null check (state in ('issued', 'paid', 'void')),
  issued_at timestamptz not null,
  issued_on date not null,
  due_on date not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null check (total_minor >= 0),
  paid_minor bigint not null default 0,
  prices_include_tax boolean not null,
  tax_place text not null,
  tax_reason text,
  discount_code text,
  seller_details jsonb not null,
  buyer_details jsonb not null,
  cause text collate "C" not null,
  -- What it is for: the order. `about` is what a person recognises it by: the domain name.
  subject text collate "C",
  about text,
  corrects_id text collate "C",
  reason text,
  language text not null check (language in ('ru', 'en')),
  content_hash text not null,
  primary key (branch_id, id),
  constraint invoice_once_per_cause unique (branch_id, cause),
  constraint invoice_number_once unique (branch_id, seller_id, series, number),
  constraint invoice_total check (net_minor + tax_minor = total_minor),
  constraint invoice_paid_within_total check (paid_minor between 0 and total_minor),
  constraint invoice_paid_in_full check (state <> 'paid' or paid_minor = total_minor),
  constraint invoice_void_unpaid check (state <> 'void' or paid_minor = 0),
  constraint credit_note_corrects
    check ((kind = 'credit-note') = (corrects_id is not null and reason is not null))
);
create index invoice_by_buyer on invoice (branch_id, buyer_id, id);
create index invoice_by_seller on invoice (seller_id, id);
create index invoice_by_number on invoice (seller_id, series, number);
create index invoice_by_correction on invoice (branch_id, corrects_id) where corrects_id is not null;
create index invoice_by_subject on invoice (branch_id, subject);

create table invoice_line (
  branch_id integer not null,
  invoice_id text collate "C" not null,
  no integer not null,
  kind text not null check (kind in ('package', 'addon')),
  item_id text collate "C" not null,
  subscription_id text collate "C",
  entitlement_id text collate "C",
  description jsonb not null,
  quantity integer not null check (quantity > 0),
  period_start date not null,
  period_end date not null,
  edition_id text collate "C",
  -- How the price comes about: month, term, basis of proration, share of the term.
  basis jsonb not null,
  list_minor bigint not null,
  discount_minor bigint not null,
  amount_minor bigint not null,
  tax_rate_bp integer not null,
  net_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint generated always as (net_minor + tax_minor) stored,
  refundable boolean not null,
  -- In a credit note: the line of the invoice that it corrects.
  corrects_no integer,
  primary key (branch_id, invoice_id, no),
  constraint invoice_line_period check (period_end > period_start),
  constraint invoice_line_amount check (amount_minor = list_minor - discount_minor)
);
create index invoice_line_by_subscription
  on invoice_line (branch_id, subscription_id, period_start);

-- An issued document never changes, not even by SQL: only its state and what was paid move on.
create function invoice_refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'invoice' then
    if to_jsonb(new) - 'state' - 'paid_minor' = to_jsonb(old) - 'state' - 'paid_minor'
      and (new.state = old.state or old.state = 'issued') then
      return new;
    end if;
  end if;
  raise exception 'an issued document does not change' using errcode = 'restrict_violation';
end $$;

create trigger invoice_immutable before update or delete on invoice
  for each row execute function invoice_refuse_change();
create trigger invoice_line_immutable before update or delete on invoice_line
  for each row execute function invoice_refuse_change();
create trigger invoice_keep before truncate on invoice
  for each statement execute function invoice_refuse_change();
create trigger invoice_line_keep before truncate on invoice_line
  for each statement execute function invoice_refuse_change();

-- Lines are written before their document, so that nothing can be added to one that is issued …
create function invoice_line_refuse_late() returns trigger language plpgsql as $$
begin
  if exists (
    select from written w join invoice i on i.branch_id = w.branch_id and i.id = w.invoice_id
  ) then
    raise exception 'an issued document does not change' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;

create trigger invoice_line_not_late after insert on invoice_line
  referencing new table as written
  for each statement execute function invoice_line_refuse_late();

-- … and a document is what its lines sum to.
create function invoice_refuse_wrong_sum() returns trigger language plpgsql as $$
begin
  if exists (
    select from written w
    left join lateral (
      select sum(l.net_minor) as net, sum(l.tax_minor) as tax from invoice_line l
      where l.branch_id = w.branch_id and l.invoice_id = w.id
    ) s on true
    where (s.net, s.tax) is distinct from (w.net_minor, w.tax_minor)
  ) then
    raise exception 'the lines of a document do not sum to it'
      using errcode = 'check_violation', constraint = 'invoice_sum_of_lines';
  end if;
  return null;
end $$;

create trigger invoice_sum_of_lines after insert on invoice
  referencing new table as written
  for each statement execute function invoice_refuse_wrong_sum();
