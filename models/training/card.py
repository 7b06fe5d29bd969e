"""Prints the parts of the model card that are figures: the model file, the training run, and the packages with licences."""
import argparse
import json
from pathlib import Path

import torch
from gguf import GGUFReader


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--gguf", type=Path, required=True)
    options.add_argument("--checkpoint", type=Path, required=True)
    options.add_argument("--report", type=Path, default=Path("work/files/report.json"))
    args = options.parse_args()
    reader, saved = GGUFReader(args.gguf), torch.load(args.checkpoint, map_location="cpu")
    preset, state = saved["preset"], saved["state"]
    print("| what | figure |\n|---|---|")
    print(f"| parameters | {sum(int(tensor.n_elements) for tensor in reader.tensors):,} |")
    print(f"| file | {args.gguf.stat().st_size:,} bytes, Q8_0 |")
    print(f"| shape | {preset['layers']} layers of width {preset['width']}, {preset['heads']} query and {preset['kv_heads']} key/value heads of 64, SwiGLU of {preset['hidden']} |")
    print(f"| vocabulary, context | {preset['vocab']:,} and {preset['context']:,} tokens |")
    print(f"| trained on | {state['tokens'] / 1e6:.1f} million tokens in {state['step']:,} steps |")
    print(f"| training time | {state['seconds'] / 3600:.2f} hours |")
    if args.report.exists():
        packages(json.loads(args.report.read_text())["packages"])


def packages(entries: list[dict]) -> None:
    print("\n| split | packages | files | TypeScript, MB | JavaScript, MB | Python, MB |\n|---|---|---|---|---|---|")
    for split in ("train", "valid", "test"):
        chosen = [entry for entry in entries if entry["split"] == split]
        sizes = [sum(entry["bytes"].get(language, 0) for entry in chosen for language in names) / 1e6
                 for names in (("typescript", "typescriptreact"), ("javascript", "javascriptreact"), ("python",))]
        print(f"| {split} | {len(chosen)} | {sum(entry['files'] for entry in chosen):,} | " + " | ".join(f"{size:.1f}" for size in sizes) + " |")
    print("\n| split | package | version | licence | files |\n|---|---|---|---|---|")
    for entry in sorted(entries, key=lambda entry: (entry["split"], entry["name"].lower())):
        if entry["files"]:
            print(f"| {entry['split']} | {entry['name']} ({entry['registry']}) | {entry['version']} | {entry['licence']} | {entry['files']} |")


if __name__ == "__main__":
    main()
