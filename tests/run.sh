#!/usr/bin/env bash
# Builds everything and runs every test project, then prints one line: N passed, N failed.
set -uo pipefail
cd "$(dirname "$0")/.."
configuration=Release
results=artifacts/tests
rm -rf "$results" && mkdir -p "$results"

echo "Building the solution ($configuration) ..."
if ! dotnet build serverless.sln -c "$configuration" -v quiet -clp:NoSummary -p:Analyze=true; then
  echo "The build failed."
  echo "0 passed, 1 failed"
  exit 1
fi

passed=0 failed=0 skipped=0 broken=()
for project in tests/*.Tests tests/Shop.Simulation tests/Shop.Scenarios; do
  name=$(basename "$project")
  [ -f "$project/$name.csproj" ] || continue
  log=$results/$name.log
  started=$SECONDS
  # One project after the other: they start database servers, and two cores are soon busy.
  # One that hangs is a failure with a name, not a build without an end.
  timeout --kill-after=30 1200 dotnet "$project/bin/$configuration/net10.0/$name.dll" --results-directory "$results" --ansi off --progress off >"$log" 2>&1
  code=$?
  count() { sed -nE "s/^ *$1: ([0-9]+).*/\1/p" "$log" | tail -n 1; }
  p=$(count succeeded) f=$(count failed) s=$(count skipped)
  # A runner whose words have changed, or a suite without tests, must not look like a success.
  [ "${p:-0}" -gt 0 ] || [ "$code" -ne 0 ] || { echo "$name: no passed test could be counted."; code=1; }
  passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0})) skipped=$((skipped + ${s:-0}))
  printf '%-28s %4s passed, %s failed, %s skipped, %d s\n' "$name" "${p:-0}" "${f:-0}" "${s:-0}" $((SECONDS - started))
  # 8 means that a project has no tests: an empty suite is a failure, not a success.
  if [ "$code" -ne 0 ]; then
    broken+=("$name")
    [ "${f:-0}" -eq 0 ] && failed=$((failed + 1))
    echo "--- $name (exit code $code) ---"
    grep -nE '^(failed|  |Unhandled|error)' "$log" | tail -n 80 || tail -n 80 "$log"
  fi
done

# Others' tools over what Shop.Cdk.Tests has synthesized; a test shows that the Regions are alike, so one is enough here. `make check-templates` takes all.
synthesized=tests/Shop.Cdk.Tests/bin/$configuration/net10.0/synthesized
check() { # NAME COMMAND …
  local name=$1 log=$results/$1.log started=$SECONDS
  shift
  if "$@" >"$log" 2>&1; then passed=$((passed + 1)); else failed=$((failed + 1)); broken+=("$name"); tail -n 40 "$log"; fi
  printf '%-28s %s (%d s)\n' "$name" "$(tail -n 1 "$log")" $((SECONDS - started))
}
if cdk/install.sh; then
  check asl-validator node cdk/checks/asl.mjs
  check cdk-nag env NAG_STACKS=-primary- node cdk/checks/nag.mjs "$synthesized/default" "$synthesized/other"
else
  failed=$((failed + 1)) broken+=(npm)
fi

if [ "${#broken[@]}" -gt 0 ]; then
  # Once more, short: whoever sees the end of a long log only still learns what broke.
  for name in "${broken[@]}"; do grep -hE -A 2 '^failed ' "$results/$name.log" 2>/dev/null | cut -c1-600; done
  echo "Failed: ${broken[*]}. Logs: $results/"
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
