-- Notifications: groups, what a member lets through, and Web Push.

alter table notifications
    add column group_key text,                 -- null: stands alone
    add column filtered boolean not null default false;   -- the policy holds it back: it waits as a request
-- Lists without what is held back: a flood of that must not slow them down.
create index notifications_shown on notifications (account_id, id desc) where not filtered;
create index notifications_groups on notifications (account_id, group_key, id) where group_key is not null;
create index notifications_filtered on notifications (account_id, from_account_id, id) where filtered;

-- A member without a row has the defaults.
create table notification_policies (
    account_id bigint primary key references accounts on delete cascade,
    for_not_following text not null default 'accept' check (for_not_following in ('accept', 'filter', 'drop')),
    for_not_followers text not null default 'accept' check (for_not_followers in ('accept', 'filter', 'drop')),
    for_new_accounts text not null default 'accept' check (for_new_accounts in ('accept', 'filter', 'drop')),
    for_private_mentions text not null default 'filter'
        check (for_private_mentions in ('accept', 'filter', 'drop')),
    for_limited_accounts text not null default 'filter'
        check (for_limited_accounts in ('accept', 'filter', 'drop'))
);

-- Senders whom a member accepted: the policy does not hold for them.
create table notification_permissions (
    account_id bigint not null references accounts on delete cascade,
    from_account_id bigint not null references accounts on delete cascade,
    created_at timestamptz not null default now(),
    primary key (account_id, from_account_id)
);
create index notification_permissions_from on notification_permissions (from_account_id);

-- Senders whose mentions are held back. How many, and which was the last, is counted when it is read.
create table notification_requests (
    id bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    from_account_id bigint not null references accounts on delete cascade,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (account_id, from_account_id)
);
create index notification_requests_paging on notification_requests (account_id, id desc);
create index notification_requests_from on notification_requests (from_account_id);

-- The key pair by which push services know us (RFC 8292). Here and not in a file, because a copy of
-- the database must be able to go on: apps subscribed for this key, and would have to subscribe anew.
create table push_keys (
    only_one boolean primary key default true check (only_one),
    private_key bytea not null,                -- 32 bytes, a scalar on P-256
    created_at timestamptz not null default now()
);

create table push_subscriptions (
    id bigint primary key,
    token_id bigint not null unique references access_tokens on delete cascade,
    account_id bigint not null references users on delete cascade,
    endpoint text not null,
    p256dh bytea not null,                     -- the app's public key: 65 bytes, a point on P-256
    auth bytea not null,                       -- 16 bytes
    standard boolean not null,                 -- RFC 8291; else the draft before it (aesgcm)
    alerts text[] not null,
    policy text not null check (policy in ('all', 'followed', 'follower', 'none')),
    sealed_token bytea,                        -- see push/sealing.py
    failing_since timestamptz,                 -- null: the last push went through
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index push_subscriptions_account on push_subscriptions (account_id, id desc);
