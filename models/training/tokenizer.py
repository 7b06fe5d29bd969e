"""Learns the byte-level BPE and writes it as work/<preset>/tokenizer.json. It must not know what the model looks like.

llama.cpp knows only a few ways to cut text before the merges are applied. We use the one that it calls `superbpe`: it
isolates numbers and nothing else, so a merge may cross a space. What a token may look like is decided here, in training:
never over a line break, never two digits, never out of the middle of a word into the next one.
"""
import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers

END, PREFIX, SUFFIX, MIDDLE, PAD, FILE = SPECIALS = [
    "<|endoftext|>", "<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>", "<|fim_pad|>", "<|file_sep|>"]

# What a token of the first stage may be part of: a line break with its indentation, a word with the one character
# before it, one digit, punctuation, other white space.
WORDS = r"\n\s*|[^\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+|\s+"
# The regular expressions of llama.cpp's `superbpe`, as in llama-vocab.cpp.
NUMBERS, THOUSANDS = r"\p{N}+", r"(?=(\d{3})+(?!\d))"
# Tokens of the first stage stand as single characters of this private plane while the second stage learns.
PLANE = 0xF0000


def special_ids(vocab: int) -> dict[str, int]:
    """The special tokens are the last ones of the vocabulary."""
    return {name: vocab - len(SPECIALS) + i for i, name in enumerate(SPECIALS)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=Path, default=Path("work/files/train.jsonl"))
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--vocab", type=int, required=True)
    options.add_argument("--phrases", type=float, default=0.25, help="share of the vocabulary for tokens that cross spaces")
    options.add_argument("--megabytes", type=float, default=40, help="how much text is looked at")
    args = options.parse_args()
    texts = sample(args.files, int(args.megabytes * 1e6))
    tokenizer = learn(texts, args.vocab, args.phrases)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    assert tokenizer.get_vocab_size() == args.vocab - len(SPECIALS), "too little text for this vocabulary"
    tokenizer.save(str(args.out))
    probe = texts[:500]
    count = sum(len(e.ids) for e in tokenizer.encode_batch(probe))
    size = sum(len(t.encode()) for t in probe)
    print(f"{args.out}: {tokenizer.get_vocab_size()} tokens, {size / count:.3f} bytes a token on its own text")


def sample(path: Path, limit: int) -> list[str]:
    """Texts drawn at random, up to `limit` characters; always the same ones for the same file."""
    with path.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    random.Random(1).shuffle(texts)
    taken, total = [], 0
    for text in texts:
        if total >= limit:
            break
        taken.append(text[:100_000])
        total += len(taken[-1])
    return taken


def learn(texts: list[str], vocab: int, phrases: float) -> Tokenizer:
    """Two stages: ordinary tokens inside words first, then the most frequent sequences of those within a line."""
    merges = vocab - 256 - len(SPECIALS)
    words = learn_words(texts, merges - round(merges * phrases))
    ids = {token: i for i, token in enumerate(sorted(pre_tokenizers.ByteLevel.alphabet()))}
    pairs: list[tuple[str, str]] = []
    for left, right in words + learn_phrases(texts, words, round(merges * phrases)):
        if left + right not in ids and len(pairs) < merges:
            ids[left + right] = len(ids)
            pairs.append((left, right))
    return assemble(ids, pairs)


def learn_words(texts: list[str], merges: int) -> list[tuple[str, str]]:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(WORDS), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=256 + merges, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    return merges_of(tokenizer)


def learn_phrases(texts: list[str], words: list[tuple[str, str]], merges: int) -> list[tuple[str, str]]:
    """Learns BPE once more on top of the tokens of the first stage, each of which stands as one character."""
    if merges == 0:
        return []
    ids = {token: i for i, token in enumerate(sorted(pre_tokenizers.ByteLevel.alphabet()))}
    for left, right in words:
        ids[left + right] = len(ids)
    first = assemble(ids, words)
    first.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(WORDS), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    names = {i: token for token, i in ids.items()}
    second = Tokenizer(models.BPE())
    second.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    second.train_from_iterator(runs(first, names, texts), trainers.BpeTrainer(
        vocab_size=len(ids) + merges + 256, initial_alphabet=[chr(PLANE + i) for i in ids.values()],
        max_token_length=5, show_progress=False))
    spell = lambda token: "".join(names[ord(c) - PLANE] for c in token)
    return [(spell(left), spell(right)) for left, right in merges_of(second)]


def runs(first: Tokenizer, names: dict[int, str], texts: list[str]) -> Iterator[str]:
    """Each text as its runs of tokens that may grow together: within a line, no digits, no wide gaps."""
    digits, breaks = set("0123456789"), ("Ċ", "ċ", "ĉ", "ĠĠ")
    apart = {i for i, name in names.items() if any(b in name for b in breaks) or digits & set(name)}
    for start in range(0, len(texts), 256):
        for encoding in first.encode_batch_fast(texts[start:start + 256]):
            yield "".join(" " if i in apart else chr(PLANE + i) for i in encoding.ids)


def merges_of(tokenizer: Tokenizer) -> list[tuple[str, str]]:
    return [tuple(pair) for pair in json.loads(tokenizer.to_str())["model"]["merges"]]


def assemble(ids: dict[str, int], merges: list[tuple[str, str]]) -> Tokenizer:
    """The tokenizer as llama.cpp will run it. The special tokens are not in it: text never becomes one of them."""
    tokenizer = Tokenizer(models.BPE(vocab=dict(ids), merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(NUMBERS), "isolated"), pre_tokenizers.Split(Regex(THOUSANDS), "isolated"),
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    return tokenizer


if __name__ == "__main__":
    main()
