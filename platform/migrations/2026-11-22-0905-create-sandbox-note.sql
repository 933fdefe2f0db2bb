-- What a sandbox remembers of itself: whether its demo is whole.
create table sandbox_note (
  key text primary key,
  value text not null
);
