-- Protection of a package's sites is sold beside licences, addresses and blocks.
alter table component drop constraint component_kind_known;
alter table component add constraint component_kind_known
  check (kind in ('licence', 'address', 'capacity', 'protection'));
