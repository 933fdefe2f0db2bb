-- What staff offer a client at an agreed price until a day; accepted, it becomes an order.
create table client_quote (
  branch_id integer not null,
  id text collate "C" not null,
  brand_id text collate "C" not null,
  seller_id text collate "C" not null,
  client_id text collate "C" not null,
  -- What is offered: product, plan, term, domain name and add-ons.
  cart jsonb not null,
  title jsonb not null,
  -- The prices of its lines together: with tax if the brand's prices are. At most this is charged.
  agreed_minor bigint not null check (agreed_minor >= 0),
  currency char(3) not null,
  valid_until date not null,
  note text,
  state text not null check (state in ('open', 'accepted', 'withdrawn')),
  order_id text collate "C",
  created_at timestamptz not null,
  closed_at timestamptz,
  constraint client_quote_pkey primary key (branch_id, id),
  constraint client_quote_accepted_by_order check ((state = 'accepted') = (order_id is not null))
);
create index client_quote_by_client on client_quote (branch_id, client_id, id);
create index client_quote_by_seller on client_quote (seller_id, id);
