-- What members bring along from elsewhere (imports), the people whom they recommend (collections), and which
-- links on their profiles are theirs.

create table imports (
    id bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    kind text not null check (kind in (
        'follows', 'blocks', 'mutes', 'domain_blocks', 'lists', 'bookmarks', 'filters')),
    overwrite boolean not null,
    file_name text not null,
    state text not null default 'unconfirmed' check (state in ('unconfirmed', 'clearing', 'running', 'done')),
    total integer not null,                    -- rows of the file
    imported integer not null default 0,
    failed integer not null default 0,
    removed integer not null default 0,        -- what was there before and is not in the file
    created_at timestamptz not null default now(),
    finished_at timestamptz
);
create index imports_account on imports (account_id, id desc);
create index imports_age on imports (created_at);

-- Rows of a file that are still to come, or failed: what was imported is gone from here.
create table import_rows (
    import_id bigint not null references imports on delete cascade,
    line integer not null,
    key text,                                  -- what it names, normalised; null: nothing
    cells text[] not null,                     -- as written, in the order of portability/model.py
    failure text,
    primary key (import_id, line)
);
create index import_rows_key on import_rows (import_id, key);
create index import_rows_waiting on import_rows (import_id, line) where failure is null;

create table collections (
    id bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    name text not null,
    description text not null default '',
    language text,
    tag_id bigint references tags on delete set null,
    sensitive boolean not null default false,
    discoverable boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index collections_account on collections (account_id, id desc);
create index collections_tag on collections (tag_id) where tag_id is not null;

-- Somebody in a collection. Who took themselves out stays there as revoked, and can't be put in again.
create table collection_items (
    id bigint primary key,
    collection_id bigint not null references collections on delete cascade,
    account_id bigint not null references accounts on delete cascade,
    state text not null check (state in ('pending', 'accepted', 'rejected', 'revoked')),
    created_at timestamptz not null default now(),
    unique (collection_id, account_id)
);
create index collection_items_order on collection_items (collection_id, id);
create index collection_items_account on collection_items (account_id, collection_id desc);

alter table notifications add column collection_id bigint references collections on delete cascade;
create index notifications_collection on notifications (collection_id) where collection_id is not null;
drop index notifications_once;
create unique index notifications_once
    on notifications (account_id, type, from_account_id, status_id, report_id, collection_id)
    nulls not distinct;

-- Links on members' profiles that are looked at: whether their pages link back (accounts/links.py).
create table link_checks (
    id bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    url text not null,
    failures smallint not null default 0,      -- tries in a row that found nobody at home
    queued_at timestamptz,                     -- since when a job has it
    checked_at timestamptz,                    -- null: not yet
    unique (account_id, url)
);
create index link_checks_age on link_checks (checked_at);
