-- A move of the sandbox's clock: long work that people watch.
create table clock_move (
  id text collate "C" primary key,
  from_at timestamptz not null,
  to_at timestamptz not null,
  reached_at timestamptz not null,
  stops integer not null default 0,
  state text not null check (state in ('running', 'done', 'failed')),
  requested_by text not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  error text
);
create unique index clock_move_one_at_a_time on clock_move ((true)) where state = 'running';
