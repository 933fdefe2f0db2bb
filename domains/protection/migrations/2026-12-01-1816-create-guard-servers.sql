-- A server whose guard calls us; we never call it. Its node stands for it everywhere else.
create table guard_server (
  node_id text collate "C" primary key,
  seller_id text collate "C" not null,
  -- SHA-256 of the code that staff were shown, until it is used or its time is over.
  join_hash text constraint guard_server_join_once unique,
  join_until_ms bigint,
  -- SHA-256 of the server's own key; null before it joined and after it was turned away.
  key_hash text,
  -- Of the key that it was given in place of that one and has not used yet.
  next_key_hash text,
  key_given_at_ms bigint,
  rotate_wanted boolean not null default false,
  joined_at_ms bigint,
  revoked_at_ms bigint,
  heard_at_ms bigint,
  version text,
  host_name text,
  watcher text constraint guard_server_watcher_known check (watcher in ('fanotify', 'tree')),
  watcher_why text,
  homes text,
  rules text,
  -- What it says it guards: names and Unix users.
  accounts jsonb not null default '[]',
  -- Which numbering of events its numbers are of, and what is added to them to get ours.
  spool text,
  seq_base bigint not null default 0,
  -- What it is to do, and the digest of what it does.
  policy jsonb,
  policy_digest text,
  policy_confirmed text
);

-- What a server is to do and fetches when it calls next; carried out once for each id.
create table guard_order (
  id text collate "C" primary key,
  node_id text collate "C" not null,
  kind text not null check (kind in ('scan', 'restore', 'ignore', 'bytes')),
  -- The same wish, asked for twice while it waits, is one order.
  wish text not null,
  finding_ref text,
  input jsonb not null,
  state text not null check (state in ('waiting', 'done', 'refused', 'expired')),
  -- What the server answered: it may be a piece of somebody's file.
  sealed text,
  refusal jsonb,
  asked_at_ms bigint not null,
  sent_at_ms bigint,
  ended_at_ms bigint
);
create unique index guard_order_once on guard_order (node_id, wish) where state = 'waiting';
create index guard_order_of_wish on guard_order (node_id, wish);

-- The signed rules that all servers are to use.
create table guard_rule_pack (
  only_one boolean primary key check (only_one),
  version text not null,
  pack text not null,
  saved_at timestamptz not null
);
