-- A reservation when nothing has run out, which is nearly always: no decoding, nothing but what it compares and writes.
-- Answers the agent, nil when nobody is free, or 0: a hold of this token exists or one has run out, ask `presence.lua`.
-- Lua is compiled once but run from the top at every call, so that what is not needed here is not defined here.
-- KEYS: 1 seats, 2 owners, 3 due, as there. ARGV: 1 channel, 2 token, 3 the token as JSON, 4 now, 5 expiresAt,
-- both in 15 digits, then the candidates in the order of their ids.

if redis.call('HGET', KEYS[2], ARGV[2]) then return 0 end
if #ARGV < 6 then return false end

local byte, sub, now = string.byte, string.sub, ARGV[4]
local found, since, lease
for index, raw in ipairs(redis.call('HMGET', KEYS[1], unpack(ARGV, 6))) do
  local letter = raw and byte(raw, 1)
  if letter == 65 then
    -- Digits of one width compare as text.
    local free_since = sub(raw, 2, 16)
    if (not since or free_since < since) and sub(raw, 17, 31) > now then
      found, since, lease = index, free_since, sub(raw, 17, 31)
    end
  elseif letter == 82 and sub(raw, 32, 46) <= now then
    return 0
  end
end
if not found then return false end

local agent = ARGV[found + 5]
local at, till = tonumber(now), tonumber(ARGV[5])
redis.call('HSET', KEYS[1], agent, string.format(
  'R%s%s%s{"s":"reserved","t":%.0f,"l":%.0f,"u":%.0f,"k":%s}', now, lease, ARGV[5], at, tonumber(lease), till, ARGV[3]))
redis.call('HSET', KEYS[2], ARGV[2], agent)
redis.call('ZADD', KEYS[3], till, agent)
redis.call('PUBLISH', ARGV[1], string.format('{"agent":%s,"status":"reserved","since":%.0f}', cjson.encode(agent), at))
return agent
