create table licence (
  branch_id integer not null,
  id text collate "C" not null,
  brand_id text collate "C" not null,
  seller_id text collate "C" not null,
  client_id text collate "C" not null,
  subscription_id text collate "C" not null,
  entitlement_id text collate "C" not null,
  component_id text not null,
  supplier_id text not null,
  product text not null,
  state text not null check (state in ('issuing', 'active', 'deleting', 'deleted', 'refused')),
  licence_key text,
  -- The owner's word is final from this moment, whatever the supplier still has to be told.
  deleted_at timestamptz,
  issued_at timestamptz,
  ended_at timestamptz,
  -- What the issuing needs to survive a death: see supplier.ts, IssueMemory. Wall clock.
  known_keys jsonb,
  asked_at_ms bigint,
  last_asked_at_ms bigint,
  surplus_keys jsonb not null default '[]',
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  last_error text,
  created_at timestamptz not null,
  primary key (branch_id, id),
  constraint licence_once_per_entitlement unique (branch_id, entitlement_id),
  constraint licence_active_has_key check (state <> 'active' or licence_key is not null)
);
create index licence_due on licence (next_attempt_at) where next_attempt_at is not null;
create index licence_by_subscription on licence (branch_id, subscription_id);
create index licence_by_key on licence (licence_key) where licence_key is not null;
create index licence_newest on licence (id);

-- One account with a supplier. A supplier without references of ours issues for one licence at a
-- time: whose turn it is stands here.
create table supplier_account (
  supplier_id text primary key,
  sealed text not null,
  in_flight text collate "C",
  -- When its live keys are compared with ours (wall clock: a real vendor's real account, however
  -- business time moves), and how that went the last time.
  next_check_at_ms bigint not null,
  checked_at timestamptz,
  check_error text
);

-- Live keys that the last comparison found and nobody here accounts for: paid for, used by nobody.
create table stray_licence (
  supplier_id text not null,
  licence_key text not null,
  product text,
  state text not null,
  domain text,
  ip text,
  found_at timestamptz not null,
  primary key (supplier_id, licence_key)
);
