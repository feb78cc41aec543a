-- The people who take calls, and the audit of what has no case.

create table agents (
  id text primary key collate "C",
  profile jsonb not null
);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  what text not null,
  subject text not null
);
