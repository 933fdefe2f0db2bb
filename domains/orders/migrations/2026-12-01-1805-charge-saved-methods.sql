-- Taking what is owed from the client's saved card, beside the tries on the balance.
alter table collection
  -- When it is tried next; null while one try is under way, and when none is planned.
  add column charge_at timestamptz,
  -- The local day of the first try, from which the policy counts,
  add column charge_from date,
  -- how many were made, and the payment of the last.
  add column charges integer not null default 0,
  add column charge_payment_id text collate "C",
  -- Why no more are made.
  add column charge_ended text
    check (charge_ended in ('no-method', 'payer', 'method', 'tried-out', 'not-automatic')),
  add constraint collection_charge_ends check (charge_at is null or charge_ended is null);
create index collection_by_charge on collection (charge_at) where charge_at is not null;
create index collection_by_client on collection (branch_id, client_id);
