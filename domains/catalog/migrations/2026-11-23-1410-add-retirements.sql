-- What a change does with those who hold what it takes out of their plans: charge for it, or let it
-- go unless they say that they want it.
alter table edition add column carry_over text not null default 'charge'
  constraint edition_carry_over_known check (carry_over in ('charge', 'opt-in'));

-- Plans that are not sold any more from the edition's day on. Renewals of existing packages go over
-- to the successor; without one holders keep the plan; the plan itself puts it on sale again.
create table edition_retirement (
  edition_id text collate "C" not null references edition (id),
  plan_id text collate "C" not null references plan (id),
  successor_id text collate "C" references plan (id),
  primary key (edition_id, plan_id)
);
create trigger edition_retirement_of_draft_only
  before insert or update or delete on edition_retirement
  for each row execute function refuse_change_of_published_edition();
