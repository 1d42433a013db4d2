-- Quotes: a status quotes at most one other, whose author decides who may.

alter table users
    add default_quote_policy text not null default 'public'
        check (default_quote_policy in ('public', 'followers', 'nobody'));

alter table statuses
    add quote_policy text not null default 'nobody' check (quote_policy in ('public', 'followers', 'nobody')),
    add quotes_count integer not null default 0,
    add quoted_status_id bigint references statuses on delete set null,
    add quote_state text                       -- null: it quotes nothing
        check (quote_state in ('pending', 'accepted', 'rejected', 'revoked', 'deleted'));
create index statuses_quotes on statuses (quoted_status_id, id) where quoted_status_id is not null;
create index statuses_quoting on statuses (account_id) where quoted_status_id is not null;

-- Who is quoted may see what quotes them, without being named in it.
alter table status_mentions add silent boolean not null default false;
