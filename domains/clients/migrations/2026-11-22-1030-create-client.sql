-- Who buys. A direct client of the operator has a branch of its own; a reseller's client lies in
-- the reseller's branch.
create table client (
  branch_id integer not null,
  id text collate "C" not null,
  brand_id text collate "C" not null,
  seller_id text collate "C" not null,
  kind text not null,
  name text not null,
  company text,
  email text not null,
  phone text,
  country text not null,
  region text,
  city text,
  street text,
  postcode text,
  tax_id text,
  language text not null,
  currency text not null,
  state text not null default 'active',
  created_at timestamptz not null,
  primary key (branch_id, id),
  constraint client_kind_known check (kind in ('person', 'company')),
  constraint client_state_known check (state in ('active', 'closed')),
  constraint client_company_is_named check (kind = 'person' or company is not null)
);
create index client_by_seller on client (seller_id, id);
create index client_by_email on client (seller_id, lower(email));
