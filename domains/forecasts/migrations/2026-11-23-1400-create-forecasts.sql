-- Looking ahead: what a change of the catalogue, or time alone, would bring. Nothing here is
-- business: a forecast may be thrown away at any moment, and a new one takes the place of the old.
create table forecast (
  id text collate "C" primary key,
  seller_id text collate "C" not null,
  kind text not null constraint forecast_kind_known check (kind in ('change', 'simulation')),
  -- The edition looked at; the seller itself for a simulation, so that each has one.
  subject_id text collate "C" not null,
  payers text not null constraint forecast_payers_known check (payers in ('everyone', 'balances')),
  months integer not null constraint forecast_months_bounded check (months between 1 and 36),
  state text not null constraint forecast_state_known check (state in ('running', 'done')),
  -- The business moment it looks ahead from; every slice uses the same.
  as_of timestamptz not null,
  catalogue_revision text not null,
  packages integer not null,
  packages_done integer not null default 0,
  slices integer not null default 0,
  -- The last client that is done.
  after_branch integer not null default 0,
  after_client text collate "C" not null default '',
  -- The machine's time: business time may stand still.
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  constraint forecast_one_of_a_subject unique (kind, subject_id),
  constraint forecast_done_dated check ((state = 'done') = (finished_at is not null))
);

-- What one slice adds to a month: slices commit with their sums, so that nothing counts twice.
create table forecast_month (
  forecast_id text collate "C" not null references forecast (id) on delete cascade,
  slice integer not null,
  month text collate "C" not null,
  currency char(3) not null,
  series text collate "C" not null constraint forecast_series_known check (series in
    ('before', 'after', 'invoiced', 'paid', 'refused', 'suspended', 'deleted')),
  count integer not null,
  net_minor bigint not null,
  total_minor bigint not null,
  primary key (forecast_id, slice, month, currency, series)
);

-- Who pays something else because of the change: the package's client, or the seller below.
create table forecast_package (
  branch_id integer not null,
  forecast_id text collate "C" not null references forecast (id) on delete cascade,
  subscription_id text collate "C" not null,
  payer_kind text not null
    constraint forecast_payer_known check (payer_kind in ('client', 'seller')),
  payer_id text collate "C" not null,
  payer_name text not null,
  domain_name text not null,
  plan_id text collate "C" not null,
  term_months integer not null,
  currency char(3) not null,
  effect text not null constraint forecast_effect_known
    check (effect in ('dearer', 'cheaper', 'loses', 'ends', 'returns', 'other')),
  boundary_on date not null,
  charged_on date not null,
  before_minor bigint,
  after_minor bigint,
  sum_before_minor bigint not null,
  sum_after_minor bigint not null,
  telling text not null constraint forecast_telling_known
    check (telling in ('not-needed', 'told', 'to-tell', 'late')),
  tell_by date,
  told_on date,
  missed_on date,
  primary key (branch_id, forecast_id, subscription_id, payer_kind)
);
create index forecast_package_by_boundary
  on forecast_package (forecast_id, boundary_on, subscription_id, payer_kind);
