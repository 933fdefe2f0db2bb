-- What is sold. Few rows, read by everyone: reference tables on a sharded database.
create table product (
  id text collate "C" primary key check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  seller_id text collate "C" not null,
  kind text not null,
  os text not null constraint product_os_known check (os in ('linux', 'windows')),
  name jsonb not null,
  description jsonb not null,
  server_module text not null,
  sort integer not null,
  retired_on date
);

create table plan (
  id text collate "C" primary key check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  product_id text collate "C" not null references product (id),
  name jsonb not null,
  limits jsonb not null,
  sort integer not null
);
create index plan_by_product on plan (product_id);

create table component (
  id text collate "C" primary key check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  seller_id text collate "C" not null,
  kind text not null
    constraint component_kind_known check (kind in ('licence', 'address', 'capacity')),
  name jsonb not null,
  description jsonb not null,
  refundable boolean not null,
  irrevocable boolean not null,
  quantity_max integer not null
    constraint component_quantity_bounded check (quantity_max between 1 and 1000),
  provides jsonb not null,
  supplier jsonb,
  sort integer not null
);

-- The catalogue by date: each edition says what it sets, and from when for whom.
create table edition (
  id text collate "C" primary key,
  seller_id text collate "C" not null,
  no integer,
  title text not null check (title <> ''),
  effective_on date not null,
  existing_on date,
  notice_days integer not null check (notice_days between 0 and 365),
  state text not null,
  created_at timestamptz not null,
  published_at timestamptz,
  withdrawn_at timestamptz,
  constraint edition_number_unique unique (seller_id, no),
  constraint edition_state_known check (state in ('draft', 'published', 'withdrawn')),
  constraint edition_numbered_when_published check ((no is null) = (state = 'draft')),
  constraint edition_existing_not_before_new check (existing_on >= effective_on)
);

create table edition_price (
  edition_id text collate "C" not null references edition (id),
  audience text not null constraint edition_price_audience_known
    check (audience in ('clients', 'resellers')),
  item_kind text not null constraint edition_price_item_known
    check (item_kind in ('plan', 'component')),
  item_id text collate "C" not null,
  currency char(3) not null,
  action text not null constraint edition_price_action_known check (action in ('add', 'renew')),
  term_months integer not null check (term_months > 0),
  monthly_minor bigint not null constraint edition_price_not_negative check (monthly_minor >= 0),
  primary key (edition_id, audience, item_kind, item_id, currency, action, term_months)
);

create table edition_inclusion (
  edition_id text collate "C" not null references edition (id),
  plan_id text collate "C" not null references plan (id),
  component_id text collate "C" not null references component (id),
  mode text not null constraint edition_inclusion_mode_known
    check (mode in ('included', 'addon', 'none')),
  primary key (edition_id, plan_id, component_id)
);

-- Invoice lines name the edition they were priced by, so what was published stays as it was.
create function refuse_change_of_published_edition() returns trigger language plpgsql as $$
begin
  if exists (
    select 1 from edition
    where id in (new.edition_id, old.edition_id) and state <> 'draft'
  ) then
    raise exception 'a published edition does not change'
      using errcode = 'integrity_constraint_violation';
  end if;
  return coalesce(new, old);
end $$;
create trigger edition_price_of_draft_only
  before insert or update or delete on edition_price
  for each row execute function refuse_change_of_published_edition();
create trigger edition_inclusion_of_draft_only
  before insert or update or delete on edition_inclusion
  for each row execute function refuse_change_of_published_edition();

-- A fresh value with every change, so that what is kept in memory is known to be old. It is never
-- used twice: a rolled-back change leaves no trace under a value that another one could get.
create table catalogue_revision (
  one boolean primary key default true check (one),
  revision text not null
);
insert into catalogue_revision (revision) values ('empty');

create table promo (
  id text collate "C" primary key,
  seller_id text collate "C" not null,
  code text not null constraint promo_code_is_plain check (code ~ '^[A-Z0-9][A-Z0-9_-]{1,39}$'),
  percent_bp integer check (percent_bp between 1 and 10000),
  amount_minor bigint check (amount_minor > 0),
  currency char(3),
  product_ids text[] not null,
  plan_ids text[] not null,
  terms integer[] not null,
  valid_from date not null,
  valid_until date,
  uses_max integer check (uses_max > 0),
  uses integer not null default 0,
  once_per_client boolean not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  constraint promo_code_unique unique (seller_id, code),
  constraint promo_gives_one_thing check (num_nonnulls(percent_bp, amount_minor) = 1),
  constraint promo_amount_has_currency check ((amount_minor is null) = (currency is null)),
  constraint promo_within_uses check (uses between 0 and coalesce(uses_max, uses)),
  constraint promo_dates_in_order check (valid_until >= valid_from)
);

-- Each use, under its cause (an order), so that a repeated command counts once.
create table promo_use (
  branch_id integer not null,
  promo_id text collate "C" not null,
  cause text collate "C" not null,
  client_id text collate "C" not null,
  -- The client for a code that each may use once, the cause for all others.
  once_key text collate "C" not null,
  at timestamptz not null,
  primary key (branch_id, promo_id, cause),
  constraint promo_use_once unique (branch_id, promo_id, once_key)
);
