-- A client has, or is about to have, one package for a domain: also when two checkouts come at the
-- same moment. With it nobody has to look first.
create unique index subscription_one_per_domain
  on subscription (branch_id, client_id, domain_name)
  where state in ('pending', 'active', 'suspended');
