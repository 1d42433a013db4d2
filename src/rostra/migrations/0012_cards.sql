-- What links in statuses lead to, as previews show it; statuses in Markdown.

-- One row for each address that statuses link to, however many do: it is fetched once for all.
create table cards (
    id bigint primary key,
    url_hash bytea not null unique,            -- SHA-256 of `url`, which may be too long for an index
    url text not null,
    kind text check (kind in ('link', 'photo', 'video', 'rich')),  -- null: nothing to show (yet)
    title text not null default '',
    description text not null default '',
    language text,
    published_at timestamptz,
    author_name text not null default '',
    author_url text not null default '',
    author_account_id bigint references accounts on delete set null,
    provider_name text not null default '',
    provider_url text not null default '',
    html text not null default '',
    embed_url text not null default '',
    width integer not null default 0,
    height integer not null default 0,
    image_key text,
    image_width integer,
    image_height integer,
    image_description text not null default '',
    blurhash text,
    new_image_key text,                        -- a file that is being written, for whoever has to clean up
    unshown boolean not null default false,    -- written, and statuses may not show it yet
    failures smallint not null default 0,      -- fetches in a row that found nobody at home
    queued_at timestamptz,                     -- since when a job has it
    refetch_at timestamptz not null default now(),
    created_at timestamptz not null default now()
);
create index cards_author on cards (author_account_id) where author_account_id is not null;
create index cards_age on cards (created_at);

-- The link of a status that has a card; `url` is as its author wrote it.
create table status_cards (
    status_id bigint primary key references statuses on delete cascade,
    card_id bigint not null references cards,
    url text not null
);
create index status_cards_card on status_cards (card_id, status_id);

alter table statuses
    add column content_type text not null default 'text/plain'
        check (content_type in ('text/plain', 'text/markdown'));
alter table status_edits
    add column content_type text not null default 'text/plain'
        check (content_type in ('text/plain', 'text/markdown'));
