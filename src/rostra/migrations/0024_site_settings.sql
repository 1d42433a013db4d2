-- What the operator changes of the settings in the running network.

-- One row. Null: as the settings file says.
create table site_settings (
    id boolean primary key default true check (id),
    version bigint not null default 0,         -- raised by every change
    title text,
    description text,
    contact_email text,
    contact_account_id bigint references accounts on delete set null,  -- null: the operator's
    registration text check (registration in ('open', 'approval', 'invitation', 'closed')),
    registration_message text                  -- Markdown
);
create index site_settings_contact_account on site_settings (contact_account_id);
insert into site_settings default values;

-- Who changed what. Never changed itself, only added to.
create table site_settings_events (
    id bigint primary key,
    account_id bigint references accounts on delete set null,
    changes jsonb not null,                    -- name -> [before, after]; null: as the settings file says
    created_at timestamptz not null default now()
);
create index site_settings_events_account on site_settings_events (account_id);
