create table message (
  branch_id integer not null,
  id text collate "C" not null,
  brand_id text collate "C" not null,
  client_id text collate "C",
  to_address text not null,
  template text not null,
  language text not null,
  subject text not null,
  html text not null,
  text_body text not null,
  state text not null check (state in ('queued', 'sent', 'failed')),
  created_at timestamptz not null,
  sent_at timestamptz,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  last_error text,
  primary key (branch_id, id)
);
create index message_by_client on message (branch_id, client_id, id);
create index message_newest on message (id);
create index message_due on message (next_attempt_at) where state = 'queued';
