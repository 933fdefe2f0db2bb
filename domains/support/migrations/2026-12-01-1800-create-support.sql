-- What clients call a ticket is short and tells nobody how many there are: see ticket-number.ts.
create sequence ticket_number;

create table ticket (
  branch_id integer not null,
  id text collate "C" not null,
  number text not null,
  brand_id text collate "C" not null,
  seller_id text collate "C" not null,
  client_id text collate "C" not null,
  client_name text not null,
  department text not null,
  subject text not null check (subject <> ''),
  state text not null check (state in ('open', 'answered', 'waiting', 'closed')),
  priority text not null check (priority in ('low', 'normal', 'high', 'urgent')),
  opened_by text not null check (opened_by in ('client', 'policy')),
  about jsonb,
  assignee_id text collate "C",
  -- The site that a ticket opened by policy is for.
  site_account_id text collate "C",
  -- Rises with everything that both sides see: who answers says what they had seen.
  revision integer not null,
  last_by text not null check (last_by in ('client', 'staff', 'system')),
  last_at timestamptz not null,
  created_at timestamptz not null,
  closed_at timestamptz,
  -- Where it stands in the queue of its seller: see placeInQueue.
  queue_rank integer not null,
  queue_order bigint not null,
  primary key (branch_id, id),
  constraint ticket_closed_at check ((state = 'closed') = (closed_at is not null))
);
create index ticket_by_client on ticket (branch_id, client_id, id);
create index ticket_in_queue on ticket (seller_id, queue_rank, queue_order, id);
create index ticket_by_number on ticket (number);
-- Findings of one site go into one ticket while it is open.
create unique index ticket_one_per_site on ticket (branch_id, site_account_id)
  where state <> 'closed' and site_account_id is not null;

create table ticket_message (
  branch_id integer not null,
  id text collate "C" not null,
  ticket_id text collate "C" not null,
  -- `note`: for staff alone.
  kind text not null check (kind in ('message', 'note')),
  author_kind text not null check (author_kind in ('client', 'staff', 'system')),
  author_id text collate "C",
  author_name text not null,
  body text not null check (body <> ''),
  at timestamptz not null,
  primary key (branch_id, id)
);
create index ticket_message_by_ticket on ticket_message (branch_id, ticket_id, id);

-- A brand's departments and prepared answers; a brand without a row has the one default.
create table support_settings (
  brand_id text collate "C" primary key,
  settings jsonb not null
);
