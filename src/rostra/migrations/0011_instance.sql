-- What the network says to its members: announcements, terms, texts; and what members report to it.

create table announcements (
    id bigint primary key,
    text text not null,
    content text not null,                     -- `text` as HTML
    mention_ids bigint[] not null default '{}',
    status_ids bigint[] not null default '{}', -- statuses that it links to, whoever may see them
    tags text[] not null default '{}',
    all_day boolean not null default false,
    starts_at timestamptz,                     -- when what it announces takes place
    ends_at timestamptz,                       -- and when it is over, and the announcement withdrawn
    scheduled_at timestamptz,                  -- when it is to be published by itself
    published_at timestamptz,                  -- null: nobody sees it (yet, or any more)
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((starts_at is null) = (ends_at is null) and ends_at >= starts_at)
);
create index announcements_published on announcements (published_at) where published_at is not null;
create index announcements_scheduled on announcements (scheduled_at) where scheduled_at is not null;

create table announcement_reads (
    announcement_id bigint not null references announcements on delete cascade,
    account_id bigint not null references accounts on delete cascade,
    created_at timestamptz not null default now(),
    primary key (announcement_id, account_id)
);
create index announcement_reads_account on announcement_reads (account_id);

create table announcement_reactions (
    announcement_id bigint not null references announcements on delete cascade,
    name text not null,
    account_id bigint not null references accounts on delete cascade,
    created_at timestamptz not null default now(),
    primary key (announcement_id, name, account_id)
);
create index announcement_reactions_account on announcement_reactions (account_id);

-- What the operator writes, in Markdown. A text without a row has none, or the one that comes with Rostra.
create table site_texts (
    name text not null check (name in ('about', 'privacy_policy')),
    language text not null,
    text text not null,
    updated_at timestamptz not null default now(),
    primary key (name, language)
);

-- Versions of the terms of service. What was published stays as it was: members agreed to it.
create table terms_of_service (
    id bigint primary key,
    text text not null,                        -- Markdown
    changes text not null default '',          -- what is new, in a few words
    effective_date date unique,                -- drafts may have none
    published_at timestamptz,                  -- null: a draft
    announced_at timestamptz,
    created_at timestamptz not null default now(),
    check (published_at is null or effective_date is not null)
);

-- Other servers that are kept out, or kept from strangers' eyes. Moderation looks after them.
create table server_blocks (
    domain text primary key check (domain = lower(domain)),
    severity text not null check (severity in ('noop', 'silence', 'suspend')),
    public_comment text not null default '',
    private_comment text not null default '',
    obfuscate boolean not null default false,  -- whether the public list hides part of the name
    created_at timestamptz not null default now()
);

-- What somebody reported. Never changed; what was done about it is appended to report_events.
create table reports (
    id bigint primary key,
    account_id bigint references accounts on delete set null,
    target_id bigint not null references accounts on delete cascade,
    category text not null check (category in ('spam', 'legal', 'violation', 'other')),
    comment text not null default '',
    status_ids bigint[] not null default '{}',
    rule_ids bigint[] not null default '{}',
    collection_ids bigint[] not null default '{}',
    forward boolean not null default false,    -- whether the target's server is to hear of it
    created_at timestamptz not null default now()
);
create index reports_account on reports (account_id);
create index reports_target on reports (target_id, id);

create table report_events (
    id bigint primary key,
    report_id bigint not null references reports on delete cascade,
    account_id bigint references accounts on delete set null,  -- who of the staff
    action text not null check (action in ('resolve', 'reopen')),
    created_at timestamptz not null default now()
);
create index report_events_report on report_events (report_id, id desc);
create index report_events_account on report_events (account_id);

alter table notifications add column report_id bigint references reports on delete cascade;
create index notifications_report on notifications (report_id) where report_id is not null;
drop index notifications_once;
create unique index notifications_once
    on notifications (account_id, type, from_account_id, status_id, report_id) nulls not distinct;

-- Background work that an app waits for.
create table async_refreshes (
    id text primary key,
    account_id bigint not null references accounts on delete cascade,
    key text not null,                         -- what is worked on, e.g. `annual_report:2026`
    result_count integer,
    created_at timestamptz not null default now(),
    finished_at timestamptz
);
create unique index async_refreshes_running on async_refreshes (account_id, key) where finished_at is null;

create table annual_reports (
    account_id bigint not null references accounts on delete cascade,
    year smallint not null,
    data jsonb not null,
    schema_version smallint not null,
    created_at timestamptz not null default now(),
    viewed_at timestamptz,
    primary key (account_id, year)
);
