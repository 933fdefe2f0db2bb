-- The invoices that one payment is for together: its money goes through the balance to each.
create table payment_share (
  branch_id integer not null,
  payment_id text collate "C" not null,
  no integer not null,
  invoice_id text collate "C" not null,
  constraint payment_share_pkey primary key (branch_id, payment_id, no)
);
