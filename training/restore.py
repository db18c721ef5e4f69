"""The reader's shipped files -> a checkpoint to train on: the way back of `training/export.py`.

    python training/restore.py --encoder DIR --out CKPT [--model DIR]

Every try's checkpoint is not kept; what the files hold is enough. The word pieces' vectors are never trained and come
from the pretrained encoder; the layers' weights were rounded to int8 in each output channel, and come back rounded.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from network import Network, pretrained

MODEL = Path(__file__).parent.parent / "src/sayso/reading/model"
LINEAR = ("qkv", "out", "up", "down")  # of each layer, in the graph's order

Arrays = dict[str, NDArray[np.generic]]


def arrays_of(path: Path) -> Arrays:
    """The graph's constants by name, those in int8 as the numbers they stand for."""
    held = {one.name: numpy_helper.to_array(one) for one in onnx.load(str(path)).graph.initializer}
    found: Arrays = {}
    for name, array in held.items():
        if name.endswith("_quantized"):
            base = name.removesuffix("_quantized")
            found[base] = (array.astype(np.float32) - held[f"{base}_zero_point"]) * held[f"{base}_scale"]
        elif not name.endswith(("_scale", "_zero_point")):
            found[name] = array
    return found


def restored(model: Path, encoder: Path) -> Network:
    """The network of the files in `model`; `encoder` is the folder of the pretrained encoder that they came from."""
    arrays = arrays_of(model / "encoder.onnx")
    products = [array for name, array in arrays.items() if name.startswith("onnx::MatMul")]
    types, others, *linear = products  # the heads stand before what was rounded
    whole = pretrained(encoder)
    network = Network(replace(whole.encoder.size, depth=len(linear) // len(LINEAR)))
    network.encoder.words = whole.encoder.words
    state: dict[str, NDArray[np.generic]] = {"anchors.types.weight": types.T, "anchors.others.weight": others.T}
    (marks,) = (array for name, array in arrays.items() if name.startswith("onnx::Flatten"))
    state["encoder.shape.weight"] = marks[:, 0]
    state["encoder.flags.weight"] = marks[0] - marks[0, 0]
    state["encoder.style.weight"] = arrays["encoder.style.weight"]
    for at, weight in enumerate(linear):
        name = f"encoder.layers.{at // len(LINEAR)}.{LINEAR[at % len(LINEAR)]}"
        state[f"{name}.weight"] = weight.T * arrays[f"{name}.inverse"]
        state[f"{name}.bias"] = arrays[f"{name}.linear.bias"]
    known = network.state_dict()
    state |= {name: array for name, array in arrays.items() if name in known and name not in state}
    del state["encoder.words.weight"]
    roles = arrays_of(model / "roles.onnx")
    (score,) = (array for name, array in roles.items() if name.startswith("onnx::MatMul"))
    state["roles.score.weight"] = score.T
    state |= {f"roles.{name}": array for name, array in roles.items() if f"roles.{name}" in known}
    tensors: dict[str, Tensor] = {name: torch.tensor(np.ascontiguousarray(array)) for name, array in state.items()}
    if missing := set(known) - set(tensors) - {"encoder.words.weight"}:
        raise ValueError(f"{model}: the files lack {', '.join(sorted(missing))}")
    network.load_state_dict(known | tensors)
    return network


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the pretrained encoder")
    parser.add_argument("--out", type=Path, required=True, help="the checkpoint to write")
    parser.add_argument("--model", type=Path, default=MODEL, help="folder of encoder.onnx and roles.onnx")
    args = parser.parse_args()
    torch.save(restored(args.model, args.encoder).state_dict(), args.out)


if __name__ == "__main__":
    main()
