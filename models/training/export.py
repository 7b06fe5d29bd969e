"""Writes a checkpoint as GGUF: architecture `qwen3`, matrices Q8_0, norms F32, fill-in-the-middle tokens named in the
metadata. With --reference it also writes what the parity tests compare llama.cpp with."""
import argparse
import hashlib
import json
from dataclasses import fields
from pathlib import Path

import gguf
import numpy as np
import torch
from tokenizers import Tokenizer

from model import EPSILON, HEAD, ROPE_BASE, Model, Shape
from tokenizer import END, FILE, MIDDLE, PAD, PREFIX, SUFFIX, special_ids

NAMES = {"attention_norm": "attn_norm", "attention.q": "attn_q", "attention.k": "attn_k", "attention.v": "attn_v",
         "attention.out": "attn_output", "attention.q_norm": "attn_q_norm", "attention.k_norm": "attn_k_norm",
         "mlp_norm": "ffn_norm", "gate": "ffn_gate", "up": "ffn_up", "down": "ffn_down",
         "embedding": "token_embd", "norm": "output_norm"}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--checkpoint", type=Path, required=True)
    options.add_argument("--tokenizer", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--catalog", type=Path, help="record size and SHA-256 in this catalog.json")
    options.add_argument("--reference", type=Path, help="write prompts with PyTorch's answers here")
    options.add_argument("--files", type=Path, help="held-out .jsonl that the prompts and texts of --reference come from")
    args = options.parse_args()
    saved = torch.load(args.checkpoint, map_location="cpu")
    tokenizer = Tokenizer.from_file(str(args.tokenizer))
    shape = Shape(**{field.name: saved["preset"][field.name] for field in fields(Shape)})
    write(args.out, shape, saved["model"], tokenizer)
    digest = hashlib.sha256(args.out.read_bytes()).hexdigest()
    print(f"{args.out}: {args.out.stat().st_size} bytes, sha256 {digest}, {saved['state']['tokens'] / 1e6:.1f}M tokens seen")
    if args.catalog:
        record(args.catalog, args.out, digest)
    if args.reference:
        args.reference.parent.mkdir(parents=True, exist_ok=True)
        args.reference.write_text(json.dumps(reference(args.files, shape, saved["model"], tokenizer, digest)) + "\n")


def write(path: Path, shape: Shape, weights: dict[str, torch.Tensor], tokenizer: Tokenizer) -> None:
    writer = gguf.GGUFWriter(path, "qwen3")
    writer.add_name("inkling-nano")
    writer.add_license("Apache-2.0")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.hidden)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_key_length(HEAD)
    writer.add_value_length(HEAD)
    writer.add_rope_freq_base(ROPE_BASE)
    writer.add_layer_norm_rms_eps(EPSILON)
    add_vocabulary(writer, tokenizer, shape.vocab)
    for name, weight in weights.items():
        data = weight.float().numpy()
        if data.ndim == 1:
            writer.add_tensor(translate(name), data)
        else:
            quantized = gguf.quantize(data, gguf.GGMLQuantizationType.Q8_0)
            writer.add_tensor(translate(name), quantized, raw_dtype=gguf.GGMLQuantizationType.Q8_0)
    path.parent.mkdir(parents=True, exist_ok=True)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def translate(name: str) -> str:
    parts = name.removesuffix(".weight").split(".")
    if parts[0] == "blocks":
        return f"blk.{parts[1]}.{NAMES['.'.join(parts[2:])]}.weight"
    return f"{NAMES[parts[0]]}.weight"


def add_vocabulary(writer: gguf.GGUFWriter, tokenizer: Tokenizer, vocab: int) -> None:
    special = special_ids(vocab)
    tokens = [token for token, _ in sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])] + list(special)
    kinds = [gguf.TokenType.NORMAL] * (vocab - len(special)) + [gguf.TokenType.CONTROL] * len(special)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("superbpe")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges([" ".join(pair) for pair in json.loads(tokenizer.to_str())["model"]["merges"]])
    writer.add_eos_token_id(special[END])
    writer.add_eot_token_id(special[END])
    writer.add_pad_token_id(special[PAD])
    writer.add_add_bos_token(False)
    writer.add_add_eos_token(False)
    for key, token in {"pre": PREFIX, "suf": SUFFIX, "mid": MIDDLE, "pad": PAD, "sep": FILE}.items():
        writer.add_uint32(f"tokenizer.ggml.fim_{key}_token_id", special[token])


def record(catalog: Path, model: Path, digest: str) -> None:
    known = json.loads(catalog.read_text()) if catalog.exists() else {}
    known["embedded"] = {**known.get("embedded", {}), "id": model.stem, "file": model.name, "bytes": model.stat().st_size, "sha256": digest}
    catalog.write_text(json.dumps(known, indent=2) + "\n")


@torch.no_grad()
def reference(files: Path, shape: Shape, weights: dict[str, torch.Tensor], tokenizer: Tokenizer, digest: str) -> dict:
    """Twenty prompts with the log-probabilities of PyTorch's ten best next tokens, and the tokens of a thousand held-out
    texts: some in full, all as one hash each, so that the file stays small."""
    model = Model(shape)
    model.load_state_dict(weights)
    with files.open(encoding="utf-8") as lines:
        entries = [json.loads(line) for line, _ in zip(lines, range(1000))]
    special = special_ids(shape.vocab)
    prompts = []
    for entry in entries[:20]:
        text = entry["text"][:1500]
        ids = [special[SUFFIX], *tokenizer.encode(text[1000:]).ids, special[PREFIX], special[FILE],
               *tokenizer.encode(entry["path"] + "\n").ids, *tokenizer.encode(text[:1000]).ids, special[MIDDLE]][-shape.context:]
        best = model(torch.tensor([ids]))[0, -1].log_softmax(-1).topk(10)
        prompts.append({"tokens": ids, "best": [[i, round(p, 4)] for i, p in zip(best.indices.tolist(), best.values.tolist())]})
    return {"sha256": digest, "prompts": prompts}


if __name__ == "__main__":
    main()
