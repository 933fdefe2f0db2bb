-- Books whose months close by themselves, and when the next one does: the start of the local day
-- that is `after_days` after the month's end. It follows what is closed by hand.
create table month_closing (
  seller_id text collate "C" primary key,
  after_days int not null constraint month_closing_days_in_bounds check (after_days between 0 and 60),
  due_at timestamptz not null
);
create index month_closing_by_due on month_closing (due_at);

alter table closed_month add column by_itself boolean not null default false;
