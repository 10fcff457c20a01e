#!/usr/bin/env bash
# The embedded default and its two siblings over HTTP: each ends in a verdict and files.
set -euo pipefail
work=$1
for kind in regressed unchanged over-refusing; do
  status=0
  dotnet run --project samples/FineTuneGate --no-build -- --simulate "$kind" --out "$work/$kind" --runs "$work/runs" || status=$?
  case "$kind:$status" in
    regressed:20 | over-refusing:20 | unchanged:0 | unchanged:10) ;;
    *) echo "simulate $kind: exit code $status"; exit 1 ;;
  esac
  dotnet run --project samples/FineTuneGate --no-build -- verify "$work/$kind"
  test -s "$work/$kind/report.json" && test -s "$work/$kind/report.md"
done
dotnet run --project samples/FineTuneGate --no-build -- self-test --suite sanity-check
dotnet run --project samples/QuickStart --no-build
