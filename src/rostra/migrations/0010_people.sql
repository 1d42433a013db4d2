-- People: what a member keeps about others (notes, endorsements, blocked domains), whom the network
-- suggests, aliases, collections, and the files that a member brings along.

-- What profiles show, and who may name their member as an author.
alter table accounts
    add column show_media boolean not null default true,
    add column show_media_replies boolean not null default true,
    add column show_featured boolean not null default true,
    add column attribution_domains text[] not null default '{}';

create table account_notes (
    account_id bigint not null references accounts on delete cascade,
    target_id bigint not null references accounts on delete cascade,
    comment text not null,
    updated_at timestamptz not null default now(),
    primary key (account_id, target_id)
);
create index account_notes_target on account_notes (target_id);

create table endorsements (
    id bigint not null unique,
    account_id bigint not null references accounts on delete cascade,
    target_id bigint not null references accounts on delete cascade,
    created_at timestamptz not null default now(),
    primary key (account_id, target_id),
    check (account_id <> target_id)
);
create index endorsements_target on endorsements (target_id);
create index endorsements_paging on endorsements (account_id, id);

-- Servers of which a member wants to see nothing. Domains are as in accounts.domain: lower case, punycode.
create table account_domain_blocks (
    id bigint not null unique,
    account_id bigint not null references accounts on delete cascade,
    domain text not null,
    created_at timestamptz not null default now(),
    primary key (account_id, domain)
);
create index account_domain_blocks_paging on account_domain_blocks (account_id, id);

create table suggestion_dismissals (
    account_id bigint not null references accounts on delete cascade,
    target_id bigint not null references accounts on delete cascade,
    created_at timestamptz not null default now(),
    primary key (account_id, target_id)
);
create index suggestion_dismissals_target on suggestion_dismissals (target_id);

-- Whom the network as a whole suggests: computed anew every hour (accounts/suggestions.py).
create table popular_accounts (
    account_id bigint not null references accounts on delete cascade,
    reason text not null check (reason in ('most_followed', 'most_interactions')),
    place integer not null,
    primary key (account_id, reason)
);

-- Other accounts of the same person, which may move here (`alsoKnownAs`).
create table account_aliases (
    id bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    acct text not null,                        -- as a handle: `bob`, or `bob@other.example`
    uri text,                                  -- null: that server has not been asked yet
    created_at timestamptz not null default now(),
    unique (account_id, acct)
);
