-- Branch 0 is the operator's own; each of its direct children (a top reseller with everything
-- below it, or a direct client) gets a number, and every growing table starts its key with it.
create sequence branch_number as integer minvalue 1 maxvalue 268435455;

create table seller (
  id text collate "C" primary key,
  parent_id text collate "C" references seller (id),
  depth integer not null check (depth >= 0),
  path text[] not null,
  branch_id integer not null,
  name text not null check (name <> ''),
  zone text not null,
  country char(2) not null,
  legal jsonb not null,
  created_at timestamptz not null,
  constraint seller_root_is_operator check ((parent_id is null) = (depth = 0)),
  constraint seller_path_ends_with_itself check (path[depth + 1] = id)
);
create unique index seller_one_operator on seller ((parent_id is null)) where parent_id is null;
create index seller_by_path on seller using gin (path);
