"""Trains inkling-nano, top to bottom: data, model, two optimizers, one loop. Resumes by itself; `--decay` branches off a
shippable model from the newest checkpoint without touching the stable phase, and resumes too. Runs on CPU, on a GPU, and under torchrun.
"""
import argparse
import json
import math
import os
import signal
import time
from dataclasses import fields
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from model import Model, Shape
from tokenizer import END, MIDDLE, PAD, SPECIALS, special_ids

here = Path(__file__).parent
options = argparse.ArgumentParser(description=__doc__)
options.add_argument("--preset", required=True)
options.add_argument("--data", nargs="+", help="shards to train on; all work/<preset>/train-*.npy if not given")
options.add_argument("--decay", type=int, help="branch: this many steps from the newest checkpoint down to a learning rate of zero")
options.add_argument("--steps", type=int, help="stop the stable phase after this many steps in all")
options.add_argument("--minutes", type=float, default=math.inf, help="stop after this time, with a checkpoint")
options.add_argument("--threads", type=int, default=2)
options.add_argument("--guest", action="store_true", help="leave the processor to every other program (Linux)")
options.add_argument("--no-compile", action="store_true")
args = options.parse_args()

if args.guest:
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    Path("/proc/self/autogroup").write_text("19")  # else our session as a whole counts as much as any other

# --- where we run -----------------------------------------------------------------------------------------------------

preset = json.loads((here / "presets" / f"{args.preset}.json").read_text())
work = here / "work" / args.preset
rank, world = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
cuda = torch.cuda.is_available()
if cuda:
    torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", 0)))
else:
    torch.set_num_threads(args.threads)
if world > 1:
    dist.init_process_group("nccl" if cuda else "gloo")
device = "cuda" if cuda else "cpu"
torch.manual_seed(1)
torch.set_float32_matmul_precision("high")


def bf16_is_fast() -> bool:
    """On a GPU always; on a CPU only where its matrix products really are faster (AMX, AVX512-BF16)."""
    if cuda:
        return True
    def seconds(kind: torch.dtype) -> float:
        a = torch.randn(1024, 1024).to(kind)
        a @ a
        began = time.perf_counter()
        for _ in range(4):
            a @ a
        return time.perf_counter() - began
    return seconds(torch.bfloat16) < 0.7 * seconds(torch.float32)


autocast = torch.autocast(device, torch.bfloat16, enabled=bf16_is_fast())

# --- data -------------------------------------------------------------------------------------------------------------

shards = [np.load(path, mmap_mode="r") for path in args.data or sorted(map(str, work.glob("train-*.npy")))]
ends = np.cumsum([len(shard) for shard in shards])
valid = torch.from_numpy(np.load(work / "valid.npy").astype(np.int64)).to(device)
tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
special = special_ids(preset["vocab"])
sizes = torch.zeros(preset["vocab"])  # bytes of every token
for token, i in tokenizer.get_vocab().items():
    sizes[i] = len(token)
sizes = sizes.to(device)


