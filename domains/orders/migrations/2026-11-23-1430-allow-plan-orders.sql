-- An order may be for another plan of a running package.
alter table order_request
  drop constraint order_request_kind_known,
  add constraint order_request_kind_known check (kind in ('package', 'addon', 'renewal', 'plan'));
create index order_request_awaited_plans on order_request (branch_id, client_id, id)
  where kind = 'plan' and state = 'awaiting-payment';
