-- Presence, every operation: what `stores/memory/seat.ts` and `presence.ts` say, in one atomic step each.
-- KEYS: 1 seats (hash agent -> seat), 2 owners (hash token -> agent), 3 due (zset agent by when it changes by itself)
-- ARGV: 1 operation, 2 channel for changes, 3 now (ms), then the operation's own
-- A seat: s status, t since, r reason, l leaseUntil, k token and u until of the hold, w and x status and reason of the wish
-- Written as a head of fixed width and JSON. Head: A for available, R for reserved, - for the rest, then since, leaseUntil and the hold's
-- until in 15 digits each: what a reservation compares of every candidate is read without decoding.

local seats, owners, due = KEYS[1], KEYS[2], KEYS[3]
local op, channel, at = ARGV[1], ARGV[2], tonumber(ARGV[3])

local function decode(raw)
  return cjson.decode(raw:sub(47))
end

local function load(agent)
  local raw = redis.call('HGET', seats, agent)
  return raw and decode(raw) or nil
end

-- Ends the hold. A lease that is gone outranks what the caller wants, and so does the agent's own wish.
local function let_go(seat, wanted, when)
  local next = { s = wanted, t = when, l = seat.l }
  if seat.l <= when or wanted == 'offline' then
    next.s = 'offline'
  elseif seat.w then
    next.s, next.r = seat.w, seat.x
  end
  return next
end

-- The seat as it is now: what ran out meanwhile has run out.
local function settle(seat)
  if seat.k and seat.u <= at then
    seat = let_go(seat, seat.s == 'reserved' and 'available' or 'check-in', seat.u)
  end
  if seat.k or seat.s == 'offline' or seat.l > at then return seat end
  return { s = 'offline', t = math.max(seat.l, seat.t), l = seat.l }
end

local function settled(agent)
  local before = load(agent)
  if not before then return nil, nil end
  return settle(before), before
end

local function prolong(seat, token, till, status)
  return {
    s = status,
    t = seat.s == status and seat.t or at,
    l = seat.l, k = token, u = math.max(seat.u or till, till), w = seat.w, x = seat.x,
  }
end

local function view(agent, seat)
  return cjson.encode({ agent = agent, status = seat.s, since = seat.t, reason = seat.r })
end

local LETTERS = { available = 'A', reserved = 'R' }

local function save(agent, before, seat)
  local head = string.format('%s%015.0f%015.0f%015.0f', LETTERS[seat.s] or '-', seat.t, seat.l, seat.u or 0)
  redis.call('HSET', seats, agent, head .. cjson.encode(seat))
  if before and before.k and before.k ~= seat.k then redis.call('HDEL', owners, before.k) end
  if seat.k then redis.call('HSET', owners, seat.k, agent) end
  local ends = seat.k and seat.u or (seat.s ~= 'offline' and seat.l)
  if ends then redis.call('ZADD', due, ends, agent) else redis.call('ZREM', due, agent) end
  local was = before or { s = 'offline', t = at }
  if was.s ~= seat.s or was.t ~= seat.t or was.r ~= seat.r then
    redis.call('PUBLISH', channel, view(agent, seat))
  end
end

local ops = {}

-- token, expiresAt, then the candidates in the order of their ids
function ops.reserve()
  local token, expires = ARGV[4], tonumber(ARGV[5])
  local mine = redis.call('HGET', owners, token)
  if mine then
    local seat = settled(mine)
    if seat and seat.k == token then return mine end
  end
  if #ARGV < 6 then return false end
  local now15 = string.format('%015.0f', at)
  local found, seat, before, since
  for index, raw in ipairs(redis.call('HMGET', seats, unpack(ARGV, 6))) do
    -- Digits of one width compare as text. A lease that has run out, or a place later in the line, needs no decoding;
    -- a reservation that has run out may be anything now.
    local letter = raw and raw:byte(1)
    local may = letter == 65 and raw:sub(17, 31) > now15 and (not since or raw:sub(2, 16) < since)
      or letter == 82 and raw:sub(32, 46) <= now15
    if may then
      local was = decode(raw)
      local now = settle(was)
      if now.s == 'available' and (not seat or now.t < seat.t) then
        found, seat, before = ARGV[index + 5], now, was
        since = string.format('%015.0f', now.t)
      end
    end
  end
  if not found then return false end
  save(found, before, prolong(seat, token, expires, 'reserved'))
  return found
end

-- agent, token, status, until
function ops.hold()
  local agent, token = ARGV[4], ARGV[5]
  local seat, before = settled(agent)
  if not seat or seat.k ~= token then return 0 end
  save(agent, before, prolong(seat, token, tonumber(ARGV[7]), ARGV[6]))
  return 1
end

-- agent, token, next
function ops.release()
  local agent, token = ARGV[4], ARGV[5]
  local seat, before = settled(agent)
  if not seat or seat.k ~= token then return 0 end
  save(agent, before, let_go(seat, ARGV[6], at))
  return 1
end

-- agent, status, leaseUntil, reason (may be absent)
function ops.set()
  local agent, status, lease, reason = ARGV[4], ARGV[5], tonumber(ARGV[6]), ARGV[7]
  local seat, before = settled(agent)
  local next
  if seat and seat.k and seat.s ~= 'wrap-up' then
    -- Remembered until the release.
    next = { s = seat.s, t = seat.t, r = seat.r, l = lease, k = seat.k, u = seat.u }
    if status ~= 'available' then next.w, next.x = status, reason end
  else
    next = settle({
      s = status,
      t = seat and seat.s == status and seat.t or at,
      r = reason,
      l = status == 'offline' and at or lease,
    })
  end
  save(agent, before, next)
  return view(agent, next)
end

-- agent, leaseUntil
function ops.renew()
  local agent, lease = ARGV[4], tonumber(ARGV[5])
  local seat, before = settled(agent)
  if not seat or seat.l <= at then return 0 end
  seat.l = math.max(seat.l, lease)
  save(agent, before, seat)
  return 1
end

-- agents
function ops.get()
  local answers = {}
  for index = 4, #ARGV do
    local seat = settled(ARGV[index])
    answers[#answers + 1] = view(ARGV[index], seat or { s = 'offline', t = at })
  end
  return answers
end

-- Everybody, for a node that may have missed changes.
function ops.all()
  local answers, rows = {}, redis.call('HGETALL', seats)
  for index = 1, #rows, 2 do
    answers[#answers + 1] = view(rows[index], settle(decode(rows[index + 1])))
  end
  return answers
end

-- Everybody who is held, and by whom.
function ops.holds()
  local answers, rows = {}, redis.call('HGETALL', owners)
  for index = 1, #rows, 2 do
    local token, agent = rows[index], rows[index + 1]
    local seat = settled(agent)
    if seat and seat.k == token then
      answers[#answers + 1] = cjson.encode({ agent = agent, token = token, status = seat.s })
    end
  end
  return answers
end

-- how many at most
function ops.sweep()
  local swept = redis.call('ZRANGEBYSCORE', due, '-inf', at, 'LIMIT', 0, ARGV[4])
  for _, agent in ipairs(swept) do
    local seat, before = settled(agent)
    if seat then save(agent, before, seat) else redis.call('ZREM', due, agent) end
  end
  return #swept
end

return ops[op]()
