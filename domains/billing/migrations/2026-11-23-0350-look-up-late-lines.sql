-- Planned while a table is still empty, the check read all documents for every batch of lines.
-- `limit 1` keeps the planner to one look into the index for each, however large the tables are.
create or replace function invoice_line_refuse_late() returns trigger language plpgsql as $$
begin
  if exists (
    select from (select distinct branch_id, invoice_id from written) w
    cross join lateral (
      select from invoice i where i.branch_id = w.branch_id and i.id = w.invoice_id limit 1
    ) i
  ) then
    raise exception 'an issued document does not change' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
