-- Other scanners that a node's guard asks in the background: how they stand, and whether what they
-- find is acted on without a person.
alter table guarded_node
  add column sources jsonb not null default '[]',
  add column outside_acts boolean not null default false;
