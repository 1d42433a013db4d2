-- Accounts that several members look after: who may act as which, and who did what (accounts/sharing).

create table shared_access (
    id bigint primary key,
    account_id bigint not null references users on delete cascade,  -- the account that is shared
    member_id bigint not null references users on delete cascade,   -- who may act as it
    role text not null check (role in ('editor', 'manager')),
    invited_by_id bigint references accounts on delete set null,
    created_at timestamptz not null default now(),
    accepted_at timestamptz,                                        -- null: invited
    unique (account_id, member_id),
    check (account_id <> member_id)
);
create index shared_access_member on shared_access (member_id);
create index shared_access_invited_by on shared_access (invited_by_id);

-- What a member got as a shared account dies with their access, whatever takes that away.
alter table access_grants add shared_access_id bigint references shared_access on delete cascade;
alter table access_tokens add shared_access_id bigint references shared_access on delete cascade;
create index access_grants_shared_access on access_grants (shared_access_id) where shared_access_id is not null;
create index access_tokens_shared_access on access_tokens (shared_access_id) where shared_access_id is not null;

-- Who wrote it, or boosted; null: the account's owner.
alter table statuses add posted_by_id bigint references accounts on delete set null;
create index statuses_posted_by on statuses (posted_by_id) where posted_by_id is not null;

create table shared_acts (
    id bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    member_id bigint references accounts on delete set null,        -- null: they are gone
    act text not null,                                              -- method and path of the API, as declared
    subject_id bigint,                                              -- the status or account that it was done to
    created_at timestamptz not null default now()
);
create index shared_acts_account on shared_acts (account_id, id desc);
create index shared_acts_member on shared_acts (member_id) where member_id is not null;
