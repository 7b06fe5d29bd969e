"""Turns source files, or the samples that the extension's own composer made of them, into rows of tokens, packed to one
length and stored as uint16. It must write a prompt exactly as src/core/completion/fim.ts does."""
import argparse
import json
import random
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from tokenizer import END, FILE, MIDDLE, PAD, PREFIX, SPECIALS, SUFFIX, special_ids

Piece = str | tuple[str]  # text, or the name of a special token in a tuple: text never becomes a special token


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("input", type=Path, help="a .jsonl of files or of composed samples")
    options.add_argument("--tokenizer", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--sequence", type=int, default=1024)
    options.add_argument("--fim", type=float, default=0.7, help="share of raw files that is cut into fill-in-the-middle samples")
    options.add_argument("--lines-only", action="store_true", help="cut rests of lines only, one prompt order: for validation")
    share = lambda text: (text.split("=")[0], float(text.split("=")[1]))
    options.add_argument("--keep", type=share, nargs="*", default=[], help="share of a language's files, such as python=0.5")
    options.add_argument("--limit", type=int, default=10**9, help="stop after that many rows")
    options.add_argument("--seed", type=int, default=1)
    args = options.parse_args()
    tokenizer = Tokenizer.from_file(str(args.tokenizer))
    samples = read(args.input, args.fim, args.lines_only, dict(args.keep), random.Random(args.seed))
    rows = pack(encode(samples, tokenizer), args.sequence + 1, special_ids(tokenizer.get_vocab_size() + len(SPECIALS))[PAD])
    table = np.array(list(islice(rows, args.limit)), dtype=np.uint16)
    np.random.default_rng(args.seed).shuffle(table)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    np.save(args.out, table)
    print(f"{args.out}: {len(table)} rows, {table.size / 1e6:.1f}M tokens")


def read(path: Path, fim: float, lines_only: bool, keep: dict[str, float], rng: random.Random) -> Iterator[list[Piece]]:
    """Each line, in random order, is a composed sample, plain text, or a whole file of a project, which is cut here."""
    with path.open(encoding="utf-8") as file:
        lines = file.readlines()
    rng.shuffle(lines)
    for line in lines:
        entry = json.loads(line)
        if "middle" in entry:
            yield render(entry)
        elif "project" in entry and rng.random() > keep.get(entry["language"], 1.0):
            continue
        elif "project" in entry and (lines_only or rng.random() < fim):
            yield from (render(cut(entry, at, lines_only, rng)) for at in places(entry["text"], rng))
        else:
            yield [(FILE,), entry["path"] + "\n", entry["text"], (END,)]


def render(sample: dict) -> list[Piece]:
    own: list[Piece] = []
    for file in sample.get("neighbours", []):
        own += [(FILE,), file["path"] + "\n", file["text"]]
    own += [(FILE,), sample["path"] + "\n", sample.get("outline", "") + sample["prefix"]]
    if sample["order"] == "spm":
        prompt = [(SUFFIX,), sample["suffix"], (PREFIX,), *own]
    else:
        prompt = [(PREFIX,), *own, (SUFFIX,), sample["suffix"]]
    return [*prompt, (MIDDLE,), sample["middle"], (END,)]


def places(text: str, rng: random.Random, stride: int = 1800) -> Iterator[int]:
    """Cursors all over the text, on average one in `stride` characters; at least one."""
    at = rng.randrange(min(stride, len(text)))
    while at < len(text):
        yield at
        at += 1 + rng.randrange(2 * stride)


def cut(entry: dict, at: int, lines_only: bool, rng: random.Random) -> dict:
    """A sample around one cursor, made of raw text alone: what is used until composed samples exist."""
    text = entry["text"]
    line_end = text.find("\n", at)
    line_end = len(text) if line_end == -1 else line_end
    kind = 0.0 if lines_only else rng.random()
    if kind < 0.6:
        end = line_end
        closers = len(text[at:end]) - len(text[at:end].rstrip(")]};,'\"`"))
        if not lines_only and rng.random() < 0.25:  # editors close brackets before they are needed
            end -= closers
    elif kind < 0.8:
        end = min(len(text), at + 1 + int(rng.expovariate(1 / 40)))
    else:
        end = line_end
        for _ in range(rng.randrange(1, 5)):
            following = text.find("\n", end + 1)
            end = following if following != -1 else end
        end = min(end, at + 240)
    start = max(0, at - int(2400 ** rng.uniform(0.7, 1)))
    start = 0 if start == 0 else text.find("\n", start, at) + 1 or start
    behind = end + int(rng.choice([0, 300, 600, 900]) * rng.random())
    behind = text.rfind("\n", end, behind) + 1 or behind
    return {"path": entry["path"], "prefix": text[start:at], "middle": text[at:end], "suffix": text[end:behind],
            "order": "spm" if lines_only or rng.random() < 0.75 else "psm"}


def encode(samples: Iterable[list[Piece]], tokenizer: Tokenizer) -> Iterator[list[int]]:
    """Every text piece is tokenized alone, as the extension does."""
    specials = special_ids(tokenizer.get_vocab_size() + len(SPECIALS))
    samples = iter(samples)
    while batch := list(islice(samples, 2048)):
        texts = [piece for sample in batch for piece in sample if isinstance(piece, str)]
        encoded = iter(tokenizer.encode_batch_fast(texts))
        for sample in batch:
            yield [i for piece in sample for i in (next(encoded).ids if isinstance(piece, str) else [specials[piece[0]]])]


def pack(samples: Iterable[list[int]], length: int, pad: int) -> Iterator[list[int]]:
    """Rows of whole fill-in-the-middle samples; what is left of a row is filled with plain text, which may be cut anywhere."""
    file_mark = pad + SPECIALS.index(FILE) - SPECIALS.index(PAD)
    row: list[int] = []
    plain: list[int] = []
    for sample in samples:
        if sample[0] == file_mark:
            plain += sample
        elif len(row) + len(sample) <= length:
            row += sample
        elif len(sample) <= length:
            room = length - len(row)
            row, plain = row + plain[:room], plain[room:]
            yield row + [pad] * (length - len(row))
            row = sample
        while len(plain) >= 8 * length:
            yield plain[:length]
            plain = plain[length:]
    if row:
        yield row + [pad] * (length - len(row))


if __name__ == "__main__":
    main()
