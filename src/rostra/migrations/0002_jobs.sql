-- Jobs: what follows from events, runs by a schedule, or was put off (core/jobs/).

create table jobs (
    id bigint generated always as identity primary key,
    kind text not null,
    data jsonb not null,
    created_at timestamptz not null default now(),
    run_at timestamptz not null default now(), -- when it is due; while a worker runs it: when its lease ends
    tries smallint not null default 0,         -- begun so far, this one included
    error text,                                -- how the last try failed
    failed_at timestamptz                      -- parked: waits for an operator
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
create index jobs_due on jobs (run_at) where failed_at is null;
create index jobs_failed on jobs (failed_at) where failed_at is not null;

create table schedules (
    name text primary key,
    next_at timestamptz not null
);
