-- A renewal run takes what is due of one step, while the other steps are few and looked for often.
drop index subscription_by_next_step;
create index subscription_by_step on subscription (next_step, next_step_at, id)
  where next_step is not null;
