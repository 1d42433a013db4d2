-- Threads that a member does not want to hear of any more.

create table thread_mutes (
    account_id bigint not null references accounts on delete cascade,
    thread_id bigint not null,                 -- statuses.thread_id, which outlives its first status
    created_at timestamptz not null default now(),
    primary key (account_id, thread_id)
);
