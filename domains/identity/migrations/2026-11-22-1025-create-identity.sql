-- People who may enter. The same address may be a person of two brands, so nothing is unique
-- without its brand.
create table user_account (
  id text collate "C" primary key,
  brand_id text collate "C" not null,
  email text not null,
  email_verified boolean not null default false,
  name text not null,
  image text,
  language text not null,
  two_factor_enabled boolean not null default false,
  demo boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint user_account_email_of_brand unique (brand_id, email),
  constraint user_account_email_is_lower_case check (email = lower(email))
);

-- How a person proves who they are; `password` is an argon2id string.
create table user_credential (
  id text collate "C" primary key,
  brand_id text collate "C" not null,
  user_id text collate "C" not null references user_account (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint user_credential_once unique (user_id, provider_id)
);

-- `token` is the sha-256 of what the cookie carries: a copy of this table opens no door.
create table user_session (
  id text collate "C" primary key,
  brand_id text collate "C" not null,
  user_id text collate "C" not null references user_account (id) on delete cascade,
  token text not null,
  acting_as text,
  ip_address text,
  user_agent text,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint user_session_token unique (token)
);
create index user_session_by_user on user_session (user_id);

-- Single-use values under a hashed name: password resets, second-factor challenges.
create table user_verification (
  id text collate "C" primary key,
  brand_id text collate "C" not null,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index user_verification_by_identifier on user_verification (identifier);
create index user_verification_by_expiry on user_verification (expires_at);

create table user_second_factor (
  id text collate "C" primary key,
  brand_id text collate "C" not null,
  user_id text collate "C" not null references user_account (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count integer not null default 0,
  locked_until timestamptz,
  constraint user_second_factor_once unique (user_id)
);

-- Codes that opened a door, kept while they would still open it (RFC 6238 §5.2: once each).
create table used_code (
  user_id text collate "C" not null references user_account (id) on delete cascade,
  code_hash text not null,
  used_at timestamptz not null default now(),
  primary key (user_id, code_hash)
);

-- Where a person has signed in from before; a new place is told them by mail.
create table known_device (
  user_id text collate "C" not null references user_account (id) on delete cascade,
  device_hash text not null,
  first_seen_at timestamptz not null default now(),
  primary key (user_id, device_hash)
);

-- Tries of a door, counted for all processes together.
create table attempt (
  key text primary key,
  count integer not null,
  window_ends_at timestamptz not null
);
create index attempt_by_end on attempt (window_ends_at);

create table staff_member (
  seller_id text collate "C" not null,
  user_id text collate "C" not null references user_account (id) on delete cascade,
  role text not null,
  created_at timestamptz not null default now(),
  primary key (user_id, seller_id)
);
create index staff_member_by_seller on staff_member (seller_id);

create table membership (
  user_id text collate "C" not null references user_account (id) on delete cascade,
  client_id text collate "C" not null,
  branch_id integer not null,
  role text not null,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (user_id, client_id)
);
create index membership_by_client on membership (client_id);

-- `hash` is the sha-256 of a key of 256 random bits, so it needs no salt and no slow function.
create table api_key (
  id text collate "C" primary key,
  brand_id text collate "C" not null,
  user_id text collate "C" not null references user_account (id) on delete cascade,
  client_id text collate "C",
  seller_id text collate "C",
  name text not null,
  scopes text[] not null,
  prefix text not null,
  hash text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint api_key_hash unique (hash),
  constraint api_key_has_one_owner check ((client_id is null) <> (seller_id is null))
);
create index api_key_by_client on api_key (client_id) where client_id is not null;
create index api_key_by_seller on api_key (seller_id) where seller_id is not null;
