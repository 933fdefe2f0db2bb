-- A server that takes packages. Few rows, asked for from every branch: a reference table.
create table node (
  id text collate "C" primary key,
  seller_id text collate "C" not null,
  name text not null,
  module_id text not null,
  -- As the module's settings schema has them, with passwords.
  sealed text not null,
  -- A closed node keeps what it has and takes nothing new.
  state text not null check (state in ('open', 'closed')),
  -- How many packages it may hold.
  capacity integer not null check (capacity >= 0),
  created_at timestamptz not null,
  constraint node_named_once unique (seller_id, name)
);

create table package_account (
  branch_id integer not null,
  id text collate "C" not null,
  brand_id text collate "C" not null,
  seller_id text collate "C" not null,
  client_id text collate "C" not null,
  subscription_id text collate "C" not null,
  node_id text collate "C" not null,
  username text not null,
  domain_name text not null,
  platform text not null check (platform in ('linux', 'windows')),
  stand_in boolean not null default false,
  state text not null check (state in ('creating', 'active', 'suspended', 'terminated')),
  -- What the server was told last.
  limits jsonb not null,
  addresses jsonb not null default '[]',
  url text,
  created_at timestamptz not null,
  ready_at timestamptz,
  terminated_at timestamptz,
  primary key (branch_id, id),
  constraint package_account_once_per_subscription unique (branch_id, subscription_id),
  constraint package_account_ready_has_url check (state = 'creating' or ready_at is null or url is not null)
);
create index package_account_on_node on package_account (node_id) where state <> 'terminated';
create index package_account_newest on package_account (id);

-- An account inside a package. What its owner wants, and what the server is known to have.
create table hosting_account (
  branch_id integer not null,
  id text collate "C" not null,
  package_id text collate "C" not null,
  client_id text collate "C" not null,
  -- The server's name for it: the primary account is named by the server.
  account_ref text not null,
  username text not null,
  domain_name text not null,
  is_primary boolean not null,
  wanted text not null check (wanted in ('active', 'suspended', 'deleted')),
  applied text not null check (applied in ('none', 'active', 'suspended', 'deleted')),
  url text,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  last_error text,
  created_at timestamptz not null,
  deleted_at timestamptz,
  primary key (branch_id, id)
);
-- Asking twice for the same account makes one.
create unique index hosting_account_once on hosting_account (branch_id, package_id, username)
  where wanted <> 'deleted';
create index hosting_account_due on hosting_account (next_attempt_at)
  where next_attempt_at is not null;

-- One thing to be done at a server or a supplier, step by step.
create table delivery (
  branch_id integer not null,
  id text collate "C" not null,
  brand_id text collate "C" not null,
  seller_id text collate "C" not null,
  client_id text collate "C" not null,
  subscription_id text collate "C" not null,
  entitlement_id text collate "C",
  component_id text,
  order_id text collate "C",
  domain_name text not null,
  kind text not null,
  -- The fact that asks for it: twice told, once done.
  cause text not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  waits_for text check (waits_for in ('package', 'licence')),
  steps jsonb not null,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  error_code text,
  last_error text,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (branch_id, id),
  constraint delivery_once_per_cause unique (branch_id, cause)
);
create index delivery_of_subscription on delivery (branch_id, subscription_id);
create index delivery_due on delivery (next_attempt_at) where next_attempt_at is not null;
create index delivery_newest on delivery (id);
create index delivery_by_state on delivery (state, id) where state in ('waiting', 'running', 'failed');

-- The deliveries of one subscription are done one at a time: whoever holds its lane does them.
create table delivery_lane (
  branch_id integer not null,
  subscription_id text collate "C" not null,
  holder text,
  held_until timestamptz,
  primary key (branch_id, subscription_id)
);
