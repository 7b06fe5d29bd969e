"""Writes what the trainer's side says about an exported model: next-token probabilities of PyTorch and tokens of the trained
tokenizer. test/worker/parity.test.ts holds llama.cpp against it, without Python."""
import argparse
import hashlib
import json
import random
from dataclasses import fields
from itertools import islice
from pathlib import Path

import torch
from tokenizers import Tokenizer

from model import Model, Shape
from shards import cut, encode, render
from tokenizer import END, special_ids

# Development dependencies, pinned by package-lock.json: who runs the tests has their files.
PACKAGES = ["eslint", "@eslint", "@typescript-eslint", "mocha", "esquery", "acorn", "vscode-languageserver",
            "vscode-languageserver-protocol", "vscode-languageclient", "typescript-eslint", "ajv", "prettier", "yargs"]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tokenizer", type=Path, required=True)
    options.add_argument("--files", type=Path, required=True, help="held-out .jsonl")
    options.add_argument("--hashes-only", action="store_true", help="print a hash of the tokens of each of the first thousand files, no more")
    options.add_argument("--checkpoint", type=Path)
    options.add_argument("--gguf", type=Path)
    options.add_argument("--root", type=Path, default=Path("../.."), help="folder of node_modules")
    options.add_argument("--out", type=Path)
    args = options.parse_args()
    tokenizer = Tokenizer.from_file(str(args.tokenizer))
    with args.files.open(encoding="utf-8") as lines:
        entries = [json.loads(line) for line in islice(lines, 1000)]
    if args.hashes_only:
        print(json.dumps([fingerprint(tokenizer, entry["text"]) for entry in entries]))
        return
    answer = {"sha256": hashlib.sha256(args.gguf.read_bytes()).hexdigest(),
              "prompts": prompts(entries, args.checkpoint, tokenizer),
              "texts": [[str(path.relative_to(args.root)), fingerprint(tokenizer, path.read_text(encoding="utf-8"))]
                        for path in sources(args.root)]}
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(json.dumps(answer) + "\n")
    print(f"{args.out}: {len(answer['prompts'])} prompts, {len(answer['texts'])} texts")


def fingerprint(tokenizer: Tokenizer, text: str) -> str:
    return hashlib.sha256(",".join(map(str, tokenizer.encode(text).ids)).encode()).hexdigest()[:16]


def sources(root: Path) -> list[Path]:
    paths = [path for name in PACKAGES for path in sorted((root / "node_modules" / name).rglob("*"))
             if path.suffix in (".ts", ".js", ".cjs", ".mjs", ".md", ".json") and 200 < path.stat().st_size < 30_000]
    random.Random(1).shuffle(paths)
    return sorted(paths[:1000])


@torch.no_grad()
def prompts(entries: list[dict], checkpoint: Path, tokenizer: Tokenizer) -> list[dict]:
    """Twenty prompts from held-out files, each with the log-probabilities of the ten most probable next tokens."""
    saved = torch.load(checkpoint, map_location="cpu")
    shape = Shape(**{field.name: saved["preset"][field.name] for field in fields(Shape)})
    model = Model(shape)
    model.load_state_dict(saved["model"])
    end = special_ids(shape.vocab)[END]
    rng = random.Random(2)
    samples = [render(cut(entry, rng.randrange(len(entry["text"])), True, rng))[:-2] for entry in entries[:40]]
    fitting = [ids for ids in encode(samples, tokenizer) if end not in ids and len(ids) <= shape.context][:20]
    answers = []
    for ids in fitting:
        best = model(torch.tensor([ids]))[0, -1].log_softmax(-1).topk(10)
        answers.append({"tokens": ids, "best": [[i, round(p, 4)] for i, p in zip(best.indices.tolist(), best.values.tolist())]})
    return answers


if __name__ == "__main__":
    main()
