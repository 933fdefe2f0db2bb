-- What a public register says of a company's tax number. One row for each number asked about: the
-- evidence of why a sale was taxed as it was, so rows are never deleted.
create table tax_id_check (
  branch_id integer not null,
  id text collate "C" not null,
  client_id text collate "C" not null,
  country text not null,
  number text not null,
  state text not null default 'unchecked',
  requested_at timestamptz not null,
  attempts integer not null default 0,
  -- Null: it was answered, given up, or the client has another number by now.
  next_attempt_at timestamptz,
  checked_at timestamptz,
  validator_id text,
  -- The register's own: the number of the consultation, its day, whom the number belongs to.
  request_id text,
  answered_on date,
  name text,
  address text,
  error text,
  primary key (branch_id, id),
  constraint tax_id_check_state_known
    check (state in ('unchecked', 'valid', 'invalid', 'unavailable'))
);
create index tax_id_check_by_client on tax_id_check (branch_id, client_id, id);
create index tax_id_check_by_due on tax_id_check (next_attempt_at)
  where next_attempt_at is not null;

-- Of the client's present number, and whether its seller takes it for a business without a `valid`.
alter table client add column tax_id_state text not null default 'unchecked'
  constraint client_tax_id_state_known
    check (tax_id_state in ('unchecked', 'valid', 'invalid', 'unavailable'));
alter table client add column tax_id_must_be_valid boolean not null default false;

-- Sellers whose clients are businesses only with a number that the register confirmed.
create table tax_id_rule (
  seller_id text collate "C" primary key,
  must_be_valid boolean not null
);
