-- The connection that wrote a batch: a run tells its own from those of people by it.
alter table renewal_batch add column pid integer default pg_backend_pid();
