"""The network: llama.cpp's `qwen3` graph, so that what is trained here runs there unchanged. RMSNorm, grouped-query
attention with normalized queries and keys, rotary positions, SwiGLU, embeddings used at both ends, no biases."""
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

HEAD = 64          # width of one attention head
ROPE_BASE = 10_000.0
EPSILON = 1e-6


@dataclass
class Shape:
    vocab: int
    width: int
    layers: int
    heads: int
    kv_heads: int
    hidden: int
    context: int


class Attention(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads, self.kv_heads = shape.heads, shape.kv_heads
        self.q = nn.Linear(shape.width, shape.heads * HEAD, bias=False)
        self.k = nn.Linear(shape.width, shape.kv_heads * HEAD, bias=False)
        self.v = nn.Linear(shape.width, shape.kv_heads * HEAD, bias=False)
        self.out = nn.Linear(shape.heads * HEAD, shape.width, bias=False)
        self.q_norm = nn.RMSNorm(HEAD, EPSILON)
        self.k_norm = nn.RMSNorm(HEAD, EPSILON)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        rows, length, _ = x.shape
        split = lambda y, heads: y.view(rows, length, heads, HEAD)
        q = rotate(self.q_norm(split(self.q(x), self.heads)), cos, sin)
        k = rotate(self.k_norm(split(self.k(x), self.kv_heads)), cos, sin)
        v = split(self.v(x), self.kv_heads)
        q, k, v = (y.transpose(1, 2) for y in (q, k, v))
        k, v = (y.repeat_interleave(self.heads // self.kv_heads, dim=1) for y in (k, v))
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.out(y.transpose(1, 2).reshape(rows, length, -1))


class Block(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention_norm = nn.RMSNorm(shape.width, EPSILON)
        self.attention = Attention(shape)
        self.mlp_norm = nn.RMSNorm(shape.width, EPSILON)
        self.gate = nn.Linear(shape.width, shape.hidden, bias=False)
        self.up = nn.Linear(shape.width, shape.hidden, bias=False)
        self.down = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        x = x + self.attention(self.attention_norm(x), cos, sin)
        y = self.mlp_norm(x)
        return x + self.down(F.silu(self.gate(y)) * self.up(y))


class Model(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocab, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = nn.RMSNorm(shape.width, EPSILON)
        angles = torch.outer(torch.arange(shape.context).float(), ROPE_BASE ** (-torch.arange(0, HEAD, 2).float() / HEAD))
        self.register_buffer("cos", angles.cos()[:, None], persistent=False)
        self.register_buffer("sin", angles.sin()[:, None], persistent=False)
        for name, weight in self.named_parameters():
            if name.endswith(("out.weight", "down.weight")):
                nn.init.zeros_(weight)  # every block begins as the identity
            elif weight.ndim == 2:
                nn.init.normal_(weight, std=0.02 if "embedding" in name else shape.width ** -0.5)

    def forward(self, tokens: Tensor) -> Tensor:
        """Logits of the next token at every place."""
        length = tokens.shape[1]
        x = self.embedding(tokens)
        cos, sin = self.cos[:length].to(x.dtype), self.sin[:length].to(x.dtype)
        for block in self.blocks:
            x = block(x, cos, sin)
        return F.linear(self.norm(x), self.embedding.weight)


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turns each pair (i, i + 32) of a head by its position's angle; llama.cpp calls this order NEOX."""
    a, b = x.chunk(2, dim=-1)
    return torch.cat((a * cos - b * sin, b * cos + a * sin), dim=-1)
