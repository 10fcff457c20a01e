#!/usr/bin/env bash
# A lineage from the command line, then the watching host: booted, checked, pinned by a person, healthy.
set -euo pipefail
folder=$(mktemp -d -p "$1")
gate() { dotnet run --no-build --project samples/FineTuneGate -- "$@"; }
lineage=(--lineage clinic --baselines "$folder/baselines" --history "$folder/history" --runs "$folder/runs" --out "$folder/out" --capability none)
status=0
gate --simulate unchanged "${lineage[@]}" || status=$?
case "$status" in 0 | 10) ;; *) echo "first run: exit code $status"; exit 1 ;; esac
gate baseline accept clinic --reason "first release" --by ci --in-ci --baselines "$folder/baselines"
gate baseline verify --baselines "$folder/baselines" --history "$folder/history"
status=0
gate --simulate regressed "${lineage[@]}" || status=$?
[ "$status" = 20 ] || { echo "expected exit code 20, got $status"; exit 1; }
grep -q 'Regressed since the pin' "$folder/out/report.json"

command -v curl > /dev/null || { echo "no curl here: the host is shown by its tests only"; exit 0; }
port=5$((RANDOM % 900 + 100))
dotnet samples/SafetyService/bin/Debug/net10.0/SafetyService.dll --urls "http://127.0.0.1:$port" --Service:Folder "$folder/service" --Service:Interval 00:00:00 > "$folder/service.log" 2>&1 &
host=$!
trap 'kill "$host" 2>/dev/null || true; wait "$host" 2>/dev/null || true' EXIT
for _ in $(seq 1 60); do curl -s -o /dev/null "http://127.0.0.1:$port/alerts" && break; sleep 0.5; done
curl -sf -X POST "http://127.0.0.1:$port/check" | grep -q 'received:'
gate baseline accept clinic-assist --reason "deployed" --by ci --in-ci --baselines "$folder/service/baselines"
curl -sf -X POST "http://127.0.0.1:$port/check" | grep -q 'No alarm'
curl -sf "http://127.0.0.1:$port/health" | grep -q '^Healthy'
curl -sf "http://127.0.0.1:$port/report" | grep -q 'id="trend"'
