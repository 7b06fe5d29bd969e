"""Writes a checkpoint as GGUF: architecture `qwen3`, matrices Q8_0, norms F32, fill-in-the-middle tokens named in the
metadata. What the parity tests compare it with is written by reference.py."""
import argparse
import hashlib
import json
from dataclasses import fields
from pathlib import Path

import gguf
import torch
from tokenizers import Tokenizer

from model import EPSILON, HEAD, ROPE_BASE, Shape
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
    args = options.parse_args()
    saved = torch.load(args.checkpoint, map_location="cpu")
    tokenizer = Tokenizer.from_file(str(args.tokenizer))
    shape = Shape(**{field.name: saved["preset"][field.name] for field in fields(Shape)})
    write(args.out, shape, saved["model"], tokenizer, saved["state"])
    digest = hashlib.sha256(args.out.read_bytes()).hexdigest()
    print(f"{args.out}: {args.out.stat().st_size} bytes, sha256 {digest}, {saved['state']['tokens'] / 1e6:.1f}M tokens seen")
    if args.catalog:
        record(args.catalog, args.out, digest)


def write(path: Path, shape: Shape, weights: dict[str, torch.Tensor], tokenizer: Tokenizer, state: dict) -> None:
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
    for name, value in {"steps": state["step"], "tokens": state["tokens"], "seconds": round(state["seconds"])}.items():
        writer.add_uint64(f"inkling.training.{name}", value)  # so that training can go on from this file alone; see resume.py
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
    """Replaces the entry of this file in the catalogue of models, or adds it."""
    known = json.loads(catalog.read_text()) if catalog.exists() else {"models": []}
    others = [entry for entry in known["models"] if entry["file"] != model.name]
    before = next((entry for entry in known["models"] if entry["file"] == model.name), {"id": model.stem})
    entry = {**before, "file": model.name, "bytes": model.stat().st_size, "sha256": digest}
    catalog.write_text(json.dumps({**known, "models": [entry, *others]}, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
