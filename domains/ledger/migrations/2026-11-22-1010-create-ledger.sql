-- Double entry. A positive amount is a debit. `book` is the seller whose books the account is in.
create table ledger_account (
  branch_id integer not null,
  book text collate "C" not null,
  code text collate "C" not null,
  currency char(3) collate "C" not null,
  balance_minor bigint not null default 0,
  -- The highest debit balance allowed. A liability (a client's money) has zero: never overdrawn.
  ceiling_minor bigint,
  primary key (branch_id, book, code, currency),
  constraint ledger_account_within_limit check (balance_minor <= ceiling_minor)
);

create table ledger_txn (
  branch_id integer not null,
  id text collate "C" not null,
  kind text not null,
  cause text collate "C" not null,
  document_id text collate "C",
  at timestamptz not null,
  primary key (branch_id, id),
  constraint ledger_txn_once_per_cause unique (branch_id, cause)
);
create index ledger_txn_by_document on ledger_txn (branch_id, document_id);

create table ledger_entry (
  branch_id integer not null,
  txn_id text collate "C" not null,
  no integer not null,
  book text collate "C" not null,
  code text collate "C" not null,
  currency char(3) collate "C" not null,
  amount_minor bigint not null,
  primary key (branch_id, txn_id, no),
  constraint ledger_entry_of_txn foreign key (branch_id, txn_id) references ledger_txn (branch_id, id),
  constraint ledger_entry_of_account foreign key (branch_id, book, code, currency)
    references ledger_account (branch_id, book, code, currency),
  constraint ledger_entry_moves_something check (amount_minor <> 0)
);
create index ledger_entry_by_account
  on ledger_entry (branch_id, book, code, currency, txn_id, no);

-- What is written stays written, whoever asks: corrections are new transactions.
create function ledger_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger ledger_txn_append_only before update or delete on ledger_txn
  for each row execute function ledger_refuse_change();
create trigger ledger_entry_append_only before update or delete on ledger_entry
  for each row execute function ledger_refuse_change();
create trigger ledger_txn_keep before truncate on ledger_txn
  for each statement execute function ledger_refuse_change();
create trigger ledger_entry_keep before truncate on ledger_entry
  for each statement execute function ledger_refuse_change();

-- The entries written together must balance in every book and currency.
create function ledger_refuse_unbalanced() returns trigger language plpgsql as $$
begin
  if exists (
    select from written group by branch_id, txn_id, book, currency having sum(amount_minor) <> 0
  ) then
    raise exception 'the entries of a transaction do not balance'
      using errcode = 'check_violation', constraint = 'ledger_entry_balanced';
  end if;
  return null;
end $$;

create trigger ledger_entry_balanced after insert on ledger_entry
  referencing new table as written
  for each statement execute function ledger_refuse_unbalanced();
