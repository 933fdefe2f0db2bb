-- A supplier that takes no reference of ours serves one licence at a time. Who waits for that stands
-- in a queue, so that the one before wakes the next and nobody has to look again and again.
alter table licence add column queued_at timestamptz;
create index licence_queue on licence (supplier_id, queued_at) where queued_at is not null;
