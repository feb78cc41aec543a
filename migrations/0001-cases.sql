-- Cases: the journal, its snapshot, and what is still to be done. Nothing here is what a caller is or said (H12).

create table cases (
  id text primary key collate "C",
  seq integer not null,
  state jsonb not null,
  -- Somebody is on the line or a deadline runs.
  live boolean not null,
  -- Who committed last, and when the case must be looked at again (milliseconds since 1970).
  node text not null,
  wake_at bigint
);
create index cases_wake on cases (wake_at) where wake_at is not null;
create index cases_live on cases (node) where live;

create table case_events (
  case_id text not null collate "C",
  seq integer not null,
  at bigint not null,
  event jsonb not null,
  -- The state's name after the event.
  state text not null,
  actor text not null,
  node text not null,
  escalation text,
  -- Two nodes that decided on the same case at once: the second finds its place taken.
  primary key (case_id, seq)
);

create table jobs (
  id text primary key collate "C",
  case_id text not null collate "C",
  effect jsonb not null,
  at bigint not null,
  attempts integer not null default 0,
  leased_by text,
  lease_until bigint
);
create index jobs_at on jobs (at);

-- An agent is in at most one offer or bridge (H4): this key decides it, whatever Redis says or forgets.
create table held_agents (
  agent text primary key collate "C",
  case_id text not null collate "C"
);
create index held_agents_case on held_agents (case_id);

create table escalations (
  id text primary key collate "C",
  case_id text not null collate "C",
  status text not null,
  priority text not null,
  channel text not null,
  queue text not null,
  assignee text,
  created_at bigint not null,
  view jsonb not null
);
create index escalations_list on escalations (created_at desc, id desc);
create index escalations_case on escalations (case_id);

create table callbacks (
  id text primary key collate "C",
  escalation text not null collate "C",
  case_id text not null collate "C",
  status text not null,
  due_at bigint not null,
  reference text not null,
  attempts jsonb not null default '[]'
);
create index callbacks_list on callbacks (due_at, id);
