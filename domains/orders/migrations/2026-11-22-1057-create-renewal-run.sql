-- One going through all automatic renewals that are due. Several processes may work on it.
create table renewal_run (
  id text collate "C" primary key,
  state text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  constraint renewal_run_state_known check (state in ('running', 'paused', 'done')),
  constraint renewal_run_done_dated check ((state = 'done') = (finished_at is not null))
);
create unique index renewal_run_one_open on renewal_run ((true)) where state <> 'done';

-- What one transaction of a run did: written in that transaction, so that sums are never wrong.
create table renewal_batch (
  run_id text collate "C" not null references renewal_run (id),
  id text collate "C" not null,
  -- The machine's time, for the rate; business time may stand still.
  written_at timestamptz not null default clock_timestamp(),
  renewed integer not null,
  unpaid integer not null,
  locked integer not null,
  refused integer not null,
  -- Those with an open order: they go one at a time.
  set_aside integer not null,
  primary key (run_id, id)
);

-- Renewals that a run did not carry out, with the reason.
create table renewal_exception (
  branch_id integer not null,
  run_id text collate "C" not null references renewal_run (id),
  subscription_id text collate "C" not null,
  outcome text not null,
  reason text not null,
  primary key (branch_id, run_id, subscription_id),
  constraint renewal_exception_outcome_known
    check (outcome in ('unpaid', 'locked', 'refused', 'failed'))
);
create index renewal_exception_by_run on renewal_exception (run_id, subscription_id);
