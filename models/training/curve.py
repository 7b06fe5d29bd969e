"""Draws the learning curve from the logs of train.py, and prints the figures that the model card quotes."""
import argparse
import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    args = options.parse_args()
    stable, decay = read(args.work / "train.log"), last_branch(read(args.work / "decay.log"))
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
    for lines, color, name in ((stable, "tab:gray", "stable phase"), (decay, "tab:blue", "decay")):
        if not lines:
            continue
        tokens = np.array([line["tokens"] for line in lines]) / 1e6
        loss = np.array([line["loss"] for line in lines])
        left.plot(tokens, smooth(loss), color=color, label=name)
        checked = [line for line in lines if "exact" in line]
        at = [line["tokens"] / 1e6 for line in checked]
        right.plot(at, [line["bits_per_byte"] for line in checked], "o-", color=color, label=f"bits per byte, {name}")
        right.plot(at, [line["exact"] for line in checked], "s--", color=color, label=f"exact rest of line, {name}")
    left.set(xlabel="million tokens", ylabel="training loss, middle counted twice", yscale="log")
    right.set(xlabel="million tokens", title="validation, projects not trained on")
    left.legend()
    right.legend(fontsize=8)
    figure.savefig(args.out, dpi=110)
    for name, lines in (("stable", stable), ("decay", decay)):
        if lines:
            checked = [line for line in lines if "exact" in line]
            print(name, json.dumps(lines[-1] | (checked[-1] if checked else {}) | {"step": lines[-1]["step"], "tokens": lines[-1]["tokens"]}))


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def last_branch(lines: list[dict]) -> list[dict]:
    """A decay log holds one branch after another; a branch begins where the step goes back or the rate goes up."""
    begins = [i for i in range(1, len(lines)) if lines[i]["rate"] > lines[i - 1]["rate"] or lines[i]["step"] <= lines[i - 1]["step"]]
    return lines[begins[-1]:] if begins else lines


def smooth(values: np.ndarray, width: int = 20) -> np.ndarray:
    padded = np.pad(values, (width // 2, width - 1 - width // 2), mode="edge")
    return np.convolve(padded, np.ones(width) / width, mode="valid")


if __name__ == "__main__":
    main()
