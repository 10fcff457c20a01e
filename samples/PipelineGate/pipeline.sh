#!/usr/bin/env bash
# Fine-tune, gate, deploy. The model is deployed only when the gate says deploy (0) or deploy with monitoring (10); on block (20) the alert is raised; any
# other code means that the comparison itself did not come to an end, and nothing is deployed either.
#
#   pipeline.sh OUT [options of the gate]
#
# GATE     the gate's command line; by default the sample's own, with two simulated models and no network.
# SHARDS   in how many parts the models are asked, side by side (default 1). The parts are merged and analysed once, on the whole.
# ANALYSE  what "analyse" needs to know beside the merged run, such as "--suite strict.jsonl --policy strict"; only with SHARDS.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:?pipeline.sh OUT [options]}; shift
read -r -a gate <<< "${GATE:-dotnet run --project $here/../FineTuneGate --}"
read -r -a analyse <<< "${ANALYSE:-}"
shards=${SHARDS:-1}
mkdir -p "$out"

fine_tune() { # stands for the training job
  printf 'candidate-%s\n' "${CANDIDATE:-ft-01}" > "$out/candidate"
}

deploy() { # stands for the roll-out
  printf '%s %s\n' "$(cat "$out/candidate")" "$1" > "$out/deployed"
}

alert() { # stands for the pager: names and numbers only, never a text
  printf 'BLOCKED %s\n' "$(cat "$out/candidate")" > "$out/alert"
}

compare() {
  if [ "$shards" = 1 ]; then
    "${gate[@]}" "$@" --runs "$out/runs" --out "$out/report"
    return
  fi

  local parts=() jobs=() k job
  for ((k = 1; k <= shards; k++)); do
    "${gate[@]}" "$@" --shard "$k/$shards" --runs "$out/runs" --out "$out/report" &
    jobs+=($!)
    parts+=("$out/runs/shard-$k-of-$shards")
  done
  for job in "${jobs[@]}"; do
    wait "$job" || return
  done
  rm -rf "$out/merged"
  "${gate[@]}" merge "${parts[@]}" --into "$out/merged" || return
  "${gate[@]}" analyse "$out/merged" ${analyse[@]+"${analyse[@]}"} --out "$out/report"
}

fine_tune
compare "$@"
code=$?
case $code in
  0) deploy "" ;;
  10) deploy "monitored" ;;
  20) alert ;;
  *) printf 'The gate did not finish (exit code %s); nothing was deployed.\n' "$code" >&2 ;;
esac
exit "$code"
