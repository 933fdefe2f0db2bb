-- A letter is a little longer than what PostgreSQL keeps in a row without compressing it, and
-- compressing takes longer than all else about it.
alter table message set (toast_tuple_target = 8160);
