-- Renewals of one client that come on one day may share an invoice. The id names what they share,
-- however often its invoice is issued anew; null: the order has an invoice of its own.
alter table order_request add column merged_id text collate "C";
create index order_request_by_merged on order_request (branch_id, merged_id, id)
  where merged_id is not null;
