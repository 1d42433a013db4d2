-- What operators want to know, and what members' clients want to keep.

-- Who is at work: each web process and each worker says every few seconds that it is there, and what it has to
-- do. After a crash they say so again, so nothing of it needs to be written twice.
create unlogged table processes (
    id bigint primary key,
    kind text not null check (kind in ('web', 'worker')),
    host text not null,
    pid integer not null,
    numbers jsonb not null default '{}',
    started_at timestamptz not null default now(),
    seen_at timestamptz not null default now()
);

-- One row: how the last mails went.
create table mail_record (
    id boolean primary key default true check (id),
    sent_at timestamptz,
    failed_at timestamptz,
    error text
);
insert into mail_record default values;

-- What a client keeps of its own for a member, so that it follows them between devices.
create table client_settings (
    account_id bigint not null references users on delete cascade,
    client text not null,
    version integer not null default 1,        -- raised by every change: who replaces an old one is told so
    settings text not null,                    -- JSON, as the client wrote it
    updated_at timestamptz not null default now(),
    primary key (account_id, client)
);
