-- Search by words, in whatever language; names of accounts by their beginnings; timelines of one side.

-- Every so many statuses a new window of time begins (search/windows.py), so that words which everybody
-- uses are looked for among the newest first. It begins with the status `first_id`.
create table search_windows (
    number integer primary key,
    first_id bigint not null unique
);
insert into search_windows (number, first_id)
select (row_number() over (order by first_id) - 1)::integer, first_id
from (
    select 0 as first_id
    union all
    select id from (
        select id, row_number() over (order by id) as place from statuses where reblog_of_id is null
    ) s where place % 4096 = 0
) w;

-- What a status is found by (search/words.py). GIN's list of pending entries would be read by each search.
create table status_words (
    status_id bigint primary key references statuses on delete cascade,
    words tsvector not null
);
create index status_words_words on status_words using gin (words) with (fastupdate = off);
drop index statuses_words;

-- Statuses with ids below `below_id` are not in `status_words` yet, or by an older version of what makes
-- the words: the newest of them come first. No row: all are.
create table search_backlog (
    only_one boolean primary key default true check (only_one),
    below_id bigint not null
);
insert into search_backlog (below_id) select max(id) + 1 from statuses having count(*) > 0;

-- What accounts are found by: their handle and name, from each word on, folded.
create table account_names (
    account_id bigint not null references accounts on delete cascade,
    name text collate "C" not null,
    primary key (account_id, name)
);
create index account_names_name on account_names (name, account_id);

-- The form under which names are the same: lower case, without accents, one blank between words.
create function folded_name(name text) returns text language sql stable parallel safe as $$
    select left(trim(regexp_replace(lower(unaccent(name)), '[\s[:punct:]]+', ' ', 'g')), 100)
$$;

create function names_of_account(username text, display_name text) returns setof text
language sql stable parallel safe as $$
    select substr(n.name, w.at) from (
        select folded_name(username) as name union select folded_name(display_name)
    ) n
    cross join lateral (
        select at from generate_series(1, length(n.name)) as at
        where at = 1 or substr(n.name, at - 1, 1) = ' '
        order by at limit 10
    ) w
    where n.name <> ''
$$;

create function index_account_names() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        delete from account_names where account_id = new.id;
    end if;
    insert into account_names (account_id, name)
    select distinct new.id, name from names_of_account(new.username, new.display_name) as name
    on conflict do nothing;
    return null;
end
$$;
-- A trigger, so that whatever writes accounts is found.
create trigger accounts_names_new after insert on accounts
    for each row execute function index_account_names();
create trigger accounts_names_changed after update of username, display_name on accounts
    for each row when ((old.username, old.display_name) is distinct from (new.username, new.display_name))
    execute function index_account_names();
insert into account_names (account_id, name)
select distinct a.id, n.name from accounts a cross join lateral names_of_account(a.username, a.display_name) as n(name);

-- Public timelines of this network, and of all others.
create index statuses_public_local on statuses (id desc)
    where visibility = 'public' and reblog_of_id is null and local
        and (in_reply_to_account_id is null or in_reply_to_account_id = account_id);
create index statuses_public_remote on statuses (id desc)
    where visibility = 'public' and reblog_of_id is null and not local
        and (in_reply_to_account_id is null or in_reply_to_account_id = account_id);
