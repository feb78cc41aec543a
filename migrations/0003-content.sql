-- What callers are and said, apart from the journal so that a caller can be erased (H12).

create table callers (
  case_id text primary key collate "C",
  ani text,
  dnis text,
  name text,
  customer_id text,
  callback_number text,
  verification jsonb not null
);
create index callers_ani on callers (ani);
create index callers_customer on callers (customer_id);

create table turns (
  case_id text not null collate "C",
  index integer not null,
  turn jsonb not null,
  primary key (case_id, index)
);

create table tool_runs (
  case_id text not null collate "C",
  at bigint not null,
  name text not null,
  kind text not null,
  run jsonb not null,
  primary key (case_id, at, name, kind)
);

create table packets (
  escalation text not null collate "C",
  version integer not null,
  hash text not null,
  -- Text, not jsonb: exactly what was hashed.
  json text not null,
  primary key (escalation, version)
);

create table notes (
  escalation text not null collate "C",
  kind text not null,
  at bigint not null,
  json text not null,
  primary key (escalation, at, kind)
);
