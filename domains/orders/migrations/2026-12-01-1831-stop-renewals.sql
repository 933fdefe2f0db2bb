-- Renewals that stand still because nothing can be charged for them, until something can: the plan
-- has no price to renew by. One a package; of a boundary that has passed it means nothing.
create table stopped_renewal (
  branch_id integer not null,
  subscription_id text collate "C" not null,
  seller_id text collate "C" not null,
  boundary_on date not null,
  -- A refusal's code.
  reason text not null,
  stopped_at timestamptz not null,
  constraint stopped_renewal_pkey primary key (branch_id, subscription_id)
);
create index stopped_renewal_by_seller on stopped_renewal (seller_id, subscription_id);
