-- The document by which a client is exempt from tax, as staff read it; null: it is not.
alter table client add column tax_exemption text check (tax_exemption <> '');
