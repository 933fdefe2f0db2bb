-- Those who were told of a change are told when it is taken back.
create index subscription_notice_by_edition on subscription_notice (edition_id, subscription_id);
