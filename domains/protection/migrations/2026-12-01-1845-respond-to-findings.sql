-- What happens on a finding, as each seller wishes for its own clients; no row: nothing.
create table finding_response (
  seller_id text collate "C" primary key,
  response text not null check (response in ('nothing', 'when-needed', 'always'))
);
