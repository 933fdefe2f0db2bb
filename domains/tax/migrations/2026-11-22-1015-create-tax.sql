-- Rates of a place by date; the period is half-open and an open end is null.
create table tax_rate (
  place text collate "C" not null,
  rate_bp integer not null check (rate_bp between 0 and 10000),
  effective_from date not null,
  effective_until date,
  primary key (place, effective_from),
  constraint tax_rate_period check (effective_until > effective_from)
);

-- Russia, VAT, Tax Code art. 164 (3): 18 % from 2004, 20 % from 2019 (law 303-FZ of 2018-08-03),
-- 22 % from 2026 (law 425-FZ of 2025-11-28).
insert into tax_rate (place, rate_bp, effective_from, effective_until) values
  ('RU', 1800, '2004-01-01', '2019-01-01'),
  ('RU', 2000, '2019-01-01', '2026-01-01'),
  ('RU', 2200, '2026-01-01', null);
