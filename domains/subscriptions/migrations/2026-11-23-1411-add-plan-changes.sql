-- A renewal by another plan is paid before its boundary; the package is of that plan from then on.
alter table subscription
  add column next_plan_id text collate "C",
  add column plan_changes_at timestamptz,
  add constraint subscription_plan_change_whole
    check ((next_plan_id is null) = (plan_changes_at is null));
create index subscription_by_plan_change on subscription (plan_changes_at)
  where plan_changes_at is not null;

-- Its holder has said that it is to stay, whatever it will cost.
alter table entitlement add column opted_in boolean not null default false;
