-- How the price of a line comes about, in columns of its own: half as long as the same in JSON, and
-- nobody has to take it apart.
alter table invoice_line
  add column monthly_minor bigint,
  add column term_minor bigint,
  add column share_part bigint,
  add column share_whole bigint,
  add column term_months integer,
  add column anchor_on date,
  -- The period that the term price is spread over, and how.
  add column within_start date,
  add column within_end date,
  add column proration text;

alter table invoice_line disable trigger invoice_line_immutable;
update invoice_line set
  monthly_minor = (basis ->> 'monthlyMinor')::bigint,
  term_minor = (basis ->> 'termMinor')::bigint,
  share_part = (basis -> 'share' ->> 0)::bigint,
  share_whole = (basis -> 'share' ->> 1)::bigint,
  term_months = (basis ->> 'termMonths')::integer,
  anchor_on = (basis ->> 'anchorOn')::date,
  within_start = (basis -> 'within' ->> 0)::date,
  within_end = (basis -> 'within' ->> 1)::date,
  proration = basis ->> 'basis';
alter table invoice_line enable trigger invoice_line_immutable;

alter table invoice_line
  alter column monthly_minor set not null,
  alter column term_minor set not null,
  alter column share_part set not null,
  alter column share_whole set not null,
  alter column term_months set not null,
  alter column anchor_on set not null,
  alter column within_start set not null,
  alter column within_end set not null,
  alter column proration set not null,
  add constraint invoice_line_proration_known
    check (proration in ('term-days', 'whole-months-then-days')),
  drop column basis;
