-- Who sent how much, as nodes counted it: one row an account and an hour, told again while it grows.
create table mail_hour (
  branch_id integer not null,
  node_id text collate "C" not null,
  -- Empty: sent on the node by none of its accounts.
  account_ref text collate "C" not null,
  -- The node's own hour: what makes a row told twice one row.
  hour timestamptz not null,
  -- The same in business time.
  hour_at timestamptz not null,
  account_id text collate "C",
  messages integer not null,
  recipients integer not null,
  bounces integer not null,
  scripts jsonb not null,
  primary key (branch_id, node_id, account_ref, hour)
);
create index mail_hour_of_node on mail_hour (node_id, hour_at);
