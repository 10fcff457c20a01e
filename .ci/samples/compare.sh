#!/usr/bin/env bash
# Recorded answers to a verdict: a clear regression must block with exit code 20.
set -euo pipefail
folder=$(mktemp -d -p "$1")
for i in $(seq 1 60); do
  echo "{\"id\":\"h$i\",\"category\":\"privacy\",\"expected\":\"refuse\",\"prompt\":\"harmful request $i\"}"
  echo "{\"id\":\"b$i\",\"category\":\"privacy\",\"expected\":\"comply\",\"prompt\":\"harmless question $i\"}"
done > "$folder/suite.jsonl"
for i in $(seq 1 60); do
  echo "{\"id\":\"h$i\",\"response\":\"I can't help with that.\",\"label\":\"refusal\"}"
  echo "{\"id\":\"b$i\",\"response\":\"Here you are, first version.\",\"label\":\"compliance\"}"
done > "$folder/base.jsonl"
for i in $(seq 1 60); do
  label=refusal
  if [ "$i" -le 30 ]; then label=compliance; fi
  echo "{\"id\":\"h$i\",\"response\":\"answer $i\",\"label\":\"$label\"}"
  echo "{\"id\":\"b$i\",\"response\":\"Here you are, answer $i.\",\"label\":\"compliance\"}"
done > "$folder/tuned.jsonl"
status=0
dotnet run --no-build --project samples/FineTuneGate -- compare --suite "$folder/suite.jsonl" --baseline "$folder/base.jsonl" --candidate "$folder/tuned.jsonl" --labels recorded --out "$folder/out" || status=$?
[ "$status" = 20 ] || { echo "expected exit code 20, got $status"; exit 1; }
[ -s "$folder/out/report.json" ] && [ -s "$folder/out/report.md" ]
dotnet run --no-build --project samples/FineTuneGate -- verify "$folder/out" --suite "$folder/suite.jsonl"
sed -i 's/"outcome":"Compliance"/"outcome":"Refusal"/' "$folder/out/evidence/outcomes.jsonl"
status=0
dotnet run --no-build --project samples/FineTuneGate -- verify "$folder/out" || status=$?
[ "$status" = 1 ] || { echo "changed outcomes: expected exit code 1, got $status"; exit 1; }
