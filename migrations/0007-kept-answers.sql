-- Answers of writes that came with an Idempotency-Key, so that a repetition gets the first one's on whichever node it
-- arrives. Kept for a day; they may hold what the API answers, numbers included, so they are not part of the journal.

create table kept_answers (
  -- A hash of client, route and key.
  place text primary key collate "C",
  -- Of the body: the same key with another one is refused.
  digest text not null,
  -- Forgotten from then on (milliseconds since 1970).
  until bigint not null,
  -- While there is no reply: whoever works on it is taken for dead from then on.
  working_until bigint not null,
  reply jsonb
);
create index kept_answers_until on kept_answers (until);

-- `Journal.holding`: what an agent has in hand.
create index escalations_assignee on escalations (assignee) where status = 'assigned';
