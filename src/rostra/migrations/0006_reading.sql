-- What members arrange for their own reading: lists, filters, followed and featured hashtags, markers.

-- Lists ---------------------------------------------------------------------------------------

create table lists (
    id bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    title text not null,
    replies_policy text not null default 'list' check (replies_policy in ('list', 'followed', 'none')),
    exclusive boolean not null default false,  -- whom it holds stays out of the owner's home feed
    created_at timestamptz not null default now(),
    unique (id, account_id)
);
create index lists_account on lists (account_id, id);

create table list_members (
    id bigint not null unique,
    list_id bigint not null,
    owner_id bigint not null,                  -- of the list: asked for on every fan-out
    account_id bigint not null references accounts on delete cascade,
    primary key (list_id, account_id),
    foreign key (list_id, owner_id) references lists (id, account_id) on delete cascade
);
create index list_members_paging on list_members (list_id, id);
create index list_members_account on list_members (account_id, owner_id);

create table list_entries (
    list_id bigint not null references lists on delete cascade,
    status_id bigint not null references statuses on delete cascade,
    author_id bigint not null,                 -- who brought it here: the author, or who boosted it
    original_id bigint not null,               -- the boosted status, or the status itself
    reply_to_id bigint,                        -- somebody else whom it answers: the list's policy decides
    primary key (list_id, status_id)
);
create index list_entries_status on list_entries (status_id);
create index list_entries_author on list_entries (list_id, author_id);
create index list_entries_original on list_entries (list_id, original_id);

-- Filters -------------------------------------------------------------------------------------

create table filters (
    id bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    title text not null,
    contexts text[] not null check (
        contexts <@ array['home', 'notifications', 'public', 'thread', 'account'] and contexts <> '{}'),
    action text not null default 'warn' check (action in ('warn', 'hide', 'blur')),
    expires_at timestamptz,
    created_at timestamptz not null default now()
);
create index filters_account on filters (account_id, id);

create table filter_keywords (
    id bigint primary key,
    filter_id bigint not null references filters on delete cascade,
    keyword text not null,
    whole_word boolean not null default true
);
create index filter_keywords_filter on filter_keywords (filter_id, id);

create table filter_statuses (
    id bigint primary key,
    filter_id bigint not null references filters on delete cascade,
    status_id bigint not null references statuses on delete cascade,
    unique (filter_id, status_id)
);
create index filter_statuses_status on filter_statuses (status_id);

-- Hashtags ------------------------------------------------------------------------------------

create table tag_follows (
    id bigint not null unique,
    account_id bigint not null references accounts on delete cascade,
    tag_id bigint not null references tags on delete cascade,
    merged boolean not null default false,     -- very many follow it: joins the feed when it is read
    created_at timestamptz not null default now(),
    primary key (account_id, tag_id)
);
create index tag_follows_tag on tag_follows (tag_id);
create index tag_follows_paging on tag_follows (account_id, id);
create index tag_follows_merged on tag_follows (account_id) where merged;

create table featured_tags (
    id bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    tag_id bigint not null references tags on delete cascade,
    name text not null,                        -- as its member wrote it
    statuses_count integer not null default 0, -- public and unlisted ones, counted after each change
    last_status_at timestamptz,
    created_at timestamptz not null default now(),
    unique (account_id, tag_id)
);
create index featured_tags_tag on featured_tags (tag_id);

-- Markers -------------------------------------------------------------------------------------

create table markers (
    account_id bigint not null references accounts on delete cascade,
    timeline text not null check (timeline in ('home', 'notifications')),
    last_read_id bigint not null,
    version integer not null default 1,
    updated_at timestamptz not null default now(),
    primary key (account_id, timeline)
);

-- What joins home feeds when they are read, because writing it to so many feeds would cost too much:
-- the last 14 days of authors and hashtags with very many followers. The rules are those of
-- statuses/arrival.py. A status that has come to the feed another way is not named again.

create view merged_statuses as
select mf.account_id as reader_id, m.id
from follows mf join statuses m on m.account_id = mf.target_id
where mf.merged
  and m.id > (extract(epoch from now() - interval '14 days') * 1000)::bigint << 16
  and m.visibility <> 'direct'
  and (m.reblog_of_id is null or mf.show_reblogs)
  and (mf.languages is null or m.language is null or m.language = any (mf.languages))
  and (m.in_reply_to_account_id is null or m.in_reply_to_account_id in (m.account_id, mf.account_id)
       or exists (select from follows p
                  where p.account_id = mf.account_id and p.target_id = m.in_reply_to_account_id))
  and not exists (select from list_members lm join lists l on l.id = lm.list_id
                  where lm.account_id = mf.target_id and lm.owner_id = mf.account_id and l.exclusive)
  and not exists (select from feed_entries e where e.account_id = mf.account_id and e.status_id = m.id)
union all
select tf.account_id, t.id
from tag_follows tf
join status_tags st on st.tag_id = tf.tag_id
join statuses t on t.id = st.status_id
join accounts a on a.id = t.account_id
where tf.merged
  and t.id > (extract(epoch from now() - interval '14 days') * 1000)::bigint << 16
  and st.status_id > (extract(epoch from now() - interval '14 days') * 1000)::bigint << 16
  and t.visibility = 'public' and t.reblog_of_id is null and a.limited_at is null
  and t.account_id <> tf.account_id
  and not exists (select from feed_entries e where e.account_id = tf.account_id and e.status_id = t.id)
  and not exists (select from follows mf
                  where mf.account_id = tf.account_id and mf.target_id = t.account_id and mf.merged)
  and not exists (select from tag_follows other join status_tags ost on ost.tag_id = other.tag_id
                  where other.account_id = tf.account_id and other.merged and other.tag_id < tf.tag_id
                    and ost.status_id = t.id);
