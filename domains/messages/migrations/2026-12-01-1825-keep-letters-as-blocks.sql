-- A letter is kept as what it is made of, JSON that nobody asks by, and put into its brand's look
-- when it is sent or read: a quarter as long as the same letter as HTML and as text beside it.
alter table message add column letter text;
update message set letter = json_build_object('html', html, 'text', text_body)::text;
alter table message
  alter column letter set not null,
  alter column letter set statistics 0,
  drop column html,
  drop column text_body;
