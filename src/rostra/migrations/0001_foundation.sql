-- Accounts and statuses, ours and (with federation) everybody else's, in the same tables:
-- `domain` is null for ours, and a `uri` names each row to other servers.
-- Public ids are made by the application (core/ids.py): time-ordered, with random low bits.

create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- People --------------------------------------------------------------------------------------

create table accounts (
    id bigint primary key,
    username text not null,
    domain text,
    uri text not null unique,
    url text,                                  -- null for ours: derived from the name
    actor_type text not null default 'Person',
    display_name text not null default '',
    note text not null default '',             -- source text for ours, sanitised HTML for others
    fields jsonb not null default '[]',        -- [{"name", "value", "verified_at"}]
    avatar_key text,
    avatar_static_key text,
    avatar_description text not null default '',
    header_key text,
    header_static_key text,
    header_description text not null default '',
    locked boolean not null default false,
    bot boolean not null default false,
    discoverable boolean not null default true,
    indexable boolean not null default true,
    hide_collections boolean not null default false,
    moved_to_id bigint references accounts on delete set null,
    memorial boolean not null default false,
    limited_at timestamptz,
    suspended_at timestamptz,
    created_at timestamptz not null default now(),
    last_status_at timestamptz,
    statuses_count integer not null default 0,
    followers_count integer not null default 0,
    following_count integer not null default 0,
    version integer not null default 1         -- raised by every change that its JSON shows
) with (fillfactor = 80);
create unique index accounts_handle on accounts (lower(username), coalesce(lower(domain), ''));
create index accounts_name_trigrams on accounts using gin ((username || ' ' || display_name) gin_trgm_ops);
create index accounts_moved_to on accounts (moved_to_id) where moved_to_id is not null;

create table invites (
    id bigint primary key,
    code text not null unique,
    account_id bigint not null references accounts on delete cascade,
    max_uses integer,
    uses integer not null default 0,
    expires_at timestamptz,
    created_at timestamptz not null default now()
);
create index invites_account on invites (account_id);

create table users (
    account_id bigint primary key references accounts on delete cascade,
    email text not null,
    password_hash text not null,
    role text not null default 'member' check (role in ('member', 'moderator', 'admin', 'owner')),
    locale text not null default 'en',
    default_visibility text not null default 'public'
        check (default_visibility in ('public', 'unlisted', 'private')),
    default_sensitive boolean not null default false,
    default_language text,
    sign_up_reason text not null default '',
    invite_id bigint references invites on delete set null,
    confirmed_at timestamptz,
    approved_at timestamptz,
    disabled_at timestamptz,
    created_at timestamptz not null default now(),
    last_active_at timestamptz,
    totp_secret text,
    totp_confirmed_at timestamptz,
    totp_last_step bigint,                     -- a code works once
    webauthn_handle bytea not null unique
);
create unique index users_email on users (lower(email));
create index users_invite on users (invite_id) where invite_id is not null;

create table web_sessions (
    id bigint primary key,
    token_hash bytea not null unique,
    user_id bigint not null references users on delete cascade,
    user_agent text not null default '',
    created_at timestamptz not null default now(),
    last_used_at timestamptz not null default now(),
    expires_at timestamptz not null
);
create index web_sessions_user on web_sessions (user_id);

create table email_tokens (
    token_hash bytea primary key,
    user_id bigint not null references users on delete cascade,
    purpose text not null check (purpose in ('confirm', 'reset', 'change')),
    email text not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
);
create index email_tokens_user on email_tokens (user_id);

create table recovery_codes (
    user_id bigint not null references users on delete cascade,
    code_hash bytea not null,
    used_at timestamptz,
    primary key (user_id, code_hash)
);

create table passkeys (
    id bigint primary key,
    user_id bigint not null references users on delete cascade,
    credential_id bytea not null unique,
    public_key bytea not null,
    sign_count bigint not null default 0,
    name text not null,
    created_at timestamptz not null default now(),
    last_used_at timestamptz
);
create index passkeys_user on passkeys (user_id);

