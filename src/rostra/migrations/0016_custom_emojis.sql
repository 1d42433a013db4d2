-- Pictures that stand for a word between colons, and what translators answered.

create table custom_emojis (
    id bigint primary key,
    shortcode text not null,
    domain text,                                    -- null: ours
    category text,
    visible_in_picker boolean not null default true,
    disabled boolean not null default false,
    blob_key text not null,
    static_key text not null,                       -- the same where it doesn't move
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
-- Of our own, two never differ by case alone: people would take one for the other.
create unique index custom_emojis_ours on custom_emojis (lower(shortcode)) where domain is null;
create unique index custom_emojis_others on custom_emojis (domain, shortcode) where domain is not null;

alter table announcement_reactions
    add custom_emoji_id bigint references custom_emojis on delete cascade;
create index announcement_reactions_custom_emoji on announcement_reactions (custom_emoji_id)
    where custom_emoji_id is not null;

create table status_translations (
    status_id bigint not null references statuses on delete cascade,
    language text not null,
    source bytea not null,                          -- digest of what was translated: of other texts it is none
    translation jsonb not null,                     -- statuses/translation/model.py
    created_at timestamptz not null default now(),
    primary key (status_id, language)
);
create index status_translations_created on status_translations (created_at);
