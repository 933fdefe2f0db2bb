-- What a client holds: a package of one plan, for one domain, paid in periods.
create table subscription (
  branch_id integer not null,
  id text collate "C" not null,
  brand_id text collate "C" not null,
  seller_id text collate "C" not null,
  client_id text collate "C" not null,
  product_id text collate "C" not null,
  plan_id text collate "C" not null,
  domain_name text not null,
  term_months integer not null,
  -- Boundary k = anchor + k terms. Null until the subscription is activated.
  anchor_on date,
  cycle integer not null default 0,
  -- The last period that is paid for; it may lie ahead when a renewal was paid early.
  period_start date,
  period_end date,
  -- The day whose terms were agreed: which editions are "new" to this subscription.
  subscribed_on date not null,
  zone text not null,
  currency text not null,
  state text not null,
  auto_renew boolean not null default true,
  created_at timestamptz not null,
  suspended_at timestamptz,
  suspended_for text,
  deleted_at timestamptz,
  -- What the life cycle has done already; the last two name the period end it was done for.
  reminded_on date,
  notice_sent_for date,
  renewal_tried_for date,
  -- What the life cycle does next, and when: a function of the columns above and brand policy.
  next_step text,
  next_step_at timestamptz,
  step_attempts integer not null default 0,
  step_error text,
  constraint subscription_pkey primary key (branch_id, id),
  constraint subscription_state_known
    check (state in ('pending', 'active', 'suspended', 'deleted', 'cancelled')),
  constraint subscription_has_period
    check (state in ('pending', 'cancelled')
      or (anchor_on is not null and period_start < period_end)),
  constraint subscription_suspended_for_known check (suspended_for in ('unpaid', 'staff')),
  constraint subscription_step_known
    check (next_step in ('notice', 'renew', 'remind', 'suspend', 'delete')),
  constraint subscription_step_timed check ((next_step is null) = (next_step_at is null))
);
create index subscription_by_client on subscription (branch_id, client_id, id);
create index subscription_by_seller on subscription (seller_id, id);
create index subscription_by_next_step on subscription (next_step_at) where next_step is not null;

-- Every period that was ever paid for. The key is rule 12: a period is bought once.
create table subscription_period (
  branch_id integer not null,
  subscription_id text collate "C" not null,
  period_start date not null,
  period_end date not null,
  term_months integer not null,
  order_id text collate "C",
  paid_at timestamptz not null,
  constraint subscription_period_pkey primary key (branch_id, subscription_id, period_start),
  constraint subscription_period_forward check (period_start < period_end)
);

-- A component that a subscription has: within its plan, kept from an older edition, or bought.
create table entitlement (
  branch_id integer not null,
  id text collate "C" not null,
  subscription_id text collate "C" not null,
  component_id text collate "C" not null,
  state text not null,
  quantity integer not null,
  since_on date not null,
  -- False: the owner does not want it in the next period.
  renews boolean not null default true,
  -- Set when a period was paid without it: the first day on which it is gone.
  ends_on date,
  ends_at timestamptz,
  order_id text collate "C",
  created_at timestamptz not null,
  deleted_at timestamptz,
  constraint entitlement_pkey primary key (branch_id, id),
  constraint entitlement_state_known
    check (state in ('included', 'grandfathered', 'bought', 'deleted')),
  constraint entitlement_quantity_positive check (quantity between 1 and 1000),
  constraint entitlement_deleted_dated check ((state = 'deleted') = (deleted_at is not null)),
  constraint entitlement_end_timed check ((ends_on is null) = (ends_at is null))
);
create index entitlement_by_subscription on entitlement (branch_id, subscription_id, id);
create index entitlement_by_end on entitlement (ends_at)
  where ends_at is not null and state <> 'deleted';

-- That a client was told of an edition's change for this subscription, and when (rule 7).
create table subscription_notice (
  branch_id integer not null,
  subscription_id text collate "C" not null,
  edition_id text collate "C" not null,
  noticed_on date not null,
  constraint subscription_notice_pkey primary key (branch_id, subscription_id, edition_id)
);
