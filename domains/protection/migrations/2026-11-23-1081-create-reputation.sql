-- How addresses are compared with blacklists: one row for the installation. Times are the wall
-- clock's: the lists live in the real world.
create table reputation_settings (
  one boolean primary key default true check (one),
  resolvers jsonb not null default '[]',
  every_hours integer not null default 6 check (every_hours between 1 and 168),
  next_check_at_ms bigint not null default 0,
  checked_at timestamptz
);
insert into reputation_settings default values;

create table dnsbl_zone (
  zone text collate "C" primary key,
  state text not null default 'untested'
    constraint dnsbl_zone_state_known check (state in ('untested', 'working', 'broken', 'refusing')),
  message text,
  tested_at timestamptz
);

-- Addresses that a node sends and answers from; those of packages come from `hosting`.
create table node_address (
  node_id text collate "C" not null,
  address inet not null,
  primary key (node_id, address)
);

create table dnsbl_listing (
  branch_id integer not null,
  id text collate "C" not null,
  node_id text collate "C" not null,
  address inet not null,
  zone text collate "C" not null,
  codes jsonb not null,
  reason text,
  listed_at timestamptz not null,
  seen_at timestamptz not null,
  delisted_at timestamptz,
  primary key (branch_id, id)
);
create unique index dnsbl_listing_once on dnsbl_listing (branch_id, zone, address)
  where delisted_at is null;
create index dnsbl_listing_newest on dnsbl_listing (listed_at desc);
