-- POST bodies one after another from a file, or GET when none is named; the summary as one JSON line at the end.
local bodies, at = {}, 0

function init(args)
  pause = tonumber(args[2]) -- for paused.lua
  if not args[1] then bodies[1] = wrk.format("GET") return end
  for line in io.lines(args[1]) do bodies[#bodies + 1] = wrk.format("POST", nil, nil, line) end
end

function request()
  at = at % #bodies + 1
  return bodies[at]
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('\n{"requests": %d, "seconds": %.6f, "p50_us": %d, "p99_us": %d, "bad": %d}\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50), latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
