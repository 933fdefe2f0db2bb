-- The one row that moves a sandbox's time; absent or zero everywhere else.
create table sandbox_clock (
  one boolean primary key default true check (one),
  offset_ms bigint not null default 0
);

-- What happened, told to those who subscribe; kept as the history people see.
create table event (
  branch_id integer not null,
  id text collate "C" not null,
  name text not null,
  at timestamptz not null,
  subject_id text collate "C" not null,
  actor text not null,
  payload jsonb not null,
  primary key (branch_id, id)
);
create index event_by_subject on event (branch_id, subject_id, id);

-- A subscriber handles an event once, whatever is delivered twice.
create table event_handled (
  branch_id integer not null,
  event_id text collate "C" not null,
  subscriber text not null,
  primary key (branch_id, event_id, subscriber)
);

-- The answer to a command, kept under the caller's key (rule 12).
create table idempotency_key (
  owner text not null,
  key text not null,
  operation text not null,
  request_hash text not null,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (owner, key)
);

-- Who changed what, when and from where. Written in the transaction of the change.
create table audit_entry (
  id text collate "C" primary key,
  at timestamptz not null,
  recorded_at timestamptz not null default now(),
  operation text not null,
  actor_kind text not null,
  actor_id text,
  brand_id text,
  subject_id text collate "C",
  address text,
  request_id text not null,
  input jsonb not null
);
create index audit_entry_by_subject on audit_entry (subject_id, id);
create index audit_entry_by_actor on audit_entry (actor_id, id);

