-- What a model made of each conversation: content like the turns, erased with them (H12).

create table insights (
  case_id text primary key collate "C",
  at bigint not null,
  insight jsonb not null
);
