create table webhook_endpoint (
  branch_id integer not null,
  id text collate "C" not null,
  owner_kind text not null check (owner_kind in ('client', 'seller')),
  owner_id text collate "C" not null,
  brand_id text collate "C" not null,
  creator_id text collate "C" not null,
  url text not null,
  description text not null,
  events text[] not null check (cardinality(events) > 0),
  state text not null check (state in ('on', 'off')),
  off_cause text check (off_cause in ('owner', 'failing', 'gone')),
  secret_sealed text not null,
  -- Signs beside the new one until then.
  previous_sealed text,
  previous_until timestamptz,
  -- Since when nothing got through.
  failing_since timestamptz,
  -- By the machine's time: one after the other is sent to one address.
  busy_until timestamptz,
  created_at timestamptz not null,
  primary key (branch_id, id),
  constraint webhook_endpoint_off_cause check ((state = 'off') = (off_cause is not null))
);
create index webhook_endpoint_by_owner on webhook_endpoint (owner_id, id);
create index webhook_endpoint_listening on webhook_endpoint using gin (events) where state = 'on';

create table webhook_delivery (
  branch_id integer not null,
  id text collate "C" not null,
  endpoint_id text collate "C" not null,
  -- What the receiver knows it by: the same at every try.
  message_id text collate "C" not null,
  event text not null,
  body text not null,
  state text not null check (state in ('queued', 'sent', 'failed')),
  created_at timestamptz not null,
  attempts integer not null,
  first_attempt_at timestamptz,
  last_attempt_at timestamptz,
  next_attempt_at timestamptz,
  status integer,
  answer text,
  error text,
  took_ms integer,
  primary key (branch_id, id),
  constraint webhook_delivery_next_attempt check ((state = 'queued') = (next_attempt_at is not null))
);
create unique index webhook_delivery_once on webhook_delivery (branch_id, endpoint_id, message_id);
create index webhook_delivery_newest on webhook_delivery (branch_id, endpoint_id, id);
create index webhook_delivery_due on webhook_delivery (next_attempt_at) where state = 'queued';
create index webhook_delivery_old on webhook_delivery (created_at) where state <> 'queued';
alter table webhook_delivery alter column body set statistics 0;
alter table webhook_delivery alter column answer set statistics 0;
