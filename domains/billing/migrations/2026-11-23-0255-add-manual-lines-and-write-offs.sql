-- Lines that no price list has: written by staff, and the fee for paying late.
alter table invoice_line drop constraint invoice_line_kind_check;
alter table invoice_line add constraint invoice_line_kind_check
  check (kind in ('package', 'addon', 'manual', 'late-fee'));

-- A debt that nobody will pay: what was left of an invoice, given up with a reason.
alter table invoice drop constraint invoice_state_check;
alter table invoice add constraint invoice_state_check
  check (state in ('issued', 'paid', 'void', 'written-off'));
alter table invoice add constraint invoice_written_off_unpaid
  check (state <> 'written-off' or paid_minor < total_minor);

create table write_off (
  branch_id integer not null,
  invoice_id text collate "C" not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null,
  reason text not null,
  written_at timestamptz not null,
  constraint write_off_pkey primary key (branch_id, invoice_id)
);
create trigger write_off_immutable before update or delete on write_off
  for each row execute function invoice_refuse_change();
