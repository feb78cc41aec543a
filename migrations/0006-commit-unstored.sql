-- `commit_case` also knows a commit that was decided again because the first one's answer was lost (H13).
create or replace function commit_case(
  p_case text,
  p_seq integer,
  p_node text,
  p_actor text,
  p_event jsonb,
  p_state jsonb,
  p_live boolean,
  p_wake bigint,
  p_jobs jsonb,
  p_held text[],
  p_escalation jsonb,
  p_callback jsonb
) returns text language plpgsql as $$
declare
  v_at bigint := (p_event ->> 'at')::bigint;
  v_other text;
  v_new text[] := '{}';
begin
  if cardinality(p_held) > 0 then
    -- Sorted, so that two cases that want the same two agents do not wait for each other in a ring.
    with taken as (
      insert into held_agents (agent, case_id)
        select agent, p_case from unnest(p_held) as agent order by agent
        on conflict (agent) do nothing returning agent
    ) select coalesce(array_agg(agent), '{}') into v_new from taken;
    if cardinality(v_new) < cardinality(p_held) then
      select agent into v_other from held_agents
        where agent = any (p_held) and case_id <> p_case order by agent limit 1;
    end if;
  end if;

  -- Commits of one case wait for each other here.
  if v_other is null and p_seq = 1 then
    insert into cases (id, seq, state, live, node, wake_at)
      values (p_case, 1, p_state, p_live, p_node, p_wake) on conflict (id) do nothing;
  elsif v_other is null then
    update cases set seq = p_seq, state = p_state, live = p_live, node = p_node, wake_at = p_wake
      where id = p_case and seq = p_seq - 1;
  end if;
  if v_other is not null or not found then
    delete from held_agents where case_id = p_case and agent = any (v_new);
    -- The same commit again, because its answer was lost: it holds already.
    perform 1 from case_events
      where case_id = p_case and seq = p_seq and node = p_node and actor = p_actor and event = p_event;
    if found then return 'committed'; end if;
    -- Decided again as not stored, because no answer came: what was acted on is what the record tells. The first one may
    -- also come last, out of a network that held it back.
    perform 1 from case_events
      where case_id = p_case and seq = p_seq and node = p_node and actor = p_actor
        and event #- '{fresh,unstored}' = p_event #- '{fresh,unstored}';
    if found then
      if p_event #> '{fresh,unstored}' is not null then
        update case_events set event = p_event where case_id = p_case and seq = p_seq;
        update cases set state = p_state where id = p_case and seq = p_seq;
      end if;
      return 'committed';
    end if;
    -- Whose place is taken must load the case first, whoever is held.
    perform 1 from cases where id = p_case and seq <> p_seq - 1;
    if found or v_other is null then return 'seq-taken'; end if;
    return 'agent-held ' || v_other;
  end if;
  delete from held_agents where case_id = p_case and agent <> all (p_held);

  insert into case_events (case_id, seq, at, event, state, actor, node, escalation)
    values (p_case, p_seq, v_at, p_event, p_state -> 'handoff' ->> 'kind', p_actor, p_node, p_state -> 'escalation' ->> 'id');
  if p_jobs is not null then
    insert into jobs (id, case_id, effect, at)
      select job ->> 'id', p_case, job -> 'effect', v_at from jsonb_array_elements(p_jobs) as job
      on conflict (id) do nothing;
  end if;
  if p_escalation is not null then
    insert into escalations (id, case_id, status, priority, channel, queue, assignee, created_at, view)
      values (p_escalation ->> 'id', p_case, p_escalation ->> 'status', p_escalation ->> 'priority',
        p_escalation ->> 'channel', p_escalation ->> 'queue', p_escalation ->> 'assignee',
        (p_escalation ->> 'createdAt')::bigint, p_escalation)
      on conflict (id) do update set status = excluded.status, priority = excluded.priority, queue = excluded.queue,
        assignee = excluded.assignee, view = excluded.view
      -- Most commits leave the row as it is.
      where escalations.view is distinct from excluded.view;
  end if;
  if p_callback is not null then
    -- How far the callback is, is its own story: only what was promised comes from the case.
    insert into callbacks (id, escalation, case_id, status, due_at, reference)
      values (p_callback ->> 'id', p_callback ->> 'escalationId', p_case, 'scheduled',
        (p_callback ->> 'dueAt')::bigint, p_callback ->> 'reference')
      on conflict (id) do update set due_at = excluded.due_at, reference = excluded.reference;
  end if;
  return 'committed';
end $$;
