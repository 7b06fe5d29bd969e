#!/usr/bin/env bash
# From packages to a loaded GGUF: run.sh --preset smoke|cpu|gpu [--step NAME]...; without --step all steps, in this order:
#   python corpus samples tokenizer shards train decay export reference load
# INKLING_PYTHON names another interpreter than .venv/bin/python, INKLING_LAUNCH what starts train.py, such as
# "torchrun --nproc-per-node 8".
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)

preset="" steps=()
while [ $# -gt 0 ]; do
  case "$1" in
    --preset) preset=$2; shift 2 ;;
    --step) steps+=("$2"); shift 2 ;;
    *) echo "unknown option $1; usage: run.sh --preset smoke|cpu|gpu [--step NAME]..." >&2; exit 2 ;;
  esac
done
[ -f "presets/$preset.json" ] || { echo "there is no preset '$preset'" >&2; exit 2; }
[ ${#steps[@]} -gt 0 ] || steps=(python corpus samples tokenizer shards train decay export reference load)

python=${INKLING_PYTHON:-$root/.venv/bin/python}
work=work/$preset
text=work
vocab=$(grep -o '"vocab": [0-9]*' "presets/$preset.json" | grep -o '[0-9]*')
sequence=$(grep -o '"sequence": [0-9]*' "presets/$preset.json" | grep -o '[0-9]*')
megabytes=40 limit=1000000 checked=96 corpus=()
if [ "$preset" = smoke ]; then
  text=work/smoke megabytes=2 limit=600 checked=24 corpus=(--preset smoke)
fi
[ "$preset" != gpu ] || megabytes=120

for step in "${steps[@]}"; do
  echo "== $step ($preset)"
  case "$step" in
    python)
      [ -x "$python" ] || python3 -m venv "$root/.venv"
      "$python" -c 'import torch, tokenizers, gguf, numpy, matplotlib' 2>/dev/null || "$python" -m pip install --quiet -r requirements.txt ;;
    corpus)
      (cd "$root" && npx --no-install tsx models/training/corpus/build.ts "${corpus[@]}") ;;
    samples)
      if [ -f corpus/samples.ts ]; then (cd "$root" && npx --no-install tsx models/training/corpus/samples.ts "${corpus[@]}")
      else echo "no composer samples; raw files are cut instead"; fi ;;
    tokenizer)
      if [ -f "tokenizers/$preset.json" ]; then mkdir -p "$work" && cp "tokenizers/$preset.json" "$work/tokenizer.json" # what shipped models use
      else "$python" tokenizer.py --files "$text/files/train.jsonl" --out "$work/tokenizer.json" --vocab "$vocab" --megabytes "$megabytes"; fi ;;
    shards)
      if [ -f "$text/samples/train.jsonl" ]; then
        "$python" shards.py "$text/samples/train.jsonl" --tokenizer "$work/tokenizer.json" --sequence "$sequence" --limit "$limit" --out "$work/train-composed.npy"
      else
        "$python" shards.py "$text/files/train.jsonl" --tokenizer "$work/tokenizer.json" --sequence "$sequence" --limit "$limit" --out "$work/train-raw.npy"
      fi
      "$python" shards.py "$text/files/valid.jsonl" --lines-only --tokenizer "$work/tokenizer.json" --sequence "$sequence" --limit "$checked" --out "$work/valid.npy" ;;
    train)
      ${INKLING_LAUNCH:-$python} train.py --preset "$preset" ;;
    decay)
      ${INKLING_LAUNCH:-$python} train.py --preset "$preset" --decay "$(grep -o '"decay": [0-9]*' "presets/$preset.json" | grep -o '[0-9]*$')"
      "$python" curve.py --work "$work" --out "$work/curve.png" ;;
    export)
      "$python" export.py --checkpoint "$work/decayed.pt" --tokenizer "$work/tokenizer.json" --out "$work/inkling-nano.gguf" ;;
    reference)
      "$python" reference.py --files "$text/files/test.jsonl" --tokenizer "$work/tokenizer.json" --checkpoint "$work/decayed.pt" \
        --gguf "$work/inkling-nano.gguf" --root "$root" --out "$work/parity.json" ;;
    load)
      (cd "$root" && INKLING_PARITY="models/training/$work" npx --no-install mocha test/worker/parity.test.ts) ;;
    *) echo "there is no step '$step'" >&2; exit 2 ;;
  esac
done
