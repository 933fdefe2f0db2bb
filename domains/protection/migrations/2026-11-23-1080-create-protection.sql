-- How a node is guarded. Few rows, asked for from every branch: a reference table.
create table guarded_node (
  node_id text collate "C" primary key,
  seller_id text collate "C" not null,
  -- Null: nothing that is installed can guard it.
  engine_id text,
  -- Null: the seller's default holds.
  mode text constraint guarded_node_mode_known check (mode in ('off', 'detect', 'protect')),
  -- Of the engine's events, the last one that is taken in.
  cursor bigint not null default 0,
  lost_events bigint not null default 0,
  -- Wall clock, in milliseconds: a node's life is real, however business time moves.
  next_sync_at_ms bigint not null,
  policy_due_at_ms bigint not null,
  attempts integer not null default 0,
  synced_at timestamptz,
  last_error text,
  -- Digest of the policy that the engine has confirmed.
  policy_applied text,
  policy_applied_at timestamptz,
  -- Of an engine that we install.
  agent_state text not null default 'absent'
    constraint guarded_node_agent_known
    check (agent_state in ('absent', 'installing', 'installed', 'removing')),
  metrics jsonb,
  metrics_at timestamptz
);
create index guarded_node_due on guarded_node (next_sync_at_ms) where engine_id is not null;

create table protection_default (
  seller_id text collate "C" primary key,
  mode text not null check (mode in ('off', 'detect', 'protect'))
);

create table protection_engine_account (
  engine_id text primary key,
  sealed text not null
);

-- A hosting account as its protection stands: what it is to have, what its node was told, the sum
-- of what was found.
create table guarded_account (
  branch_id integer not null,
  account_id text collate "C" not null,
  package_id text collate "C" not null,
  subscription_id text collate "C" not null,
  client_id text collate "C" not null,
  brand_id text collate "C" not null,
  seller_id text collate "C" not null,
  node_id text collate "C" not null,
  account_ref text not null,
  domain_name text not null,
  bought boolean not null,
  -- Staff's word for this account alone; null: what was bought, else the node's mode.
  own_mode text check (own_mode in ('off', 'detect', 'protect')),
  mode text not null check (mode in ('off', 'detect', 'protect')),
  applied_mode text check (applied_mode in ('off', 'detect', 'protect')),
  open_findings integer not null default 0,
  malicious integer not null default 0,
  compromised integer not null default 0,
  mended integer not null default 0,
  risk integer not null default 0,
  scanned_files bigint not null default 0,
  scan_started_at timestamptz,
  scan_ended_at timestamptz,
  last_finding_at timestamptz,
  mailed_at timestamptz,
  gone_at timestamptz,
  primary key (branch_id, account_id)
);
create index guarded_account_of_node on guarded_account (node_id, account_ref);
create index guarded_account_of_package on guarded_account (branch_id, subscription_id);
create index guarded_account_by_risk on guarded_account (risk desc, account_id)
  where gone_at is null;

-- Folders of an account that are treated otherwise than the rest of it.
create table guarded_path (
  branch_id integer not null,
  account_id text collate "C" not null,
  prefix text not null,
  mode text not null check (mode in ('off', 'detect', 'protect')),
  primary key (branch_id, account_id, prefix)
);

create table finding (
  branch_id integer not null,
  id text collate "C" not null,
  node_id text collate "C" not null,
  -- The engine's name for it.
  engine_ref text not null,
  seller_id text collate "C" not null,
  -- Null when the engine found it in an account that we do not know (any more).
  account_id text collate "C",
  client_id text collate "C",
  brand_id text collate "C",
  account_ref text not null,
  domain_name text not null,
  path text not null,
  class text not null check (class in ('malicious', 'compromised', 'suspicious', 'unwanted')),
  family text,
  rules jsonb not null,
  confidence integer not null check (confidence between 0 and 100),
  certain boolean not null,
  limit_met text,
  sha256 text not null,
  size_bytes bigint not null,
  found_at timestamptz not null,
  detected_after_ms bigint,
  found_by text not null,
  origin jsonb,
  state text not null constraint finding_state_known
    check (state in ('found', 'needs-decision', 'mended', 'restored', 'ignored', 'gone')),
  act text check (act in ('restored-original', 'cut', 'trimmed', 'quarantined', 'blocked')),
  removed jsonb not null default '[]',
  mended_at timestamptz,
  restorable_until timestamptz,
  -- Of the engine's events, the last one that changed this row: older ones change nothing.
  seq bigint not null,
  created_at timestamptz not null,
  primary key (branch_id, id),
  constraint finding_once unique (branch_id, node_id, engine_ref),
  constraint finding_mended_says_how check (state <> 'mended' or act is not null)
);
create index finding_newest on finding (id);
create index finding_of_account on finding (branch_id, account_id, id);
create index finding_to_decide on finding (id) where state in ('found', 'needs-decision');
create index finding_by_ref on finding (node_id, engine_ref);

create table guard_scan (
  branch_id integer not null,
  id text collate "C" not null,
  account_id text collate "C" not null,
  node_id text collate "C" not null,
  engine_ref text,
  kind text not null check (kind in ('first', 'delta', 'on-demand')),
  state text not null check (state in ('wanted', 'waiting', 'running', 'done', 'failed')),
  asked_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  scanned_files bigint not null default 0,
  records integer not null default 0,
  malicious integer not null default 0,
  compromised integer not null default 0,
  last_error text,
  primary key (branch_id, id)
);
create unique index guard_scan_by_ref on guard_scan (branch_id, node_id, engine_ref)
  where engine_ref is not null;
create index guard_scan_of_account on guard_scan (branch_id, account_id, id);
create index guard_scan_open on guard_scan (node_id) where state in ('wanted', 'waiting', 'running');

create table guard_alarm (
  branch_id integer not null,
  node_id text collate "C" not null,
  seq bigint not null,
  kind text not null,
  rule text,
  seller_id text collate "C" not null,
  brand_id text collate "C",
  account_id text collate "C",
  finding_id text collate "C",
  words text not null,
  at timestamptz not null,
  settled_at timestamptz,
  primary key (branch_id, node_id, seq)
);
create index guard_alarm_open on guard_alarm (at) where settled_at is null;
