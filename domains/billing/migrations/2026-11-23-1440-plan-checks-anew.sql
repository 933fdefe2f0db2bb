-- A session keeps the plan of a check that it made while documents were few: any index will do for
-- those, and one that holds the whole branch is read through for each new document when there are
-- many. Within a long run each batch was slower than the last. `execute` plans by what is there now.
create or replace function invoice_line_refuse_late() returns trigger language plpgsql as $$
declare
  is_late boolean;
begin
  execute '
    select exists (
      select from (select distinct branch_id, invoice_id from written) w
      cross join lateral (
        select from invoice i where i.branch_id = w.branch_id and i.id = w.invoice_id limit 1
      ) i
    )' into is_late;
  if is_late then
    raise exception 'an issued document does not change' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;

create or replace function invoice_refuse_wrong_sum() returns trigger language plpgsql as $$
declare
  is_wrong boolean;
begin
  execute '
    select exists (
      select from written w
      left join lateral (
        select sum(l.net_minor) as net, sum(l.tax_minor) as tax from invoice_line l
        where l.branch_id = w.branch_id and l.invoice_id = w.id
      ) s on true
      where (s.net, s.tax) is distinct from (w.net_minor, w.tax_minor)
    )' into is_wrong;
  if is_wrong then
    raise exception 'the lines of a document do not sum to it'
      using errcode = 'check_violation', constraint = 'invoice_sum_of_lines';
  end if;
  return null;
end $$;
