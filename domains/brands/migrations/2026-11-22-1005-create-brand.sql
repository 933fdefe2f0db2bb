create table brand (
  id text collate "C" primary key,
  seller_id text collate "C" not null,
  name text not null check (name <> ''),
  hosts text[] not null,
  languages text[] not null check (cardinality(languages) > 0),
  default_language text not null,
  currency char(3) not null,
  accent text not null check (accent ~ '^#[0-9a-f]{6}$'),
  prices_include_tax boolean not null,
  policy jsonb not null,
  support_email text not null,
  created_at timestamptz not null,
  constraint brand_speaks_its_default check (default_language = any (languages))
);
create index brand_by_seller on brand (seller_id);

-- One host name leads to one brand.
create table brand_host (
  host text primary key check (host = lower(host)),
  brand_id text collate "C" not null references brand (id)
);