create table setup_tokens (
    token_hash bytea primary key,
    created_at timestamptz not null default now()
);

-- Counts attempts that must be limited across all processes (sign-in, sign-up, reset).
create unlogged table throttles (
    key text not null,
    window_start timestamptz not null,
    hits integer not null default 1,
    primary key (key, window_start)
);

-- Apps ----------------------------------------------------------------------------------------

create table applications (
    id bigint primary key,
    name text not null,
    website text,
    redirect_uris text[] not null,
    scopes text[] not null,
    client_id text not null unique,
    client_secret_hash bytea not null,
    created_at timestamptz not null default now()
);

create table access_grants (
    code_hash bytea primary key,
    application_id bigint not null references applications on delete cascade,
    user_id bigint not null references users on delete cascade,
    redirect_uri text not null,
    scopes text[] not null,
    code_challenge text,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at timestamptz
);
create index access_grants_application on access_grants (application_id);
create index access_grants_user on access_grants (user_id);

create table access_tokens (
    id bigint primary key,
    token_hash bytea not null unique,
    application_id bigint references applications on delete cascade,
    user_id bigint references users on delete cascade,   -- null: the app itself
    grant_hash bytea,                                    -- the code it came from (RFC 6749 4.1.2)
    scopes text[] not null,
    created_at timestamptz not null default now(),
    last_used_at timestamptz
);
create index access_tokens_user on access_tokens (user_id);
create index access_tokens_application on access_tokens (application_id);
create index access_tokens_grant on access_tokens (grant_hash) where grant_hash is not null;

-- Relationships -------------------------------------------------------------------------------

create table follows (
    id bigint not null unique,
    account_id bigint not null references accounts on delete cascade,
    target_id bigint not null references accounts on delete cascade,
    show_reblogs boolean not null default true,
    notify boolean not null default false,
    languages text[],
    merged boolean not null default false,     -- the target's statuses join the feed when it is read
    created_at timestamptz not null default now(),
    primary key (account_id, target_id),
    check (account_id <> target_id)
);
create index follows_target on follows (target_id, account_id);
create index follows_merged on follows (account_id) where merged;

create table follow_requests (
    id bigint not null unique,
    account_id bigint not null references accounts on delete cascade,
    target_id bigint not null references accounts on delete cascade,
    show_reblogs boolean not null default true,
    notify boolean not null default false,
    languages text[],
    created_at timestamptz not null default now(),
    primary key (account_id, target_id),
    check (account_id <> target_id)
);
create index follow_requests_target on follow_requests (target_id, id);

create table blocks (
    id bigint not null unique,
    account_id bigint not null references accounts on delete cascade,
    target_id bigint not null references accounts on delete cascade,
    created_at timestamptz not null default now(),
    primary key (account_id, target_id),
    check (account_id <> target_id)
);
create index blocks_target on blocks (target_id, account_id);

create table mutes (
    id bigint not null unique,
    account_id bigint not null references accounts on delete cascade,
    target_id bigint not null references accounts on delete cascade,
    hide_notifications boolean not null default true,
    expires_at timestamptz,
    created_at timestamptz not null default now(),
    primary key (account_id, target_id),
    check (account_id <> target_id)
);
create index mutes_target on mutes (target_id);

-- Statuses ------------------------------------------------------------------------------------

