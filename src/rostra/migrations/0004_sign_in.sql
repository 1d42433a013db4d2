-- Signing in takes several steps, and so does adding a passkey: what is known between two of them.
create table sign_in_steps (
    token_hash bytea primary key,              -- of the cookie that ties the steps together
    purpose text not null check (purpose in ('second_factor', 'passkey', 'add_passkey')),
    user_id bigint references users on delete cascade,   -- null: a passkey will say who it is
    challenge bytea,                           -- what the passkey is to sign; null: none was asked for yet
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
);
create index sign_in_steps_user on sign_in_steps (user_id) where user_id is not null;
create index sign_in_steps_age on sign_in_steps (expires_at);

-- When the password (or a passkey) was last given in this session: what is delicate wants it fresh.
alter table web_sessions add column confirmed_at timestamptz not null default now();

-- An address that its owner has yet to confirm; until then `email` stays.
alter table users add column new_email text;

create index email_tokens_age on email_tokens (expires_at);
create index throttles_age on throttles (window_start);
