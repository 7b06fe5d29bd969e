"""Makes a checkpoint of a shipped GGUF, for a computer whose work folder is gone: training goes on from there with new momenta.
What Q8_0 has rounded is learned again within a few steps."""
import argparse
import json
from dataclasses import fields
from pathlib import Path

import gguf
import torch

from export import translate
from model import Model, Shape

here = Path(__file__).parent
options = argparse.ArgumentParser(description=__doc__)
options.add_argument("--preset", required=True)
options.add_argument("--gguf", type=Path, default=here.parent / "inkling-nano.gguf")
args = options.parse_args()

preset = json.loads((here / "presets" / f"{args.preset}.json").read_text())
reader = gguf.GGUFReader(args.gguf)
stored = {tensor.name: tensor for tensor in reader.tensors}
model = Model(Shape(**{field.name: preset[field.name] for field in fields(Shape)}))
weights = {}
for name, parameter in model.state_dict().items():
    tensor = stored[translate(name)]
    values = torch.from_numpy(gguf.dequantize(tensor.data, tensor.tensor_type).copy())
    weights[name] = values.reshape(parameter.shape)
model.load_state_dict(weights)


def history(name: str) -> float:
    """What export.py wrote of the run so far."""
    field = reader.get_field(f"inkling.training.{name}")
    return float(field.contents()) if field else 0.0


state = {"step": int(history("steps")), "rows": 0, "tokens": int(history("tokens")), "seconds": history("seconds")}
out = here / "work" / args.preset / "checkpoint.pt"
if out.exists():
    raise SystemExit(f"{out} exists: it knows more than the GGUF does")
out.parent.mkdir(parents=True, exist_ok=True)
torch.save({"model": weights, "state": state, "preset": preset}, out)
print(f"{out}: {state['tokens'] / 1e6:.1f}M tokens seen")