create table statuses (
    id bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    uri text not null unique,
    url text,                                  -- null for ours: derived from the author's name
    local boolean not null,
    in_reply_to_id bigint references statuses on delete set null,
    in_reply_to_account_id bigint,             -- stays when that account goes: a reply stays a reply
    thread_id bigint not null,                 -- id of the status that began the thread
    reblog_of_id bigint references statuses on delete cascade,
    visibility text not null check (visibility in ('public', 'unlisted', 'private', 'direct')),
    sensitive boolean not null default false,
    spoiler_text text not null default '',
    text text not null default '',             -- as written
    content text not null default '',          -- as shown: HTML
    language text,
    application_id bigint references applications on delete set null,
    created_at timestamptz not null default now(),
    edited_at timestamptz,
    replies_count integer not null default 0,
    reblogs_count integer not null default 0,
    favourites_count integer not null default 0,
    version integer not null default 1         -- raised by every change that its viewer-neutral JSON shows
) with (fillfactor = 85);
create index statuses_account on statuses (account_id, id desc);
create unique index statuses_one_boost on statuses (account_id, reblog_of_id) where reblog_of_id is not null;
create index statuses_boosts on statuses (reblog_of_id, id) where reblog_of_id is not null;
create index statuses_replies on statuses (in_reply_to_id, id) where in_reply_to_id is not null;
create index statuses_thread on statuses (thread_id, id);
create index statuses_application on statuses (application_id) where application_id is not null;
create index statuses_public on statuses (id desc)
    where visibility = 'public' and reblog_of_id is null
      and (in_reply_to_account_id is null or in_reply_to_account_id = account_id);
create index statuses_words on statuses
    using gin (to_tsvector('simple', spoiler_text || ' ' || text)) where reblog_of_id is null;

create table status_mentions (
    status_id bigint not null references statuses on delete cascade,
    account_id bigint not null references accounts on delete cascade,
    primary key (status_id, account_id)
);
create index status_mentions_account on status_mentions (account_id, status_id);

create table tags (
    id bigint primary key,
    name text not null unique,                 -- normalised (core/text)
    display_name text not null,
    created_at timestamptz not null default now()
);
create index tags_name_prefix on tags (name text_pattern_ops);

create table status_tags (
    tag_id bigint not null references tags on delete cascade,
    status_id bigint not null references statuses on delete cascade,
    primary key (tag_id, status_id)
);
create index status_tags_status on status_tags (status_id);

create table media_attachments (
    id bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    status_id bigint references statuses on delete set null,
    position smallint,                         -- null: no longer shown, kept for the edit history
    kind text not null check (kind in ('image', 'gifv', 'video', 'audio', 'unknown')),
    state text not null default 'processing' check (state in ('processing', 'ready', 'failed')),
    blob_key text,
    preview_key text,
    content_type text,
    bytes bigint,
    width integer,
    height integer,
    preview_width integer,
    preview_height integer,
    focus_x real not null default 0,
    focus_y real not null default 0,
    blurhash text,
    description text,
    created_at timestamptz not null default now()
);
create index media_attachments_status on media_attachments (status_id, position) where status_id is not null;
create index media_attachments_account on media_attachments (account_id, id);
create index media_attachments_unattached on media_attachments (created_at) where status_id is null;

create table polls (
    id bigint primary key,
    status_id bigint not null unique references statuses on delete cascade,
    options text[] not null,
    tallies integer[] not null,                -- votes for each option
    multiple boolean not null default false,
    hide_totals boolean not null default false,
    votes_count integer not null default 0,
    voters_count integer not null default 0,
    expires_at timestamptz,
    ended_at timestamptz                       -- when its end was announced
);
create index polls_to_end on polls (expires_at) where ended_at is null;

create table poll_votes (
    poll_id bigint not null references polls on delete cascade,
    account_id bigint not null references accounts on delete cascade,
    choice smallint not null,
    created_at timestamptz not null default now(),
    primary key (poll_id, account_id, choice)
);
create index poll_votes_account on poll_votes (account_id);

create table status_edits (
    id bigint primary key,
    status_id bigint not null references statuses on delete cascade,
    spoiler_text text not null,
    text text not null,
    content text not null,
    sensitive boolean not null,
    media jsonb not null,                      -- [{"id", "description"}] in order
    poll_options text[],
    created_at timestamptz not null
);
create index status_edits_status on status_edits (status_id, id);

create table favourites (
    id bigint not null unique,
    account_id bigint not null references accounts on delete cascade,
    status_id bigint not null references statuses on delete cascade,
    created_at timestamptz not null default now(),
    primary key (account_id, status_id)
);
create index favourites_status on favourites (status_id, id);
create index favourites_paging on favourites (account_id, id);

