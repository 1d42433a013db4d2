-- What every list asks of each of its rows, in one look each. Both tables are indexes over others, which stay
-- the truth: the database keeps them itself, so whatever writes there need not know of them.

-- What an account did to a status: 1 favourited, 2 boosted, 4 bookmarked, 8 pinned. A row for each, so that
-- none is locked by two who undo different things.
create table marks (
    account_id bigint not null,
    status_id bigint not null,
    kind smallint not null check (kind in (1, 2, 4, 8)),
    primary key (account_id, status_id, kind)
);

-- Why a viewer doesn't get to see an author: they block or mute them, or are blocked by them.
create table barriers (
    viewer_id bigint not null,
    author_id bigint not null,
    kind text not null check (kind in ('blocks', 'blocked', 'mutes')),
    until timestamptz,
    primary key (viewer_id, author_id, kind)
);

create function keep_mark() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into marks (account_id, status_id, kind)
        values (new.account_id, new.status_id, tg_argv[0]::smallint) on conflict do nothing;
    else
        delete from marks
        where account_id = old.account_id and status_id = old.status_id and kind = tg_argv[0]::smallint;
    end if;
    return null;
end $$;

create function keep_boost_mark() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into marks (account_id, status_id, kind)
        values (new.account_id, new.reblog_of_id, 2) on conflict do nothing;
    else
        delete from marks
        where account_id = old.account_id and status_id = old.reblog_of_id and kind = 2;
    end if;
    return null;
end $$;

create function keep_block_barriers() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into barriers (viewer_id, author_id, kind)
        values (new.account_id, new.target_id, 'blocks'), (new.target_id, new.account_id, 'blocked')
        on conflict do nothing;
    else
        delete from barriers
        where (viewer_id = old.account_id and author_id = old.target_id and kind = 'blocks')
           or (viewer_id = old.target_id and author_id = old.account_id and kind = 'blocked');
    end if;
    return null;
end $$;

create function keep_mute_barrier() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        delete from barriers
        where viewer_id = old.account_id and author_id = old.target_id and kind = 'mutes';
    else
        insert into barriers (viewer_id, author_id, kind, until)
        values (new.account_id, new.target_id, 'mutes', new.expires_at)
        on conflict (viewer_id, author_id, kind) do update set until = excluded.until;
    end if;
    return null;
end $$;

create trigger mark after insert or delete on favourites for each row execute function keep_mark(1);
create trigger mark after insert or delete on bookmarks for each row execute function keep_mark(4);
create trigger mark after insert or delete on status_pins for each row execute function keep_mark(8);
create trigger mark_added after insert on statuses for each row when (new.reblog_of_id is not null)
    execute function keep_boost_mark();
create trigger mark_removed after delete on statuses for each row when (old.reblog_of_id is not null)
    execute function keep_boost_mark();
create trigger barriers after insert or delete on blocks for each row execute function keep_block_barriers();
create trigger barrier after insert or update or delete on mutes for each row
    execute function keep_mute_barrier();

insert into marks (account_id, status_id, kind)
select account_id, status_id, 1 from favourites
union all select account_id, reblog_of_id, 2 from statuses where reblog_of_id is not null
union all select account_id, status_id, 4 from bookmarks
union all select account_id, status_id, 8 from status_pins;

insert into barriers (viewer_id, author_id, kind, until)
select account_id, target_id, 'blocks', null::timestamptz from blocks
union all select target_id, account_id, 'blocked', null::timestamptz from blocks
union all select account_id, target_id, 'mutes', expires_at from mutes;

-- Whether it asks a poll, so that lists need not look.
alter table statuses add has_poll boolean not null default false;
update statuses s set has_poll = true where exists (select from polls p where p.status_id = s.id);
