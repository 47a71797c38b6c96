#!/usr/bin/env bash
# The ray tracer by two processes of one worker each, against one such process: eng/measure-raytracer.sh [rounds [samples]]. Needs redis-server and two processors that have nothing else to do.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
rounds=${1:-2}
samples=${2:-96}
work=$(mktemp -d)
pids=()

stop() {
  kill "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

cleanup() {
  # Only what was started here, the last first: the nodes before their Redis.
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do
    stop "${pids[i]}"
  done

  rm -rf "$work"
}
trap cleanup EXIT

wait_for() {
  local text=$1 file=$2
  for _ in $(seq 600); do
    ! grep -q "$text" "$file" 2>/dev/null || return 0
    sleep 0.1
  done

  echo "measure-raytracer: waited in vain for '$text':" >&2
  cat "$file" >&2
  exit 1
}

# A port that is taken ends the server at once: then another one is tried.
for _ in $(seq 20); do
  port=$((20000 + RANDOM % 12000))
  redis-server --port "$port" --bind 127.0.0.1 --dir "$work" --save '' --appendonly no >"$work/redis.log" 2>&1 &
  redis=$!
  for _ in $(seq 50); do
    ! grep -qs 'Ready to accept connections' "$work/redis.log" || break 2
    kill -0 "$redis" 2>/dev/null || break
    sleep 0.1
  done

  stop "$redis"
  redis=
done

[ -n "$redis" ] || { echo "measure-raytracer: redis-server does not start" >&2; exit 1; }
pids+=("$redis")

dotnet build samples/RayTracer -c Release --nologo -v quiet -clp:NoSummary
program=artifacts/bin/RayTracer/release/RayTracer.dll

# The seconds that the picture took, without start and join.
render() {
  dotnet "$program" --redis "127.0.0.1:$port" --render --workers 1 --samples "$samples" --output "$1" >"$work/render.log" || { cat "$work/render.log" >&2; exit 1; }
  sed -n 's/^the cluster *\([0-9.]*\) s.*/\1/p' "$work/render.log"
}

one=()
two=()
for ((round = 1; round <= rounds; round++)); do
  one+=("$(render "$work/one.png")")
  dotnet "$program" --redis "127.0.0.1:$port" --workers 1 >"$work/host.log" 2>&1 &
  host=$!
  pids+=("$host")
  wait_for READY "$work/host.log"
  two+=("$(render "$work/two.png")")
  stop "$host"
  unset 'pids[-1]'
  cmp "$work/one.png" "$work/two.png" || { echo "measure-raytracer: the pictures differ" >&2; exit 1; }
  echo "round $round: one process ${one[-1]} s, two processes ${two[-1]} s"
done

best() { printf '%s\n' "$@" | sort -n | head -n 1; }
least_one=$(best "${one[@]}")
least_two=$(best "${two[@]}")
awk -v one="$least_one" -v two="$least_two" -v load="$(cut -d ' ' -f 1 /proc/loadavg 2>/dev/null || echo unknown)" -v processors="$(getconf _NPROCESSORS_ONLN)" \
  'BEGIN { printf "best of each: %.2f s and %.2f s, %.2f times as fast; the same picture. %d processors, load average %s now: whatever else runs there makes this noisy.\n", one, two, one / two, processors, load }'
