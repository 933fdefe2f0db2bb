-- Months of a book whose revenue is posted: what was earned in them, from deferred revenue to
-- revenue, and the tax owed beyond what was charged. One row a month; the figures are in the ledger.
create table closed_month (
  seller_id text collate "C" not null,
  -- The first day of the month.
  month date not null,
  closed_at timestamptz not null,
  -- By currency: {"RUB": {"revenue": "123", "taxDifference": "4"}}, minor units as text.
  totals jsonb not null,
  constraint closed_month_pkey primary key (seller_id, month),
  constraint closed_month_is_one check (extract(day from month) = 1)
);
