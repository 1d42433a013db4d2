-- Generated from the migrations by tests/core/test_schema.py. Don't edit.

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';

CREATE FUNCTION public.folded_name(name text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
    select left(trim(regexp_replace(lower(unaccent(name)), '[\s[:punct:]]+', ' ', 'g')), 100)
$$;

CREATE FUNCTION public.give_stream_position() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform pg_advisory_xact_lock(20, 1);
    update stream_news set position = nextval('stream_positions') where id = new.id;
    return null;
end
$$;

CREATE FUNCTION public.index_account_names() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.keep_block_barriers() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.keep_boost_mark() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.keep_mark() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.keep_mute_barrier() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.names_of_account(username text, display_name text) RETURNS SETOF text
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$
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

CREATE TABLE public.access_grants (
    code_hash bytea NOT NULL,
    application_id bigint NOT NULL,
    user_id bigint NOT NULL,
    redirect_uri text NOT NULL,
    scopes text[] NOT NULL,
    code_challenge text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    shared_access_id bigint
);

CREATE TABLE public.access_tokens (
    id bigint NOT NULL,
    token_hash bytea NOT NULL,
    application_id bigint,
    user_id bigint,
    grant_hash bytea,
    scopes text[] NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_used_at timestamp with time zone,
    shared_access_id bigint
);

CREATE TABLE public.account_aliases (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    acct text NOT NULL,
    uri text,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.account_domain_blocks (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    domain text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.account_names (
    account_id bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.account_notes (
    account_id bigint NOT NULL,
    target_id bigint NOT NULL,
    comment text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.accounts (
    id bigint NOT NULL,
    username text NOT NULL,
    domain text,
    uri text NOT NULL,
    url text,
    actor_type text DEFAULT 'Person'::text NOT NULL,
    display_name text DEFAULT ''::text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    fields jsonb DEFAULT '[]'::jsonb NOT NULL,
    avatar_key text,
    avatar_static_key text,
    avatar_description text DEFAULT ''::text NOT NULL,
    header_key text,
    header_static_key text,
    header_description text DEFAULT ''::text NOT NULL,
    locked boolean DEFAULT false NOT NULL,
    bot boolean DEFAULT false NOT NULL,
    discoverable boolean DEFAULT true NOT NULL,
    indexable boolean DEFAULT true NOT NULL,
    hide_collections boolean DEFAULT false NOT NULL,
    moved_to_id bigint,
    memorial boolean DEFAULT false NOT NULL,
    limited_at timestamp with time zone,
    suspended_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_status_at timestamp with time zone,
    statuses_count integer DEFAULT 0 NOT NULL,
    followers_count integer DEFAULT 0 NOT NULL,
    following_count integer DEFAULT 0 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    show_media boolean DEFAULT true NOT NULL,
    show_media_replies boolean DEFAULT true NOT NULL,
    show_featured boolean DEFAULT true NOT NULL,
    attribution_domains text[] DEFAULT '{}'::text[] NOT NULL
)
WITH (fillfactor='80');

CREATE TABLE public.announcement_reactions (
    announcement_id bigint NOT NULL,
    name text NOT NULL,
    account_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    custom_emoji_id bigint
);

CREATE TABLE public.announcement_reads (
    announcement_id bigint NOT NULL,
    account_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.announcements (
    id bigint NOT NULL,
    text text NOT NULL,
    content text NOT NULL,
    mention_ids bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    status_ids bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    all_day boolean DEFAULT false NOT NULL,
    starts_at timestamp with time zone,
    ends_at timestamp with time zone,
    scheduled_at timestamp with time zone,
    published_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT announcements_check CHECK ((((starts_at IS NULL) = (ends_at IS NULL)) AND (ends_at >= starts_at)))
);

CREATE TABLE public.annual_reports (
    account_id bigint NOT NULL,
    year smallint NOT NULL,
    data jsonb NOT NULL,
    schema_version smallint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    viewed_at timestamp with time zone
);

CREATE TABLE public.applications (
    id bigint NOT NULL,
    name text NOT NULL,
    website text,
    redirect_uris text[] NOT NULL,
    scopes text[] NOT NULL,
    client_id text NOT NULL,
    client_secret_hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.async_refreshes (
    id text NOT NULL,
    account_id bigint NOT NULL,
    key text NOT NULL,
    result_count integer,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone
);

CREATE TABLE public.author_reviews (
    account_id bigint NOT NULL,
    trendable boolean NOT NULL,
    reviewed_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.barriers (
    viewer_id bigint NOT NULL,
    author_id bigint NOT NULL,
    kind text NOT NULL,
    until timestamp with time zone,
    CONSTRAINT barriers_kind_check CHECK ((kind = ANY (ARRAY['blocks'::text, 'blocked'::text, 'mutes'::text])))
);

CREATE TABLE public.blocks (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    target_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT blocks_check CHECK ((account_id <> target_id))
);

CREATE TABLE public.bookmarks (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    status_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.card_publishers (
    id bigint NOT NULL,
    domain text NOT NULL,
    trendable boolean,
    reviewed_at timestamp with time zone,
    requested_review_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.cards (
    id bigint NOT NULL,
    url_hash bytea NOT NULL,
    url text NOT NULL,
    kind text,
    title text DEFAULT ''::text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    language text,
    published_at timestamp with time zone,
    author_name text DEFAULT ''::text NOT NULL,
    author_url text DEFAULT ''::text NOT NULL,
    author_account_id bigint,
    provider_name text DEFAULT ''::text NOT NULL,
    provider_url text DEFAULT ''::text NOT NULL,
    html text DEFAULT ''::text NOT NULL,
    embed_url text DEFAULT ''::text NOT NULL,
    width integer DEFAULT 0 NOT NULL,
    height integer DEFAULT 0 NOT NULL,
    image_key text,
    image_width integer,
    image_height integer,
    image_description text DEFAULT ''::text NOT NULL,
    blurhash text,
    new_image_key text,
    unshown boolean DEFAULT false NOT NULL,
    failures smallint DEFAULT 0 NOT NULL,
    queued_at timestamp with time zone,
    refetch_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    trendable boolean,
    reviewed_at timestamp with time zone,
    CONSTRAINT cards_kind_check CHECK ((kind = ANY (ARRAY['link'::text, 'photo'::text, 'video'::text, 'rich'::text])))
);

CREATE TABLE public.client_settings (
    account_id bigint NOT NULL,
    client text NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    settings text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.collection_items (
    id bigint NOT NULL,
    collection_id bigint NOT NULL,
    account_id bigint NOT NULL,
    state text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT collection_items_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'accepted'::text, 'rejected'::text, 'revoked'::text])))
);

CREATE TABLE public.collections (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    language text,
    tag_id bigint,
    sensitive boolean DEFAULT false NOT NULL,
    discoverable boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.conversation_statuses (
    account_id bigint NOT NULL,
    status_id bigint NOT NULL,
    conversation_id bigint NOT NULL
);

CREATE TABLE public.conversations (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    thread_id bigint NOT NULL,
    participant_ids bigint[] NOT NULL,
    last_status_id bigint,
    unread boolean DEFAULT false NOT NULL
);

CREATE TABLE public.custom_emojis (
    id bigint NOT NULL,
    shortcode text NOT NULL,
    domain text,
    category text,
    visible_in_picker boolean DEFAULT true NOT NULL,
    disabled boolean DEFAULT false NOT NULL,
    blob_key text NOT NULL,
    static_key text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.drafts (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    draft jsonb NOT NULL,
    scheduled_at timestamp with time zone,
    error text,
    idempotency_key text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.email_tokens (
    token_hash bytea NOT NULL,
    user_id bigint NOT NULL,
    purpose text NOT NULL,
    email text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT email_tokens_purpose_check CHECK ((purpose = ANY (ARRAY['confirm'::text, 'reset'::text, 'change'::text])))
);

CREATE TABLE public.endorsements (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    target_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT endorsements_check CHECK ((account_id <> target_id))
);

CREATE TABLE public.events (
    id bigint NOT NULL,
    type text NOT NULL,
    data jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.events ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.favourites (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    status_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.featured_tags (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    tag_id bigint NOT NULL,
    name text NOT NULL,
    statuses_count integer DEFAULT 0 NOT NULL,
    last_status_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.feed_entries (
    account_id bigint NOT NULL,
    status_id bigint NOT NULL,
    author_id bigint NOT NULL,
    original_id bigint NOT NULL
);

CREATE TABLE public.filter_keywords (
    id bigint NOT NULL,
    filter_id bigint NOT NULL,
    keyword text NOT NULL,
    whole_word boolean DEFAULT true NOT NULL
);

CREATE TABLE public.filter_statuses (
    id bigint NOT NULL,
    filter_id bigint NOT NULL,
    status_id bigint NOT NULL
);

CREATE TABLE public.filters (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    title text NOT NULL,
    contexts text[] NOT NULL,
    action text DEFAULT 'warn'::text NOT NULL,
    expires_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT filters_action_check CHECK ((action = ANY (ARRAY['warn'::text, 'hide'::text, 'blur'::text]))),
    CONSTRAINT filters_contexts_check CHECK (((contexts <@ ARRAY['home'::text, 'notifications'::text, 'public'::text, 'thread'::text, 'account'::text]) AND (contexts <> '{}'::text[])))
);

CREATE TABLE public.follow_requests (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    target_id bigint NOT NULL,
    show_reblogs boolean DEFAULT true NOT NULL,
    notify boolean DEFAULT false NOT NULL,
    languages text[],
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT follow_requests_check CHECK ((account_id <> target_id))
);

CREATE TABLE public.follows (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    target_id bigint NOT NULL,
    show_reblogs boolean DEFAULT true NOT NULL,
    notify boolean DEFAULT false NOT NULL,
    languages text[],
    merged boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT follows_check CHECK ((account_id <> target_id))
);

CREATE TABLE public.idempotency_keys (
    account_id bigint NOT NULL,
    key text NOT NULL,
    status_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.import_rows (
    import_id bigint NOT NULL,
    line integer NOT NULL,
    key text,
    cells text[] NOT NULL,
    failure text
);

CREATE TABLE public.imports (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    kind text NOT NULL,
    overwrite boolean NOT NULL,
    file_name text NOT NULL,
    state text DEFAULT 'unconfirmed'::text NOT NULL,
    total integer NOT NULL,
    imported integer DEFAULT 0 NOT NULL,
    failed integer DEFAULT 0 NOT NULL,
    removed integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT imports_kind_check CHECK ((kind = ANY (ARRAY['follows'::text, 'blocks'::text, 'mutes'::text, 'domain_blocks'::text, 'lists'::text, 'bookmarks'::text, 'filters'::text]))),
    CONSTRAINT imports_state_check CHECK ((state = ANY (ARRAY['unconfirmed'::text, 'clearing'::text, 'running'::text, 'done'::text])))
);

CREATE TABLE public.interaction_requests (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    from_account_id bigint NOT NULL,
    status_id bigint NOT NULL,
    reply_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    accepted_at timestamp with time zone
);

CREATE TABLE public.invites (
    id bigint NOT NULL,
    code text NOT NULL,
    account_id bigint NOT NULL,
    max_uses integer,
    uses integer DEFAULT 0 NOT NULL,
    expires_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.jobs (
    id bigint NOT NULL,
    kind text NOT NULL,
    data jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    run_at timestamp with time zone DEFAULT now() NOT NULL,
    tries smallint DEFAULT 0 NOT NULL,
    error text,
    failed_at timestamp with time zone
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.01', autovacuum_vacuum_threshold='1000');

ALTER TABLE public.jobs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.link_checks (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    url text NOT NULL,
    failures smallint DEFAULT 0 NOT NULL,
    queued_at timestamp with time zone,
    checked_at timestamp with time zone
);

CREATE TABLE public.link_trends (
    card_id bigint NOT NULL,
    publisher_id bigint NOT NULL,
    score double precision NOT NULL,
    max_score double precision NOT NULL,
    max_score_at timestamp with time zone NOT NULL
);

CREATE TABLE public.list_entries (
    list_id bigint NOT NULL,
    status_id bigint NOT NULL,
    author_id bigint NOT NULL,
    original_id bigint NOT NULL,
    reply_to_id bigint
);

CREATE TABLE public.list_members (
    id bigint NOT NULL,
    list_id bigint NOT NULL,
    owner_id bigint NOT NULL,
    account_id bigint NOT NULL
);

CREATE TABLE public.lists (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    title text NOT NULL,
    replies_policy text DEFAULT 'list'::text NOT NULL,
    exclusive boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT lists_replies_policy_check CHECK ((replies_policy = ANY (ARRAY['list'::text, 'followed'::text, 'none'::text])))
);

CREATE TABLE public.mail_record (
    id boolean DEFAULT true NOT NULL,
    sent_at timestamp with time zone,
    failed_at timestamp with time zone,
    error text,
    CONSTRAINT mail_record_id_check CHECK (id)
);

CREATE TABLE public.markers (
    account_id bigint NOT NULL,
    timeline text NOT NULL,
    last_read_id bigint NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT markers_timeline_check CHECK ((timeline = ANY (ARRAY['home'::text, 'notifications'::text])))
);

CREATE TABLE public.marks (
    account_id bigint NOT NULL,
    status_id bigint NOT NULL,
    kind smallint NOT NULL,
    CONSTRAINT marks_kind_check CHECK ((kind = ANY (ARRAY[1, 2, 4, 8])))
);

CREATE TABLE public.media_attachments (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    status_id bigint,
    "position" smallint,
    kind text NOT NULL,
    state text DEFAULT 'processing'::text NOT NULL,
    blob_key text,
    preview_key text,
    content_type text,
    bytes bigint,
    width integer,
    height integer,
    preview_width integer,
    preview_height integer,
    focus_x real DEFAULT 0 NOT NULL,
    focus_y real DEFAULT 0 NOT NULL,
    blurhash text,
    description text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    upload_key text,
    failure text,
    duration double precision,
    frame_rate text,
    bitrate integer,
    audio_codec text,
    sample_rate integer,
    channels smallint,
    colors text[],
    CONSTRAINT media_attachments_kind_check CHECK ((kind = ANY (ARRAY['image'::text, 'gifv'::text, 'video'::text, 'audio'::text, 'unknown'::text]))),
    CONSTRAINT media_attachments_state_check CHECK ((state = ANY (ARRAY['processing'::text, 'ready'::text, 'failed'::text])))
);

CREATE TABLE public.media_holds (
    media_id bigint NOT NULL,
    scheduled_id bigint,
    draft_id bigint,
    CONSTRAINT media_holds_check CHECK ((num_nonnulls(scheduled_id, draft_id) = 1))
);

CREATE TABLE public.status_tags (
    tag_id bigint NOT NULL,
    status_id bigint NOT NULL
);

CREATE TABLE public.statuses (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    uri text NOT NULL,
    url text,
    local boolean NOT NULL,
    in_reply_to_id bigint,
    in_reply_to_account_id bigint,
    thread_id bigint NOT NULL,
    reblog_of_id bigint,
    visibility text NOT NULL,
    sensitive boolean DEFAULT false NOT NULL,
    spoiler_text text DEFAULT ''::text NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    content text DEFAULT ''::text NOT NULL,
    language text,
    application_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    edited_at timestamp with time zone,
    replies_count integer DEFAULT 0 NOT NULL,
    reblogs_count integer DEFAULT 0 NOT NULL,
    favourites_count integer DEFAULT 0 NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    quote_policy text DEFAULT 'nobody'::text NOT NULL,
    quotes_count integer DEFAULT 0 NOT NULL,
    quoted_status_id bigint,
    quote_state text,
    content_type text DEFAULT 'text/plain'::text NOT NULL,
    local_only boolean DEFAULT false NOT NULL,
    held boolean DEFAULT false NOT NULL,
    interaction_policy jsonb,
    posted_by_id bigint,
    has_poll boolean DEFAULT false NOT NULL,
    CONSTRAINT statuses_content_type_check CHECK ((content_type = ANY (ARRAY['text/plain'::text, 'text/markdown'::text]))),
    CONSTRAINT statuses_quote_policy_check CHECK ((quote_policy = ANY (ARRAY['public'::text, 'followers'::text, 'nobody'::text]))),
    CONSTRAINT statuses_quote_state_check CHECK ((quote_state = ANY (ARRAY['pending'::text, 'accepted'::text, 'rejected'::text, 'revoked'::text, 'deleted'::text]))),
    CONSTRAINT statuses_visibility_check CHECK ((visibility = ANY (ARRAY['public'::text, 'unlisted'::text, 'private'::text, 'direct'::text])))
)
WITH (fillfactor='85');

CREATE TABLE public.tag_follows (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    tag_id bigint NOT NULL,
    merged boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE VIEW public.merged_statuses AS
 SELECT mf.account_id AS reader_id,
    m.id
   FROM (public.follows mf
     JOIN public.statuses m ON ((m.account_id = mf.target_id)))
  WHERE (mf.merged AND (m.id > (((EXTRACT(epoch FROM (now() - '14 days'::interval)) * (1000)::numeric))::bigint << 16)) AND (m.visibility <> 'direct'::text) AND ((m.reblog_of_id IS NULL) OR mf.show_reblogs) AND ((mf.languages IS NULL) OR (m.language IS NULL) OR (m.language = ANY (mf.languages))) AND ((m.in_reply_to_account_id IS NULL) OR ((m.in_reply_to_account_id = m.account_id) OR (m.in_reply_to_account_id = mf.account_id)) OR (EXISTS ( SELECT
           FROM public.follows p
          WHERE ((p.account_id = mf.account_id) AND (p.target_id = m.in_reply_to_account_id))))) AND (NOT (EXISTS ( SELECT
           FROM (public.list_members lm
             JOIN public.lists l ON ((l.id = lm.list_id)))
          WHERE ((lm.account_id = mf.target_id) AND (lm.owner_id = mf.account_id) AND l.exclusive)))) AND (NOT (EXISTS ( SELECT
           FROM public.feed_entries e
          WHERE ((e.account_id = mf.account_id) AND (e.status_id = m.id))))))
UNION ALL
 SELECT tf.account_id AS reader_id,
    t.id
   FROM (((public.tag_follows tf
     JOIN public.status_tags st ON ((st.tag_id = tf.tag_id)))
     JOIN public.statuses t ON ((t.id = st.status_id)))
     JOIN public.accounts a ON ((a.id = t.account_id)))
  WHERE (tf.merged AND (t.id > (((EXTRACT(epoch FROM (now() - '14 days'::interval)) * (1000)::numeric))::bigint << 16)) AND (st.status_id > (((EXTRACT(epoch FROM (now() - '14 days'::interval)) * (1000)::numeric))::bigint << 16)) AND (t.visibility = 'public'::text) AND (t.reblog_of_id IS NULL) AND (a.limited_at IS NULL) AND (t.account_id <> tf.account_id) AND (NOT (EXISTS ( SELECT
           FROM public.feed_entries e
          WHERE ((e.account_id = tf.account_id) AND (e.status_id = t.id))))) AND (NOT (EXISTS ( SELECT
           FROM public.follows mf
          WHERE ((mf.account_id = tf.account_id) AND (mf.target_id = t.account_id) AND mf.merged)))) AND (NOT (EXISTS ( SELECT
           FROM (public.tag_follows other
             JOIN public.status_tags ost ON ((ost.tag_id = other.tag_id)))
          WHERE ((other.account_id = tf.account_id) AND other.merged AND (other.tag_id < tf.tag_id) AND (ost.status_id = t.id))))));

CREATE TABLE public.mutes (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    target_id bigint NOT NULL,
    hide_notifications boolean DEFAULT true NOT NULL,
    expires_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT mutes_check CHECK ((account_id <> target_id))
);

CREATE TABLE public.notification_permissions (
    account_id bigint NOT NULL,
    from_account_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.notification_policies (
    account_id bigint NOT NULL,
    for_not_following text DEFAULT 'accept'::text NOT NULL,
    for_not_followers text DEFAULT 'accept'::text NOT NULL,
    for_new_accounts text DEFAULT 'accept'::text NOT NULL,
    for_private_mentions text DEFAULT 'filter'::text NOT NULL,
    for_limited_accounts text DEFAULT 'filter'::text NOT NULL,
    CONSTRAINT notification_policies_for_limited_accounts_check CHECK ((for_limited_accounts = ANY (ARRAY['accept'::text, 'filter'::text, 'drop'::text]))),
    CONSTRAINT notification_policies_for_new_accounts_check CHECK ((for_new_accounts = ANY (ARRAY['accept'::text, 'filter'::text, 'drop'::text]))),
    CONSTRAINT notification_policies_for_not_followers_check CHECK ((for_not_followers = ANY (ARRAY['accept'::text, 'filter'::text, 'drop'::text]))),
    CONSTRAINT notification_policies_for_not_following_check CHECK ((for_not_following = ANY (ARRAY['accept'::text, 'filter'::text, 'drop'::text]))),
    CONSTRAINT notification_policies_for_private_mentions_check CHECK ((for_private_mentions = ANY (ARRAY['accept'::text, 'filter'::text, 'drop'::text])))
);

CREATE TABLE public.notification_requests (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    from_account_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.notifications (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    type text NOT NULL,
    from_account_id bigint NOT NULL,
    status_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    group_key text,
    filtered boolean DEFAULT false NOT NULL,
    report_id bigint,
    collection_id bigint
);

CREATE TABLE public.passkeys (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    credential_id bytea NOT NULL,
    public_key bytea NOT NULL,
    sign_count bigint DEFAULT 0 NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_used_at timestamp with time zone
);

CREATE TABLE public.poll_votes (
    poll_id bigint NOT NULL,
    account_id bigint NOT NULL,
    choice smallint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.polls (
    id bigint NOT NULL,
    status_id bigint NOT NULL,
    options text[] NOT NULL,
    tallies integer[] NOT NULL,
    multiple boolean DEFAULT false NOT NULL,
    hide_totals boolean DEFAULT false NOT NULL,
    votes_count integer DEFAULT 0 NOT NULL,
    voters_count integer DEFAULT 0 NOT NULL,
    expires_at timestamp with time zone,
    ended_at timestamp with time zone
);

CREATE TABLE public.popular_accounts (
    account_id bigint NOT NULL,
    reason text NOT NULL,
    place integer NOT NULL,
    CONSTRAINT popular_accounts_reason_check CHECK ((reason = ANY (ARRAY['most_followed'::text, 'most_interactions'::text])))
);

CREATE UNLOGGED TABLE public.processes (
    id bigint NOT NULL,
    kind text NOT NULL,
    host text NOT NULL,
    pid integer NOT NULL,
    numbers jsonb DEFAULT '{}'::jsonb NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    seen_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT processes_kind_check CHECK ((kind = ANY (ARRAY['web'::text, 'worker'::text])))
);

CREATE TABLE public.push_keys (
    only_one boolean DEFAULT true NOT NULL,
    private_key bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT push_keys_only_one_check CHECK (only_one)
);

CREATE TABLE public.push_subscriptions (
    id bigint NOT NULL,
    token_id bigint NOT NULL,
    account_id bigint NOT NULL,
    endpoint text NOT NULL,
    p256dh bytea NOT NULL,
    auth bytea NOT NULL,
    standard boolean NOT NULL,
    alerts text[] NOT NULL,
    policy text NOT NULL,
    sealed_token bytea,
    failing_since timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT push_subscriptions_policy_check CHECK ((policy = ANY (ARRAY['all'::text, 'followed'::text, 'follower'::text, 'none'::text])))
);

CREATE TABLE public.recovery_codes (
    user_id bigint NOT NULL,
    code_hash bytea NOT NULL,
    used_at timestamp with time zone
);

CREATE TABLE public.report_events (
    id bigint NOT NULL,
    report_id bigint NOT NULL,
    account_id bigint,
    action text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT report_events_action_check CHECK ((action = ANY (ARRAY['resolve'::text, 'reopen'::text])))
);

CREATE TABLE public.reports (
    id bigint NOT NULL,
    account_id bigint,
    target_id bigint NOT NULL,
    category text NOT NULL,
    comment text DEFAULT ''::text NOT NULL,
    status_ids bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    rule_ids bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    collection_ids bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    forward boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT reports_category_check CHECK ((category = ANY (ARRAY['spam'::text, 'legal'::text, 'violation'::text, 'other'::text])))
);

CREATE TABLE public.rules (
    id bigint NOT NULL,
    "position" smallint NOT NULL,
    text text NOT NULL,
    hint text DEFAULT ''::text NOT NULL,
    translations jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone
);

CREATE TABLE public.scheduled_statuses (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    scheduled_at timestamp with time zone NOT NULL,
    draft jsonb NOT NULL,
    idempotency_key text,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.schedules (
    name text NOT NULL,
    next_at timestamp with time zone NOT NULL
);

CREATE TABLE public.schema_migrations (
    name text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.search_backlog (
    only_one boolean DEFAULT true NOT NULL,
    below_id bigint NOT NULL,
    CONSTRAINT search_backlog_only_one_check CHECK (only_one)
);

CREATE TABLE public.search_windows (
    number integer NOT NULL,
    first_id bigint NOT NULL
);

CREATE TABLE public.server_blocks (
    domain text NOT NULL,
    severity text NOT NULL,
    public_comment text DEFAULT ''::text NOT NULL,
    private_comment text DEFAULT ''::text NOT NULL,
    obfuscate boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT server_blocks_domain_check CHECK ((domain = lower(domain))),
    CONSTRAINT server_blocks_severity_check CHECK ((severity = ANY (ARRAY['noop'::text, 'silence'::text, 'suspend'::text])))
);

CREATE TABLE public.setup_tokens (
    token_hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.shared_access (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    member_id bigint NOT NULL,
    role text NOT NULL,
    invited_by_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    accepted_at timestamp with time zone,
    CONSTRAINT shared_access_check CHECK ((account_id <> member_id)),
    CONSTRAINT shared_access_role_check CHECK ((role = ANY (ARRAY['editor'::text, 'manager'::text])))
);

CREATE TABLE public.shared_acts (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    member_id bigint,
    act text NOT NULL,
    subject_id bigint,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.sign_in_steps (
    token_hash bytea NOT NULL,
    purpose text NOT NULL,
    user_id bigint,
    challenge bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT sign_in_steps_purpose_check CHECK ((purpose = ANY (ARRAY['second_factor'::text, 'passkey'::text, 'add_passkey'::text])))
);

CREATE TABLE public.site_settings (
    id boolean DEFAULT true NOT NULL,
    version bigint DEFAULT 0 NOT NULL,
    title text,
    description text,
    contact_email text,
    contact_account_id bigint,
    registration text,
    registration_message text,
    CONSTRAINT site_settings_id_check CHECK (id),
    CONSTRAINT site_settings_registration_check CHECK ((registration = ANY (ARRAY['open'::text, 'approval'::text, 'invitation'::text, 'closed'::text])))
);

CREATE TABLE public.site_settings_events (
    id bigint NOT NULL,
    account_id bigint,
    changes jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.site_texts (
    name text NOT NULL,
    language text NOT NULL,
    text text NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT site_texts_name_check CHECK ((name = ANY (ARRAY['about'::text, 'privacy_policy'::text])))
);

CREATE TABLE public.status_cards (
    status_id bigint NOT NULL,
    card_id bigint NOT NULL,
    url text NOT NULL
);

CREATE TABLE public.status_edits (
    id bigint NOT NULL,
    status_id bigint NOT NULL,
    spoiler_text text NOT NULL,
    text text NOT NULL,
    content text NOT NULL,
    sensitive boolean NOT NULL,
    media jsonb NOT NULL,
    poll_options text[],
    created_at timestamp with time zone NOT NULL,
    content_type text DEFAULT 'text/plain'::text NOT NULL,
    CONSTRAINT status_edits_content_type_check CHECK ((content_type = ANY (ARRAY['text/plain'::text, 'text/markdown'::text])))
);

CREATE TABLE public.status_mentions (
    status_id bigint NOT NULL,
    account_id bigint NOT NULL,
    silent boolean DEFAULT false NOT NULL
);

CREATE TABLE public.status_pins (
    account_id bigint NOT NULL,
    status_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.status_reviews (
    status_id bigint NOT NULL,
    trendable boolean NOT NULL,
    reviewed_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.status_translations (
    status_id bigint NOT NULL,
    language text NOT NULL,
    source bytea NOT NULL,
    translation jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.status_trends (
    status_id bigint NOT NULL,
    account_id bigint NOT NULL,
    score double precision NOT NULL
);

CREATE TABLE public.status_words (
    status_id bigint NOT NULL,
    words tsvector NOT NULL
);

CREATE TABLE public.stream_news (
    id bigint NOT NULL,
    "position" bigint,
    event text NOT NULL,
    subject_id bigint NOT NULL,
    account_ids bigint[],
    name text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.stream_news ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.stream_news_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE SEQUENCE public.stream_positions
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.suggestion_dismissals (
    account_id bigint NOT NULL,
    target_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.tag_trends (
    tag_id bigint NOT NULL,
    score double precision NOT NULL,
    max_score double precision NOT NULL,
    max_score_at timestamp with time zone NOT NULL
);

CREATE TABLE public.tags (
    id bigint NOT NULL,
    name text NOT NULL,
    display_name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    usable boolean DEFAULT true NOT NULL,
    listable boolean DEFAULT true NOT NULL,
    trendable boolean,
    reviewed_at timestamp with time zone,
    requested_review_at timestamp with time zone
);

CREATE TABLE public.terms_of_service (
    id bigint NOT NULL,
    text text NOT NULL,
    changes text DEFAULT ''::text NOT NULL,
    effective_date date,
    published_at timestamp with time zone,
    announced_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT terms_of_service_check CHECK (((published_at IS NULL) OR (effective_date IS NOT NULL)))
);

CREATE TABLE public.thread_mutes (
    account_id bigint NOT NULL,
    thread_id bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE UNLOGGED TABLE public.throttles (
    key text NOT NULL,
    window_start timestamp with time zone NOT NULL,
    hits integer DEFAULT 1 NOT NULL
);

CREATE TABLE public.users (
    account_id bigint NOT NULL,
    email text NOT NULL,
    password_hash text NOT NULL,
    role text DEFAULT 'member'::text NOT NULL,
    locale text DEFAULT 'en'::text NOT NULL,
    default_visibility text DEFAULT 'public'::text NOT NULL,
    default_sensitive boolean DEFAULT false NOT NULL,
    default_language text,
    sign_up_reason text DEFAULT ''::text NOT NULL,
    invite_id bigint,
    confirmed_at timestamp with time zone,
    approved_at timestamp with time zone,
    disabled_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_active_at timestamp with time zone,
    totp_secret text,
    totp_confirmed_at timestamp with time zone,
    totp_last_step bigint,
    webauthn_handle bytea NOT NULL,
    new_email text,
    default_quote_policy text DEFAULT 'public'::text NOT NULL,
    interaction_policies jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT users_default_quote_policy_check CHECK ((default_quote_policy = ANY (ARRAY['public'::text, 'followers'::text, 'nobody'::text]))),
    CONSTRAINT users_default_visibility_check CHECK ((default_visibility = ANY (ARRAY['public'::text, 'unlisted'::text, 'private'::text]))),
    CONSTRAINT users_role_check CHECK ((role = ANY (ARRAY['member'::text, 'moderator'::text, 'admin'::text, 'owner'::text])))
);

CREATE TABLE public.web_sessions (
    id bigint NOT NULL,
    token_hash bytea NOT NULL,
    user_id bigint NOT NULL,
    user_agent text DEFAULT ''::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_used_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.access_grants
    ADD CONSTRAINT access_grants_pkey PRIMARY KEY (code_hash);

ALTER TABLE ONLY public.access_tokens
    ADD CONSTRAINT access_tokens_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.access_tokens
    ADD CONSTRAINT access_tokens_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY public.account_aliases
    ADD CONSTRAINT account_aliases_account_id_acct_key UNIQUE (account_id, acct);

ALTER TABLE ONLY public.account_aliases
    ADD CONSTRAINT account_aliases_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_domain_blocks
    ADD CONSTRAINT account_domain_blocks_id_key UNIQUE (id);

ALTER TABLE ONLY public.account_domain_blocks
    ADD CONSTRAINT account_domain_blocks_pkey PRIMARY KEY (account_id, domain);

ALTER TABLE ONLY public.account_names
    ADD CONSTRAINT account_names_pkey PRIMARY KEY (account_id, name);

ALTER TABLE ONLY public.account_notes
    ADD CONSTRAINT account_notes_pkey PRIMARY KEY (account_id, target_id);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_uri_key UNIQUE (uri);

ALTER TABLE ONLY public.announcement_reactions
    ADD CONSTRAINT announcement_reactions_pkey PRIMARY KEY (announcement_id, name, account_id);

ALTER TABLE ONLY public.announcement_reads
    ADD CONSTRAINT announcement_reads_pkey PRIMARY KEY (announcement_id, account_id);

ALTER TABLE ONLY public.announcements
    ADD CONSTRAINT announcements_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.annual_reports
    ADD CONSTRAINT annual_reports_pkey PRIMARY KEY (account_id, year);

ALTER TABLE ONLY public.applications
    ADD CONSTRAINT applications_client_id_key UNIQUE (client_id);

ALTER TABLE ONLY public.applications
    ADD CONSTRAINT applications_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.async_refreshes
    ADD CONSTRAINT async_refreshes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.author_reviews
    ADD CONSTRAINT author_reviews_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.barriers
    ADD CONSTRAINT barriers_pkey PRIMARY KEY (viewer_id, author_id, kind);

ALTER TABLE ONLY public.blocks
    ADD CONSTRAINT blocks_id_key UNIQUE (id);

ALTER TABLE ONLY public.blocks
    ADD CONSTRAINT blocks_pkey PRIMARY KEY (account_id, target_id);

ALTER TABLE ONLY public.bookmarks
    ADD CONSTRAINT bookmarks_id_key UNIQUE (id);

ALTER TABLE ONLY public.bookmarks
    ADD CONSTRAINT bookmarks_pkey PRIMARY KEY (account_id, status_id);

ALTER TABLE ONLY public.card_publishers
    ADD CONSTRAINT card_publishers_domain_key UNIQUE (domain);

ALTER TABLE ONLY public.card_publishers
    ADD CONSTRAINT card_publishers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cards
    ADD CONSTRAINT cards_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cards
    ADD CONSTRAINT cards_url_hash_key UNIQUE (url_hash);

ALTER TABLE ONLY public.client_settings
    ADD CONSTRAINT client_settings_pkey PRIMARY KEY (account_id, client);

ALTER TABLE ONLY public.collection_items
    ADD CONSTRAINT collection_items_collection_id_account_id_key UNIQUE (collection_id, account_id);

ALTER TABLE ONLY public.collection_items
    ADD CONSTRAINT collection_items_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.collections
    ADD CONSTRAINT collections_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversation_statuses
    ADD CONSTRAINT conversation_statuses_pkey PRIMARY KEY (account_id, status_id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_account_id_thread_id_participant_ids_key UNIQUE (account_id, thread_id, participant_ids);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.custom_emojis
    ADD CONSTRAINT custom_emojis_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.email_tokens
    ADD CONSTRAINT email_tokens_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.endorsements
    ADD CONSTRAINT endorsements_id_key UNIQUE (id);

ALTER TABLE ONLY public.endorsements
    ADD CONSTRAINT endorsements_pkey PRIMARY KEY (account_id, target_id);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.favourites
    ADD CONSTRAINT favourites_id_key UNIQUE (id);

ALTER TABLE ONLY public.favourites
    ADD CONSTRAINT favourites_pkey PRIMARY KEY (account_id, status_id);

ALTER TABLE ONLY public.featured_tags
    ADD CONSTRAINT featured_tags_account_id_tag_id_key UNIQUE (account_id, tag_id);

ALTER TABLE ONLY public.featured_tags
    ADD CONSTRAINT featured_tags_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.feed_entries
    ADD CONSTRAINT feed_entries_pkey PRIMARY KEY (account_id, status_id);

ALTER TABLE ONLY public.filter_keywords
    ADD CONSTRAINT filter_keywords_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.filter_statuses
    ADD CONSTRAINT filter_statuses_filter_id_status_id_key UNIQUE (filter_id, status_id);

ALTER TABLE ONLY public.filter_statuses
    ADD CONSTRAINT filter_statuses_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.filters
    ADD CONSTRAINT filters_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.follow_requests
    ADD CONSTRAINT follow_requests_id_key UNIQUE (id);

ALTER TABLE ONLY public.follow_requests
    ADD CONSTRAINT follow_requests_pkey PRIMARY KEY (account_id, target_id);

ALTER TABLE ONLY public.follows
    ADD CONSTRAINT follows_id_key UNIQUE (id);

ALTER TABLE ONLY public.follows
    ADD CONSTRAINT follows_pkey PRIMARY KEY (account_id, target_id);

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (account_id, key);

ALTER TABLE ONLY public.import_rows
    ADD CONSTRAINT import_rows_pkey PRIMARY KEY (import_id, line);

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.interaction_requests
    ADD CONSTRAINT interaction_requests_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.interaction_requests
    ADD CONSTRAINT interaction_requests_reply_id_key UNIQUE (reply_id);

ALTER TABLE ONLY public.invites
    ADD CONSTRAINT invites_code_key UNIQUE (code);

ALTER TABLE ONLY public.invites
    ADD CONSTRAINT invites_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.link_checks
    ADD CONSTRAINT link_checks_account_id_url_key UNIQUE (account_id, url);

ALTER TABLE ONLY public.link_checks
    ADD CONSTRAINT link_checks_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.link_trends
    ADD CONSTRAINT link_trends_pkey PRIMARY KEY (card_id);

ALTER TABLE ONLY public.list_entries
    ADD CONSTRAINT list_entries_pkey PRIMARY KEY (list_id, status_id);

ALTER TABLE ONLY public.list_members
    ADD CONSTRAINT list_members_id_key UNIQUE (id);

ALTER TABLE ONLY public.list_members
    ADD CONSTRAINT list_members_pkey PRIMARY KEY (list_id, account_id);

ALTER TABLE ONLY public.lists
    ADD CONSTRAINT lists_id_account_id_key UNIQUE (id, account_id);

ALTER TABLE ONLY public.lists
    ADD CONSTRAINT lists_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mail_record
    ADD CONSTRAINT mail_record_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.markers
    ADD CONSTRAINT markers_pkey PRIMARY KEY (account_id, timeline);

ALTER TABLE ONLY public.marks
    ADD CONSTRAINT marks_pkey PRIMARY KEY (account_id, status_id, kind);

ALTER TABLE ONLY public.media_attachments
    ADD CONSTRAINT media_attachments_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.mutes
    ADD CONSTRAINT mutes_id_key UNIQUE (id);

ALTER TABLE ONLY public.mutes
    ADD CONSTRAINT mutes_pkey PRIMARY KEY (account_id, target_id);

ALTER TABLE ONLY public.notification_permissions
    ADD CONSTRAINT notification_permissions_pkey PRIMARY KEY (account_id, from_account_id);

ALTER TABLE ONLY public.notification_policies
    ADD CONSTRAINT notification_policies_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.notification_requests
    ADD CONSTRAINT notification_requests_account_id_from_account_id_key UNIQUE (account_id, from_account_id);

ALTER TABLE ONLY public.notification_requests
    ADD CONSTRAINT notification_requests_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_credential_id_key UNIQUE (credential_id);

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.poll_votes
    ADD CONSTRAINT poll_votes_pkey PRIMARY KEY (poll_id, account_id, choice);

ALTER TABLE ONLY public.polls
    ADD CONSTRAINT polls_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.polls
    ADD CONSTRAINT polls_status_id_key UNIQUE (status_id);

ALTER TABLE ONLY public.popular_accounts
    ADD CONSTRAINT popular_accounts_pkey PRIMARY KEY (account_id, reason);

ALTER TABLE ONLY public.processes
    ADD CONSTRAINT processes_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.push_keys
    ADD CONSTRAINT push_keys_pkey PRIMARY KEY (only_one);

ALTER TABLE ONLY public.push_subscriptions
    ADD CONSTRAINT push_subscriptions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.push_subscriptions
    ADD CONSTRAINT push_subscriptions_token_id_key UNIQUE (token_id);

ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (user_id, code_hash);

ALTER TABLE ONLY public.report_events
    ADD CONSTRAINT report_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.rules
    ADD CONSTRAINT rules_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.scheduled_statuses
    ADD CONSTRAINT scheduled_statuses_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.schedules
    ADD CONSTRAINT schedules_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.search_backlog
    ADD CONSTRAINT search_backlog_pkey PRIMARY KEY (only_one);

ALTER TABLE ONLY public.search_windows
    ADD CONSTRAINT search_windows_first_id_key UNIQUE (first_id);

ALTER TABLE ONLY public.search_windows
    ADD CONSTRAINT search_windows_pkey PRIMARY KEY (number);

ALTER TABLE ONLY public.server_blocks
    ADD CONSTRAINT server_blocks_pkey PRIMARY KEY (domain);

ALTER TABLE ONLY public.setup_tokens
    ADD CONSTRAINT setup_tokens_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.shared_access
    ADD CONSTRAINT shared_access_account_id_member_id_key UNIQUE (account_id, member_id);

ALTER TABLE ONLY public.shared_access
    ADD CONSTRAINT shared_access_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.shared_acts
    ADD CONSTRAINT shared_acts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sign_in_steps
    ADD CONSTRAINT sign_in_steps_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.site_settings_events
    ADD CONSTRAINT site_settings_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.site_settings
    ADD CONSTRAINT site_settings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.site_texts
    ADD CONSTRAINT site_texts_pkey PRIMARY KEY (name, language);

ALTER TABLE ONLY public.status_cards
    ADD CONSTRAINT status_cards_pkey PRIMARY KEY (status_id);

ALTER TABLE ONLY public.status_edits
    ADD CONSTRAINT status_edits_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.status_mentions
    ADD CONSTRAINT status_mentions_pkey PRIMARY KEY (status_id, account_id);

ALTER TABLE ONLY public.status_pins
    ADD CONSTRAINT status_pins_pkey PRIMARY KEY (account_id, status_id);

ALTER TABLE ONLY public.status_reviews
    ADD CONSTRAINT status_reviews_pkey PRIMARY KEY (status_id);

ALTER TABLE ONLY public.status_tags
    ADD CONSTRAINT status_tags_pkey PRIMARY KEY (tag_id, status_id);

ALTER TABLE ONLY public.status_translations
    ADD CONSTRAINT status_translations_pkey PRIMARY KEY (status_id, language);

ALTER TABLE ONLY public.status_trends
    ADD CONSTRAINT status_trends_pkey PRIMARY KEY (status_id);

ALTER TABLE ONLY public.status_words
    ADD CONSTRAINT status_words_pkey PRIMARY KEY (status_id);

ALTER TABLE ONLY public.statuses
    ADD CONSTRAINT statuses_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.statuses
    ADD CONSTRAINT statuses_uri_key UNIQUE (uri);

ALTER TABLE ONLY public.stream_news
    ADD CONSTRAINT stream_news_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.stream_news
    ADD CONSTRAINT stream_news_position_key UNIQUE ("position");

ALTER TABLE ONLY public.suggestion_dismissals
    ADD CONSTRAINT suggestion_dismissals_pkey PRIMARY KEY (account_id, target_id);

ALTER TABLE ONLY public.tag_follows
    ADD CONSTRAINT tag_follows_id_key UNIQUE (id);

ALTER TABLE ONLY public.tag_follows
    ADD CONSTRAINT tag_follows_pkey PRIMARY KEY (account_id, tag_id);

ALTER TABLE ONLY public.tag_trends
    ADD CONSTRAINT tag_trends_pkey PRIMARY KEY (tag_id);

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_name_key UNIQUE (name);

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.terms_of_service
    ADD CONSTRAINT terms_of_service_effective_date_key UNIQUE (effective_date);

ALTER TABLE ONLY public.terms_of_service
    ADD CONSTRAINT terms_of_service_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.thread_mutes
    ADD CONSTRAINT thread_mutes_pkey PRIMARY KEY (account_id, thread_id);

ALTER TABLE ONLY public.throttles
    ADD CONSTRAINT throttles_pkey PRIMARY KEY (key, window_start);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_webauthn_handle_key UNIQUE (webauthn_handle);

ALTER TABLE ONLY public.web_sessions
    ADD CONSTRAINT web_sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.web_sessions
    ADD CONSTRAINT web_sessions_token_hash_key UNIQUE (token_hash);

CREATE INDEX access_grants_application ON public.access_grants USING btree (application_id);

CREATE INDEX access_grants_shared_access ON public.access_grants USING btree (shared_access_id) WHERE (shared_access_id IS NOT NULL);

CREATE INDEX access_grants_user ON public.access_grants USING btree (user_id);

CREATE INDEX access_tokens_application ON public.access_tokens USING btree (application_id);

CREATE INDEX access_tokens_grant ON public.access_tokens USING btree (grant_hash) WHERE (grant_hash IS NOT NULL);

CREATE INDEX access_tokens_shared_access ON public.access_tokens USING btree (shared_access_id) WHERE (shared_access_id IS NOT NULL);

CREATE INDEX access_tokens_user ON public.access_tokens USING btree (user_id);

CREATE INDEX account_domain_blocks_paging ON public.account_domain_blocks USING btree (account_id, id);

CREATE INDEX account_names_name ON public.account_names USING btree (name, account_id);

CREATE INDEX account_notes_target ON public.account_notes USING btree (target_id);

CREATE UNIQUE INDEX accounts_handle ON public.accounts USING btree (lower(username), COALESCE(lower(domain), ''::text));

CREATE INDEX accounts_moved_to ON public.accounts USING btree (moved_to_id) WHERE (moved_to_id IS NOT NULL);

CREATE INDEX accounts_name_trigrams ON public.accounts USING gin ((((username || ' '::text) || display_name)) public.gin_trgm_ops);

CREATE INDEX announcement_reactions_account ON public.announcement_reactions USING btree (account_id);

CREATE INDEX announcement_reactions_custom_emoji ON public.announcement_reactions USING btree (custom_emoji_id) WHERE (custom_emoji_id IS NOT NULL);

CREATE INDEX announcement_reads_account ON public.announcement_reads USING btree (account_id);

CREATE INDEX announcements_published ON public.announcements USING btree (published_at) WHERE (published_at IS NOT NULL);

CREATE INDEX announcements_scheduled ON public.announcements USING btree (scheduled_at) WHERE (scheduled_at IS NOT NULL);

CREATE UNIQUE INDEX async_refreshes_running ON public.async_refreshes USING btree (account_id, key) WHERE (finished_at IS NULL);

CREATE INDEX blocks_target ON public.blocks USING btree (target_id, account_id);

CREATE INDEX bookmarks_paging ON public.bookmarks USING btree (account_id, id);

CREATE INDEX bookmarks_status ON public.bookmarks USING btree (status_id);

CREATE INDEX cards_age ON public.cards USING btree (created_at);

CREATE INDEX cards_author ON public.cards USING btree (author_account_id) WHERE (author_account_id IS NOT NULL);

CREATE INDEX collection_items_account ON public.collection_items USING btree (account_id, collection_id DESC);

CREATE INDEX collection_items_order ON public.collection_items USING btree (collection_id, id);

CREATE INDEX collections_account ON public.collections USING btree (account_id, id DESC);

CREATE INDEX collections_tag ON public.collections USING btree (tag_id) WHERE (tag_id IS NOT NULL);

CREATE INDEX conversation_statuses_conversation ON public.conversation_statuses USING btree (conversation_id, status_id DESC);

CREATE INDEX conversation_statuses_status ON public.conversation_statuses USING btree (status_id);

CREATE INDEX conversations_cut ON public.conversations USING btree (id) WHERE (last_status_id IS NULL);

CREATE INDEX conversations_last ON public.conversations USING btree (last_status_id) WHERE (last_status_id IS NOT NULL);

CREATE INDEX conversations_paging ON public.conversations USING btree (account_id, last_status_id DESC);

CREATE UNIQUE INDEX custom_emojis_others ON public.custom_emojis USING btree (domain, shortcode) WHERE (domain IS NOT NULL);

CREATE UNIQUE INDEX custom_emojis_ours ON public.custom_emojis USING btree (lower(shortcode)) WHERE (domain IS NULL);

CREATE INDEX drafts_account ON public.drafts USING btree (account_id, id DESC);

CREATE UNIQUE INDEX drafts_once ON public.drafts USING btree (account_id, idempotency_key) WHERE (idempotency_key IS NOT NULL);

CREATE INDEX email_tokens_age ON public.email_tokens USING btree (expires_at);

CREATE INDEX email_tokens_user ON public.email_tokens USING btree (user_id);

CREATE INDEX endorsements_paging ON public.endorsements USING btree (account_id, id);

CREATE INDEX endorsements_target ON public.endorsements USING btree (target_id);

CREATE INDEX favourites_paging ON public.favourites USING btree (account_id, id);

CREATE INDEX favourites_status ON public.favourites USING btree (status_id, id);

CREATE INDEX featured_tags_tag ON public.featured_tags USING btree (tag_id);

CREATE INDEX feed_entries_author ON public.feed_entries USING btree (account_id, author_id);

CREATE INDEX feed_entries_original ON public.feed_entries USING btree (account_id, original_id);

CREATE INDEX feed_entries_status ON public.feed_entries USING btree (status_id);

CREATE INDEX filter_keywords_filter ON public.filter_keywords USING btree (filter_id, id);

CREATE INDEX filter_statuses_status ON public.filter_statuses USING btree (status_id);

CREATE INDEX filters_account ON public.filters USING btree (account_id, id);

CREATE INDEX follow_requests_target ON public.follow_requests USING btree (target_id, id);

CREATE INDEX follows_merged ON public.follows USING btree (account_id) WHERE merged;

CREATE INDEX follows_paging ON public.follows USING btree (account_id, id);

CREATE INDEX follows_target ON public.follows USING btree (target_id, id);

CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (created_at);

CREATE INDEX idempotency_keys_status ON public.idempotency_keys USING btree (status_id);

CREATE INDEX import_rows_key ON public.import_rows USING btree (import_id, key);

CREATE INDEX import_rows_waiting ON public.import_rows USING btree (import_id, line) WHERE (failure IS NULL);

CREATE INDEX imports_account ON public.imports USING btree (account_id, id DESC);

CREATE INDEX imports_age ON public.imports USING btree (created_at);

CREATE INDEX interaction_requests_from ON public.interaction_requests USING btree (from_account_id);

CREATE INDEX interaction_requests_pending ON public.interaction_requests USING btree (account_id, id DESC) WHERE (accepted_at IS NULL);

CREATE INDEX interaction_requests_status ON public.interaction_requests USING btree (status_id);

CREATE INDEX invites_account ON public.invites USING btree (account_id);

CREATE INDEX jobs_due ON public.jobs USING btree (run_at) WHERE (failed_at IS NULL);

CREATE INDEX jobs_failed ON public.jobs USING btree (failed_at) WHERE (failed_at IS NOT NULL);

CREATE INDEX link_checks_age ON public.link_checks USING btree (checked_at);

CREATE INDEX link_trends_publisher ON public.link_trends USING btree (publisher_id);

CREATE INDEX list_entries_author ON public.list_entries USING btree (list_id, author_id);

CREATE INDEX list_entries_original ON public.list_entries USING btree (list_id, original_id);

CREATE INDEX list_entries_status ON public.list_entries USING btree (status_id);

CREATE INDEX list_members_account ON public.list_members USING btree (account_id, owner_id);

CREATE INDEX list_members_paging ON public.list_members USING btree (list_id, id);

CREATE INDEX lists_account ON public.lists USING btree (account_id, id);

CREATE INDEX media_attachments_account ON public.media_attachments USING btree (account_id, id);

CREATE INDEX media_attachments_status ON public.media_attachments USING btree (status_id, "position") WHERE (status_id IS NOT NULL);

CREATE INDEX media_attachments_unattached ON public.media_attachments USING btree (created_at) WHERE (status_id IS NULL);

CREATE UNIQUE INDEX media_holds_draft ON public.media_holds USING btree (draft_id, media_id) WHERE (draft_id IS NOT NULL);

CREATE INDEX media_holds_media ON public.media_holds USING btree (media_id);

CREATE UNIQUE INDEX media_holds_scheduled ON public.media_holds USING btree (scheduled_id, media_id) WHERE (scheduled_id IS NOT NULL);

CREATE INDEX mutes_target ON public.mutes USING btree (target_id);

CREATE INDEX notification_permissions_from ON public.notification_permissions USING btree (from_account_id);

CREATE INDEX notification_requests_from ON public.notification_requests USING btree (from_account_id);

CREATE INDEX notification_requests_paging ON public.notification_requests USING btree (account_id, id DESC);

CREATE INDEX notifications_collection ON public.notifications USING btree (collection_id) WHERE (collection_id IS NOT NULL);

CREATE INDEX notifications_filtered ON public.notifications USING btree (account_id, from_account_id, id) WHERE filtered;

CREATE INDEX notifications_from ON public.notifications USING btree (from_account_id);

CREATE INDEX notifications_groups ON public.notifications USING btree (account_id, group_key, id) WHERE (group_key IS NOT NULL);

CREATE UNIQUE INDEX notifications_once ON public.notifications USING btree (account_id, type, from_account_id, status_id, report_id, collection_id) NULLS NOT DISTINCT;

CREATE INDEX notifications_paging ON public.notifications USING btree (account_id, id DESC);

CREATE INDEX notifications_report ON public.notifications USING btree (report_id) WHERE (report_id IS NOT NULL);

CREATE INDEX notifications_shown ON public.notifications USING btree (account_id, id DESC) WHERE (NOT filtered);

CREATE INDEX notifications_status ON public.notifications USING btree (status_id) WHERE (status_id IS NOT NULL);

CREATE INDEX passkeys_user ON public.passkeys USING btree (user_id);

CREATE INDEX poll_votes_account ON public.poll_votes USING btree (account_id);

CREATE INDEX polls_to_end ON public.polls USING btree (expires_at) WHERE (ended_at IS NULL);

CREATE INDEX push_subscriptions_account ON public.push_subscriptions USING btree (account_id, id DESC);

CREATE INDEX report_events_account ON public.report_events USING btree (account_id);

CREATE INDEX report_events_report ON public.report_events USING btree (report_id, id DESC);

CREATE INDEX reports_account ON public.reports USING btree (account_id);

CREATE INDEX reports_target ON public.reports USING btree (target_id, id);

CREATE INDEX scheduled_statuses_account ON public.scheduled_statuses USING btree (account_id, id DESC);

CREATE UNIQUE INDEX scheduled_statuses_once ON public.scheduled_statuses USING btree (account_id, idempotency_key) WHERE (idempotency_key IS NOT NULL);

CREATE INDEX shared_access_invited_by ON public.shared_access USING btree (invited_by_id);

CREATE INDEX shared_access_member ON public.shared_access USING btree (member_id);

CREATE INDEX shared_acts_account ON public.shared_acts USING btree (account_id, id DESC);

CREATE INDEX shared_acts_member ON public.shared_acts USING btree (member_id) WHERE (member_id IS NOT NULL);

CREATE INDEX sign_in_steps_age ON public.sign_in_steps USING btree (expires_at);

CREATE INDEX sign_in_steps_user ON public.sign_in_steps USING btree (user_id) WHERE (user_id IS NOT NULL);

CREATE INDEX site_settings_contact_account ON public.site_settings USING btree (contact_account_id);

CREATE INDEX site_settings_events_account ON public.site_settings_events USING btree (account_id);

CREATE INDEX status_cards_card ON public.status_cards USING btree (card_id, status_id);

CREATE INDEX status_edits_status ON public.status_edits USING btree (status_id, id);

CREATE INDEX status_mentions_account ON public.status_mentions USING btree (account_id, status_id);

CREATE INDEX status_pins_status ON public.status_pins USING btree (status_id);

CREATE INDEX status_tags_status ON public.status_tags USING btree (status_id);

CREATE INDEX status_translations_created ON public.status_translations USING btree (created_at);

CREATE INDEX status_trends_account ON public.status_trends USING btree (account_id);

CREATE INDEX status_words_words ON public.status_words USING gin (words) WITH (fastupdate=off);

CREATE INDEX statuses_account ON public.statuses USING btree (account_id, id DESC);

CREATE INDEX statuses_application ON public.statuses USING btree (application_id) WHERE (application_id IS NOT NULL);

CREATE INDEX statuses_boosts ON public.statuses USING btree (reblog_of_id, id) WHERE (reblog_of_id IS NOT NULL);

CREATE UNIQUE INDEX statuses_one_boost ON public.statuses USING btree (account_id, reblog_of_id) WHERE (reblog_of_id IS NOT NULL);

CREATE INDEX statuses_posted_by ON public.statuses USING btree (posted_by_id) WHERE (posted_by_id IS NOT NULL);

CREATE INDEX statuses_public ON public.statuses USING btree (id DESC) WHERE ((visibility = 'public'::text) AND (reblog_of_id IS NULL) AND ((in_reply_to_account_id IS NULL) OR (in_reply_to_account_id = account_id)));

CREATE INDEX statuses_public_local ON public.statuses USING btree (id DESC) WHERE ((visibility = 'public'::text) AND (reblog_of_id IS NULL) AND local AND ((in_reply_to_account_id IS NULL) OR (in_reply_to_account_id = account_id)));

CREATE INDEX statuses_public_remote ON public.statuses USING btree (id DESC) WHERE ((visibility = 'public'::text) AND (reblog_of_id IS NULL) AND (NOT local) AND ((in_reply_to_account_id IS NULL) OR (in_reply_to_account_id = account_id)));

CREATE INDEX statuses_quotes ON public.statuses USING btree (quoted_status_id, id) WHERE (quoted_status_id IS NOT NULL);

CREATE INDEX statuses_quoting ON public.statuses USING btree (account_id) WHERE (quoted_status_id IS NOT NULL);

CREATE INDEX statuses_replies ON public.statuses USING btree (in_reply_to_id, id) WHERE (in_reply_to_id IS NOT NULL);

CREATE INDEX statuses_thread ON public.statuses USING btree (thread_id, id);

CREATE INDEX stream_news_created ON public.stream_news USING btree (created_at);

CREATE UNIQUE INDEX stream_news_once ON public.stream_news USING btree (event, subject_id) WHERE (event = ANY (ARRAY['update'::text, 'delete'::text, 'notification'::text]));

CREATE INDEX suggestion_dismissals_target ON public.suggestion_dismissals USING btree (target_id);

CREATE INDEX tag_follows_merged ON public.tag_follows USING btree (account_id) WHERE merged;

CREATE INDEX tag_follows_paging ON public.tag_follows USING btree (account_id, id);

CREATE INDEX tag_follows_tag ON public.tag_follows USING btree (tag_id);

CREATE INDEX tags_name_prefix ON public.tags USING btree (name text_pattern_ops);

CREATE INDEX throttles_age ON public.throttles USING btree (window_start);

CREATE UNIQUE INDEX users_email ON public.users USING btree (lower(email));

CREATE INDEX users_invite ON public.users USING btree (invite_id) WHERE (invite_id IS NOT NULL);

CREATE INDEX users_pending ON public.users USING btree (account_id) WHERE ((confirmed_at IS NULL) OR (approved_at IS NULL));

CREATE INDEX web_sessions_user ON public.web_sessions USING btree (user_id);

CREATE TRIGGER accounts_names_changed AFTER UPDATE OF username, display_name ON public.accounts FOR EACH ROW WHEN (((old.username IS DISTINCT FROM new.username) OR (old.display_name IS DISTINCT FROM new.display_name))) EXECUTE FUNCTION public.index_account_names();

CREATE TRIGGER accounts_names_new AFTER INSERT ON public.accounts FOR EACH ROW EXECUTE FUNCTION public.index_account_names();

CREATE TRIGGER barrier AFTER INSERT OR DELETE OR UPDATE ON public.mutes FOR EACH ROW EXECUTE FUNCTION public.keep_mute_barrier();

CREATE TRIGGER barriers AFTER INSERT OR DELETE ON public.blocks FOR EACH ROW EXECUTE FUNCTION public.keep_block_barriers();

CREATE TRIGGER mark AFTER INSERT OR DELETE ON public.bookmarks FOR EACH ROW EXECUTE FUNCTION public.keep_mark('4');

CREATE TRIGGER mark AFTER INSERT OR DELETE ON public.favourites FOR EACH ROW EXECUTE FUNCTION public.keep_mark('1');

CREATE TRIGGER mark AFTER INSERT OR DELETE ON public.status_pins FOR EACH ROW EXECUTE FUNCTION public.keep_mark('8');

CREATE TRIGGER mark_added AFTER INSERT ON public.statuses FOR EACH ROW WHEN ((new.reblog_of_id IS NOT NULL)) EXECUTE FUNCTION public.keep_boost_mark();

CREATE TRIGGER mark_removed AFTER DELETE ON public.statuses FOR EACH ROW WHEN ((old.reblog_of_id IS NOT NULL)) EXECUTE FUNCTION public.keep_boost_mark();

CREATE CONSTRAINT TRIGGER stream_news_position AFTER INSERT ON public.stream_news DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.give_stream_position();

ALTER TABLE ONLY public.access_grants
    ADD CONSTRAINT access_grants_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.applications(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.access_grants
    ADD CONSTRAINT access_grants_shared_access_id_fkey FOREIGN KEY (shared_access_id) REFERENCES public.shared_access(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.access_grants
    ADD CONSTRAINT access_grants_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.access_tokens
    ADD CONSTRAINT access_tokens_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.applications(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.access_tokens
    ADD CONSTRAINT access_tokens_shared_access_id_fkey FOREIGN KEY (shared_access_id) REFERENCES public.shared_access(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.access_tokens
    ADD CONSTRAINT access_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.account_aliases
    ADD CONSTRAINT account_aliases_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.account_domain_blocks
    ADD CONSTRAINT account_domain_blocks_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.account_names
    ADD CONSTRAINT account_names_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.account_notes
    ADD CONSTRAINT account_notes_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.account_notes
    ADD CONSTRAINT account_notes_target_id_fkey FOREIGN KEY (target_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_moved_to_id_fkey FOREIGN KEY (moved_to_id) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.announcement_reactions
    ADD CONSTRAINT announcement_reactions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.announcement_reactions
    ADD CONSTRAINT announcement_reactions_announcement_id_fkey FOREIGN KEY (announcement_id) REFERENCES public.announcements(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.announcement_reactions
    ADD CONSTRAINT announcement_reactions_custom_emoji_id_fkey FOREIGN KEY (custom_emoji_id) REFERENCES public.custom_emojis(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.announcement_reads
    ADD CONSTRAINT announcement_reads_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.announcement_reads
    ADD CONSTRAINT announcement_reads_announcement_id_fkey FOREIGN KEY (announcement_id) REFERENCES public.announcements(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.annual_reports
    ADD CONSTRAINT annual_reports_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.async_refreshes
    ADD CONSTRAINT async_refreshes_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.author_reviews
    ADD CONSTRAINT author_reviews_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.blocks
    ADD CONSTRAINT blocks_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.blocks
    ADD CONSTRAINT blocks_target_id_fkey FOREIGN KEY (target_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.bookmarks
    ADD CONSTRAINT bookmarks_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.bookmarks
    ADD CONSTRAINT bookmarks_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.cards
    ADD CONSTRAINT cards_author_account_id_fkey FOREIGN KEY (author_account_id) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.client_settings
    ADD CONSTRAINT client_settings_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.users(account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.collection_items
    ADD CONSTRAINT collection_items_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.collection_items
    ADD CONSTRAINT collection_items_collection_id_fkey FOREIGN KEY (collection_id) REFERENCES public.collections(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.collections
    ADD CONSTRAINT collections_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.collections
    ADD CONSTRAINT collections_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES public.tags(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.conversation_statuses
    ADD CONSTRAINT conversation_statuses_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_statuses
    ADD CONSTRAINT conversation_statuses_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES public.conversations(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversation_statuses
    ADD CONSTRAINT conversation_statuses_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_last_status_id_fkey FOREIGN KEY (last_status_id) REFERENCES public.statuses(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.drafts
    ADD CONSTRAINT drafts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.email_tokens
    ADD CONSTRAINT email_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.endorsements
    ADD CONSTRAINT endorsements_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.endorsements
    ADD CONSTRAINT endorsements_target_id_fkey FOREIGN KEY (target_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.favourites
    ADD CONSTRAINT favourites_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.favourites
    ADD CONSTRAINT favourites_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.featured_tags
    ADD CONSTRAINT featured_tags_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.featured_tags
    ADD CONSTRAINT featured_tags_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES public.tags(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.feed_entries
    ADD CONSTRAINT feed_entries_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.feed_entries
    ADD CONSTRAINT feed_entries_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.filter_keywords
    ADD CONSTRAINT filter_keywords_filter_id_fkey FOREIGN KEY (filter_id) REFERENCES public.filters(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.filter_statuses
    ADD CONSTRAINT filter_statuses_filter_id_fkey FOREIGN KEY (filter_id) REFERENCES public.filters(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.filter_statuses
    ADD CONSTRAINT filter_statuses_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.filters
    ADD CONSTRAINT filters_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.follow_requests
    ADD CONSTRAINT follow_requests_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.follow_requests
    ADD CONSTRAINT follow_requests_target_id_fkey FOREIGN KEY (target_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.follows
    ADD CONSTRAINT follows_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.follows
    ADD CONSTRAINT follows_target_id_fkey FOREIGN KEY (target_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.import_rows
    ADD CONSTRAINT import_rows_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.imports(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.interaction_requests
    ADD CONSTRAINT interaction_requests_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.interaction_requests
    ADD CONSTRAINT interaction_requests_from_account_id_fkey FOREIGN KEY (from_account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.interaction_requests
    ADD CONSTRAINT interaction_requests_reply_id_fkey FOREIGN KEY (reply_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.interaction_requests
    ADD CONSTRAINT interaction_requests_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.invites
    ADD CONSTRAINT invites_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.link_checks
    ADD CONSTRAINT link_checks_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.link_trends
    ADD CONSTRAINT link_trends_card_id_fkey FOREIGN KEY (card_id) REFERENCES public.cards(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.link_trends
    ADD CONSTRAINT link_trends_publisher_id_fkey FOREIGN KEY (publisher_id) REFERENCES public.card_publishers(id);

ALTER TABLE ONLY public.list_entries
    ADD CONSTRAINT list_entries_list_id_fkey FOREIGN KEY (list_id) REFERENCES public.lists(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.list_entries
    ADD CONSTRAINT list_entries_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.list_members
    ADD CONSTRAINT list_members_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.list_members
    ADD CONSTRAINT list_members_list_id_owner_id_fkey FOREIGN KEY (list_id, owner_id) REFERENCES public.lists(id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.lists
    ADD CONSTRAINT lists_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.markers
    ADD CONSTRAINT markers_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.media_attachments
    ADD CONSTRAINT media_attachments_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.media_attachments
    ADD CONSTRAINT media_attachments_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.media_holds
    ADD CONSTRAINT media_holds_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES public.drafts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.media_holds
    ADD CONSTRAINT media_holds_media_id_fkey FOREIGN KEY (media_id) REFERENCES public.media_attachments(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.media_holds
    ADD CONSTRAINT media_holds_scheduled_id_fkey FOREIGN KEY (scheduled_id) REFERENCES public.scheduled_statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mutes
    ADD CONSTRAINT mutes_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.mutes
    ADD CONSTRAINT mutes_target_id_fkey FOREIGN KEY (target_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notification_permissions
    ADD CONSTRAINT notification_permissions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notification_permissions
    ADD CONSTRAINT notification_permissions_from_account_id_fkey FOREIGN KEY (from_account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notification_policies
    ADD CONSTRAINT notification_policies_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notification_requests
    ADD CONSTRAINT notification_requests_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notification_requests
    ADD CONSTRAINT notification_requests_from_account_id_fkey FOREIGN KEY (from_account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_collection_id_fkey FOREIGN KEY (collection_id) REFERENCES public.collections(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_from_account_id_fkey FOREIGN KEY (from_account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.reports(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.poll_votes
    ADD CONSTRAINT poll_votes_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.poll_votes
    ADD CONSTRAINT poll_votes_poll_id_fkey FOREIGN KEY (poll_id) REFERENCES public.polls(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.polls
    ADD CONSTRAINT polls_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.popular_accounts
    ADD CONSTRAINT popular_accounts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.push_subscriptions
    ADD CONSTRAINT push_subscriptions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.users(account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.push_subscriptions
    ADD CONSTRAINT push_subscriptions_token_id_fkey FOREIGN KEY (token_id) REFERENCES public.access_tokens(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.report_events
    ADD CONSTRAINT report_events_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.report_events
    ADD CONSTRAINT report_events_report_id_fkey FOREIGN KEY (report_id) REFERENCES public.reports(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.reports
    ADD CONSTRAINT reports_target_id_fkey FOREIGN KEY (target_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.scheduled_statuses
    ADD CONSTRAINT scheduled_statuses_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shared_access
    ADD CONSTRAINT shared_access_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.users(account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shared_access
    ADD CONSTRAINT shared_access_invited_by_id_fkey FOREIGN KEY (invited_by_id) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.shared_access
    ADD CONSTRAINT shared_access_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.users(account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shared_acts
    ADD CONSTRAINT shared_acts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.shared_acts
    ADD CONSTRAINT shared_acts_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.sign_in_steps
    ADD CONSTRAINT sign_in_steps_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.site_settings
    ADD CONSTRAINT site_settings_contact_account_id_fkey FOREIGN KEY (contact_account_id) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.site_settings_events
    ADD CONSTRAINT site_settings_events_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.status_cards
    ADD CONSTRAINT status_cards_card_id_fkey FOREIGN KEY (card_id) REFERENCES public.cards(id);

ALTER TABLE ONLY public.status_cards
    ADD CONSTRAINT status_cards_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.status_edits
    ADD CONSTRAINT status_edits_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.status_mentions
    ADD CONSTRAINT status_mentions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.status_mentions
    ADD CONSTRAINT status_mentions_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.status_pins
    ADD CONSTRAINT status_pins_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.status_pins
    ADD CONSTRAINT status_pins_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.status_reviews
    ADD CONSTRAINT status_reviews_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.status_tags
    ADD CONSTRAINT status_tags_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.status_tags
    ADD CONSTRAINT status_tags_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES public.tags(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.status_translations
    ADD CONSTRAINT status_translations_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.status_trends
    ADD CONSTRAINT status_trends_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.status_trends
    ADD CONSTRAINT status_trends_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.status_words
    ADD CONSTRAINT status_words_status_id_fkey FOREIGN KEY (status_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.statuses
    ADD CONSTRAINT statuses_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.statuses
    ADD CONSTRAINT statuses_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.applications(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.statuses
    ADD CONSTRAINT statuses_in_reply_to_id_fkey FOREIGN KEY (in_reply_to_id) REFERENCES public.statuses(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.statuses
    ADD CONSTRAINT statuses_posted_by_id_fkey FOREIGN KEY (posted_by_id) REFERENCES public.accounts(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.statuses
    ADD CONSTRAINT statuses_quoted_status_id_fkey FOREIGN KEY (quoted_status_id) REFERENCES public.statuses(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.statuses
    ADD CONSTRAINT statuses_reblog_of_id_fkey FOREIGN KEY (reblog_of_id) REFERENCES public.statuses(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.suggestion_dismissals
    ADD CONSTRAINT suggestion_dismissals_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.suggestion_dismissals
    ADD CONSTRAINT suggestion_dismissals_target_id_fkey FOREIGN KEY (target_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tag_follows
    ADD CONSTRAINT tag_follows_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tag_follows
    ADD CONSTRAINT tag_follows_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES public.tags(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tag_trends
    ADD CONSTRAINT tag_trends_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES public.tags(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.thread_mutes
    ADD CONSTRAINT thread_mutes_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_invite_id_fkey FOREIGN KEY (invite_id) REFERENCES public.invites(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.web_sessions
    ADD CONSTRAINT web_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(account_id) ON DELETE CASCADE;
