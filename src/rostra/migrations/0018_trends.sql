-- What is talked about: hashtags, links and statuses that many use within a short time, and what staff says
-- of them. Where they said nothing, the setting `trends_review` decides. Columns are named as in Mastodon's
-- admin API, where `requires_review` is that `reviewed_at` is null.

alter table tags
    add column usable boolean not null default true,
    add column listable boolean not null default true,
    add column trendable boolean,
    add column reviewed_at timestamptz,
    add column requested_review_at timestamptz;

alter table cards
    add column trendable boolean,
    add column reviewed_at timestamptz;

-- Who publishes pages, by host: reviewed once for all of them.
create table card_publishers (
    id bigint primary key,
    domain text not null unique,
    trendable boolean,
    reviewed_at timestamptz,
    requested_review_at timestamptz not null default now()
);

-- What staff says of statuses, and of their authors for all that these write.
create table status_reviews (
    status_id bigint primary key references statuses on delete cascade,
    trendable boolean not null,
    reviewed_at timestamptz not null default now()
);
create table author_reviews (
    account_id bigint primary key references accounts on delete cascade,
    trendable boolean not null,
    reviewed_at timestamptz not null default now()
);

-- Written anew every few minutes (trends/scores.py); `max_score` is what a score decays from.
create table tag_trends (
    tag_id bigint primary key references tags on delete cascade,
    score double precision not null,
    max_score double precision not null,
    max_score_at timestamptz not null
);
create table link_trends (
    card_id bigint primary key references cards on delete cascade,
    publisher_id bigint not null references card_publishers,
    score double precision not null,
    max_score double precision not null,
    max_score_at timestamptz not null
);
create table status_trends (
    status_id bigint primary key references statuses on delete cascade,
    account_id bigint not null references accounts on delete cascade,
    score double precision not null
);
create index link_trends_publisher on link_trends (publisher_id);
create index status_trends_account on status_trends (account_id);