create table bookmarks (
    id bigint not null unique,
    account_id bigint not null references accounts on delete cascade,
    status_id bigint not null references statuses on delete cascade,
    created_at timestamptz not null default now(),
    primary key (account_id, status_id)
);
create index bookmarks_status on bookmarks (status_id);
create index bookmarks_paging on bookmarks (account_id, id);

create table status_pins (
    account_id bigint not null references accounts on delete cascade,
    status_id bigint not null references statuses on delete cascade,
    created_at timestamptz not null default now(),
    primary key (account_id, status_id)
);
create index status_pins_status on status_pins (status_id);

create table idempotency_keys (
    account_id bigint not null references accounts on delete cascade,
    key text not null,
    status_id bigint not null references statuses on delete cascade,
    created_at timestamptz not null default now(),
    primary key (account_id, key)
);
create index idempotency_keys_status on idempotency_keys (status_id);
create index idempotency_keys_age on idempotency_keys (created_at);

-- What follows from them ----------------------------------------------------------------------

create table feed_entries (
    account_id bigint not null references accounts on delete cascade,
    status_id bigint not null references statuses on delete cascade,
    author_id bigint not null,                 -- who brought it here: the author, or who boosted it
    original_id bigint not null,               -- the boosted status, or the status itself
    primary key (account_id, status_id)
);
create index feed_entries_status on feed_entries (status_id);
create index feed_entries_author on feed_entries (account_id, author_id);
create index feed_entries_original on feed_entries (account_id, original_id);

create table notifications (
    id bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    type text not null,
    from_account_id bigint not null references accounts on delete cascade,
    status_id bigint references statuses on delete cascade,
    created_at timestamptz not null default now()
);
create unique index notifications_once
    on notifications (account_id, type, from_account_id, status_id) nulls not distinct;
create index notifications_paging on notifications (account_id, id desc);
create index notifications_from on notifications (from_account_id);
create index notifications_status on notifications (status_id) where status_id is not null;

-- The transactional outbox: an action's events commit with its data (core/events.py).
create table events (
    id bigint generated always as identity primary key,
    type text not null,
    data jsonb not null,
    created_at timestamptz not null default now()
);

-- The network ---------------------------------------------------------------------------------

create table rules (
    id bigint primary key,
    position smallint not null,
    text text not null,
    hint text not null default '',
    translations jsonb not null default '{}',  -- {"de": {"text", "hint"}}
    created_at timestamptz not null default now(),
    deleted_at timestamptz
);
insert into rules (id, position, text, hint, translations) values
    (1, 1, 'No threats and no calls for violence.',
     'This includes wishing harm on people and praising those who did it.',
     '{"de": {"text": "Keine Drohungen und keine Aufrufe zu Gewalt.", "hint": "Dazu gehört auch, Menschen Leid zu wünschen oder Täter zu feiern."}}'),
    (2, 2, 'No hatred against people for who they are.',
     'Origin, religion, disability, gender, sexuality, age: argue with opinions, not with existence.',
     '{"de": {"text": "Kein Hass gegen Menschen für das, was sie sind.", "hint": "Herkunft, Religion, Behinderung, Geschlecht, Sexualität, Alter: Streite mit Meinungen, nicht mit dem Dasein anderer."}}'),
    (3, 3, 'No harassment, and no private data of others.',
     'No pile-ons, no addresses, no pictures that were not meant for everybody.',
     '{"de": {"text": "Keine Belästigung und keine privaten Daten anderer.", "hint": "Keine Hetzjagden, keine Adressen, keine Bilder, die nicht für alle gedacht waren."}}'),
    (4, 4, 'Nothing that the law forbids, and no sexual content with minors.',
     'We report it to the authorities.',
     '{"de": {"text": "Nichts, was verboten ist, und keine sexuellen Inhalte mit Minderjährigen.", "hint": "Wir zeigen es an."}}'),
    (5, 5, 'No spam and no deception.',
     'No fake identities, no bought reach. Parody and automated accounts say what they are.',
     '{"de": {"text": "Kein Spam und keine Täuschung.", "hint": "Keine falschen Identitäten, keine gekaufte Reichweite. Parodien und automatische Konten sagen, was sie sind."}}');
