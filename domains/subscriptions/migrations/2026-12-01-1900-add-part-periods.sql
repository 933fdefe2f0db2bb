-- A period may be the last part of a term: up to a brand's billing day. Null: a whole term.
alter table subscription_period add column whole_from date;
