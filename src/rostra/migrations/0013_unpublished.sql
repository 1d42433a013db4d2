-- What members have not published yet, and conversations.

create table scheduled_statuses (
    id bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    scheduled_at timestamptz not null,
    draft jsonb not null,                      -- statuses/model.py: Draft
    idempotency_key text,
    created_at timestamptz not null default now()
);
create index scheduled_statuses_account on scheduled_statuses (account_id, id desc);
create unique index scheduled_statuses_once on scheduled_statuses (account_id, idempotency_key)
    where idempotency_key is not null;

create table drafts (
    id bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    version integer not null default 1,        -- raised by every change: who changes an old one is told so
    draft jsonb not null,
    scheduled_at timestamptz,                  -- when its author means to publish it; nothing happens then
    error text,                                -- why it could not be published at its time
    idempotency_key text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index drafts_account on drafts (account_id, id desc);
create unique index drafts_once on drafts (account_id, idempotency_key) where idempotency_key is not null;

-- Uploads that wait with what is not published yet: they are not cleared away.
create table media_holds (
    media_id bigint not null references media_attachments on delete cascade,
    scheduled_id bigint references scheduled_statuses on delete cascade,
    draft_id bigint references drafts on delete cascade,
    check (num_nonnulls(scheduled_id, draft_id) = 1)
);
create unique index media_holds_scheduled on media_holds (scheduled_id, media_id) where scheduled_id is not null;
create unique index media_holds_draft on media_holds (draft_id, media_id) where draft_id is not null;
create index media_holds_media on media_holds (media_id);

-- Conversations: direct statuses of a thread among the same people, as each of them has it.
create table conversations (
    id bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    thread_id bigint not null,                 -- statuses.thread_id, which outlives its first status
    participant_ids bigint[] not null,         -- the others, in order
    last_status_id bigint references statuses on delete set null,
    unread boolean not null default false,
    unique (account_id, thread_id, participant_ids)
);
create index conversations_paging on conversations (account_id, last_status_id desc);
create index conversations_last on conversations (last_status_id) where last_status_id is not null;
create index conversations_cut on conversations (id) where last_status_id is null;

create table conversation_statuses (
    account_id bigint not null references accounts on delete cascade,
    status_id bigint not null references statuses on delete cascade,
    conversation_id bigint not null references conversations on delete cascade,
    primary key (account_id, status_id)
);
create index conversation_statuses_status on conversation_statuses (status_id);
create index conversation_statuses_conversation on conversation_statuses (conversation_id, status_id desc);
