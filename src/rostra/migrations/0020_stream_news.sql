-- What open streams are told, in the order in which it became true, so that a client that was cut off goes
-- on where it stopped. Kept for some minutes (streaming/news.py).

create sequence stream_positions;

create table stream_news (
    id bigint generated always as identity primary key,
    position bigint unique,      -- the order of commits; null only until its own transaction commits
    event text not null,
    subject_id bigint not null,
    account_ids bigint[],        -- only these members are told; null: whoever follows the channel
    name text not null default '',
    created_at timestamptz not null default now()
);
create unique index stream_news_once on stream_news (event, subject_id)
    where event in ('update', 'delete', 'notification');  -- a job that runs twice tells once
create index stream_news_created on stream_news (created_at);

-- Whoever has read up to a position will find nothing below it later. That holds only if positions are given
-- in the order of commits; so it happens at the commit, one transaction after another (docs/decisions/0020).
create function give_stream_position() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(20, 1);
    update stream_news set position = nextval('stream_positions') where id = new.id;
    return null;
end
$$;

create constraint trigger stream_news_position after insert on stream_news
    deferrable initially deferred for each row execute function give_stream_position();
