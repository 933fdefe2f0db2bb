-- What is done about an unpaid renewal, or an invoice made by hand, and when: the brand's policy of
-- reminders, tries on the balance and the late fee. `id` is the order's or the invoice's.
create table collection (
  branch_id integer not null,
  id text collate "C" not null,
  brand_id text collate "C" not null,
  client_id text collate "C" not null,
  zone text not null,
  due_on date not null,
  -- Everything the policy wants up to and with that local day is done.
  done_on date not null,
  -- Null: nothing more is to be done.
  next_at timestamptz,
  tries integer not null default 0,
  fee_invoice_id text collate "C",
  constraint collection_pkey primary key (branch_id, id)
);
create index collection_by_next on collection (next_at) where next_at is not null;
create index collection_by_brand on collection (brand_id, id);
-- Those that collection has not seen yet are found among these.
create index order_request_unpaid_renewal on order_request (branch_id, id)
  where kind = 'renewal' and state = 'awaiting-payment';