def batch(first: int, count: int) -> Tensor:
    """Rows number `first` and following of an endless series of passes, each in its own random order."""
    rows = []
    for number in range(first, first + count):
        order = permutation(number // ends[-1])
        index = int(order[number % ends[-1]])
        shard = int(np.searchsorted(ends, index, side="right"))
        rows.append(shards[shard][index - (ends[shard - 1] if shard else 0), :preset["sequence"] + 1])
    return torch.from_numpy(np.stack(rows).astype(np.int64)).to(device)


passes: dict[int, np.ndarray] = {}


def permutation(number: int) -> np.ndarray:
    if number not in passes:
        passes.clear()
        passes[number] = np.random.default_rng(number).permutation(ends[-1])
    return passes[number]


def weights(tokens: Tensor) -> Tensor:
    """How much each target counts: the middle and its end twice, padding not at all."""
    place = torch.arange(tokens.shape[1], device=tokens.device).expand_as(tokens)
    marks = torch.where(tokens == special[MIDDLE], 2 * place + 1, torch.where(tokens == special[END], 2 * place, 0))
    in_middle = marks.cummax(dim=1).values[:, :-1] % 2 == 1
    return torch.where(tokens[:, 1:] == special[PAD], 0.0, 1.0 + in_middle.float())


# --- model and optimizers ---------------------------------------------------------------------------------------------

shape = Shape(**{field.name: preset[field.name] for field in fields(Shape)})
model = Model(shape).to(device)
matrices = [p for name, p in model.named_parameters() if p.ndim == 2 and "embedding" not in name]
others = [p for name, p in model.named_parameters() if p.ndim != 2 or "embedding" in name]
adam = torch.optim.AdamW(others, lr=preset["embedding_lr"], betas=(0.9, 0.95), weight_decay=0.0, fused=cuda)
momenta = [torch.zeros_like(p) for p in matrices]
state = {"step": 0, "rows": 0, "tokens": 0, "seconds": 0.0}


def orthogonal(g: Tensor) -> Tensor:
    """Five Newton-Schulz steps towards the nearest semi-orthogonal matrix (Muon: Jordan 2024), on a stack of matrices."""
    x = g.bfloat16() if cuda else g
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    if tall := g.shape[-2] > g.shape[-1]:
        x = x.mT
    for _ in range(5):
        a = x @ x.mT
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return (x.mT if tall else x).to(g.dtype)


@torch.no_grad()
def muon_step(lr: float, momentum: float = 0.95) -> None:
    """Momentum, orthogonalized; weight decay only where it agrees with the update ("cautious"). Matrices of one shape are
    done together, and each process does its share of them."""
    by_shape: dict[torch.Size, list[int]] = {}
    for i, p in enumerate(matrices):
        momenta[i].lerp_(p.grad, 1 - momentum)
        by_shape.setdefault(p.shape, []).append(i)
    for size, members in by_shape.items():
        stack = torch.stack([matrices[i].grad.lerp(momenta[i], momentum) for i in members])
        updates = torch.zeros_like(stack) if world > 1 else stack
        updates[rank::world] = orthogonal(stack[rank::world])
        if world > 1:
            dist.all_reduce(updates)
        scale = max(1.0, size[0] / size[1]) ** 0.5
        for i, update in zip(members, updates):
            p = matrices[i]
            p.mul_(1 - lr * preset["weight_decay"] * (update * p > 0))
            p.add_(update, alpha=-lr * scale)


def average_gradients() -> None:
    """One message with all gradients, which is quicker than one for each."""
    parameters = list(model.parameters())
    flat = torch.cat([p.grad.flatten() for p in parameters])
    dist.all_reduce(flat)
    for p, mean in zip(parameters, (flat / world).split([p.numel() for p in parameters])):
        p.grad.copy_(mean.view_as(p))


def losses(tokens: Tensor) -> tuple[Tensor, Tensor]:
    """Loss of every target, and whether the most probable token was the right one."""
    logits = model(tokens[:, :-1])
    targets = tokens[:, 1:]
    loss = F.cross_entropy(logits.float().view(-1, shape.vocab), targets.reshape(-1), reduction="none").view(targets.shape)
    return loss, logits.detach().argmax(-1) == targets


def train_loss(tokens: Tensor, weight: Tensor) -> Tensor:
    logits = model(tokens[:, :-1])
    loss = F.cross_entropy(logits.float().view(-1, shape.vocab), tokens[:, 1:].reshape(-1), reduction="none")
    return (loss * weight.view(-1)).sum()


compiled = train_loss if args.no_compile else torch.compile(train_loss)

# --- checkpoints ------------------------------------------------------------------------------------------------------

stable, branch, shipped = work / "checkpoint.pt", work / "decaying.pt", work / "decayed.pt"
target = branch if args.decay else stable
newest = branch if args.decay and branch.exists() else stable


def save(path: Path) -> None:
    """Writes beside, then renames: an interrupted write leaves the old checkpoint."""
    if rank == 0:
        beside = path.with_suffix(".part")
        torch.save({"model": model.state_dict(), "adam": adam.state_dict(), "momenta": momenta, "state": state, "preset": preset}, beside)
        os.replace(beside, path)


if newest.exists():
    saved = torch.load(newest, map_location=device)
    model.load_state_dict(saved["model"])
    if "adam" in saved:  # not where it was made of a GGUF
        adam.load_state_dict(saved["adam"])
        momenta = saved["momenta"]
    state = saved["state"]

# --- validation -------------------------------------------------------------------------------------------------------


@torch.no_grad()
def validate() -> dict[str, float]:
    """Bits per byte of text, and how often a whole middle, its end too, is what greedy decoding would have given."""
    nats = size = right = middles = 0.0
    for rows in valid.split(8):
        with autocast:
            loss, hit = losses(rows)
        targets = rows[:, 1:]
        weight = weights(rows)
        nats += loss[sizes[targets] > 0].sum().item()
        size += sizes[targets].sum().item()
        for row in range(len(rows)):
            ends_at = (targets[row] == special[END]) & (weight[row] == 2)
            last = 0
            for end in ends_at.nonzero().flatten().tolist():
                inside = weight[row, last:end + 1] == 2
                right += bool(hit[row, last:end + 1][inside].all())
                middles += 1
                last = end + 1
    return {"bits_per_byte": nats / math.log(2) / size, "exact": right / max(1, middles)}


# --- the loop ---------------------------------------------------------------------------------------------------------

stop = args.steps or preset["steps"]
if args.decay:
    stop = state.setdefault("branched_at", state["step"]) + args.decay
log = (work / ("decay.log" if args.decay else "train.log")).open("a") if rank == 0 else open(os.devnull, "w")
began = saved_at = time.monotonic()
micro = min(preset["micro_rows"], preset["batch_rows"] // world)

interrupted = False


def interrupt(*_: object) -> None:
    global interrupted
    interrupted = True


signal.signal(signal.SIGTERM, interrupt)  # a last checkpoint, then the end

while state["step"] < stop:
    step_began = time.monotonic()
    rate = min(1.0, (state["step"] + 1) / preset["warmup"])
    if args.decay:
        rate *= (stop - state["step"]) / args.decay
    rows = batch(state["rows"], preset["batch_rows"])[rank::world]
    weight = weights(rows)
    late = interrupted or time.monotonic() - began > 60 * args.minutes
    counts = torch.stack([weight.sum(), torch.tensor(float(late), device=device)])
    if world > 1:
        dist.all_reduce(counts)
    if counts[1] > 0:  # one process that has to stop stops all
        break
    total = counts[0] / world
    loss = torch.zeros((), device=device)
    for part, part_weight in zip(rows.split(micro), weight.split(micro)):
        with autocast:
            part_loss = compiled(part, part_weight) / total
        part_loss.backward()
        loss += part_loss.detach()
    if world > 1:
        average_gradients()
        dist.all_reduce(loss)
        loss /= world
    for group in adam.param_groups:
        group["lr"] = preset["embedding_lr"] * rate
    adam.step()
    muon_step(preset["matrix_lr"] * rate, 0.85 + 0.1 * min(1.0, state["step"] / 300))
    model.zero_grad()

    seconds = time.monotonic() - step_began
    state["step"] += 1
    state["rows"] += preset["batch_rows"]
    state["tokens"] += preset["batch_rows"] * preset["sequence"]
    state["seconds"] += seconds
    line = {"step": state["step"], "tokens": state["tokens"], "loss": round(loss.item(), 4), "rate": round(rate, 4),
            "tokens_per_second": round(preset["batch_rows"] * preset["sequence"] / seconds), "hours": round(state["seconds"] / 3600, 4)}
    if rank == 0 and (state["step"] % preset["eval_every"] == 0 or state["step"] == stop):
        line |= {name: round(value, 4) for name, value in validate().items()}
    print(json.dumps(line), file=log, flush=True)
    if time.monotonic() - saved_at > 60 * preset["save_minutes"]:
        save(target)
        saved_at = time.monotonic()

save(target)
if args.decay and state["step"] == stop and rank == 0:
    os.replace(branch, shipped)
if world > 1:
    dist.destroy_process_group()
