-- Who may see a status beside its visibility, and who may do what to it.

alter table statuses
    add local_only boolean not null default false,  -- only members see it, and no other server gets it
    add held boolean not null default false,        -- an answer that waits for leave by whom it answers
    add interaction_policy jsonb;                   -- statuses/policies.py; null: whoever sees it may

alter table users
    add interaction_policies jsonb not null default '{}';  -- visibility -> policy of new statuses

create table interaction_requests (
    id bigint primary key,
    account_id bigint not null references accounts on delete cascade,       -- who decides
    from_account_id bigint not null references accounts on delete cascade,
    status_id bigint not null references statuses on delete cascade,
    reply_id bigint not null unique references statuses on delete cascade,
    created_at timestamptz not null default now(),
    accepted_at timestamptz
);
create index interaction_requests_pending on interaction_requests (account_id, id desc)
    where accepted_at is null;
create index interaction_requests_from on interaction_requests (from_account_id);
create index interaction_requests_status on interaction_requests (status_id);
