"""A trained checkpoint -> the reader's files: two ONNX graphs, the tokenizer and the settings, in one folder.

    python training/export.py --checkpoint CKPT --encoder DIR --out DIR [--full-precision]

The encoder's weights are quantised to int8 (dynamic, per channel) from the plain graph; the role head stays in float.
Before that the range of activations that few channels stretch is moved into the weights (SmoothQuant, Xiao et al.
2023), by what the encoder makes of the example pool's reports.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from network import Network, network_of
from sayso.reading.labels import BUCKETS
from sayso.reading.model import CLS, SEP
from sayso.reading.windows import Words, windows_of, words_of

POOL = Path(__file__).parent.parent / "examples/pool"
IN_FLOAT = ("/anchors/",)  # the heads: next to nothing in size and time, and every decision
MOVED = 0.8  # share of the range that moves from activations into weights: least error of 0.5, 0.7, 0.8, 0.9 and 1


class Smoothed(nn.Module):
    """A linear layer that scales its input's channels down and its weights' rows up by as much."""

    def __init__(self, linear: nn.Linear, highest: Tensor) -> None:
        super().__init__()
        weights = linear.weight.abs().amax(0).clamp(min=1e-5)
        scale = (highest.clamp(min=1e-5) ** MOVED / weights ** (1 - MOVED)).clamp(min=1e-3)
        self.inverse = nn.Parameter(1 / scale)
        self.linear = linear
        linear.weight.data *= scale

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x * self.inverse)


def smooth(network: Network, folder: Path) -> None:
    """Replace the encoder's linear layers by smoothed ones. `folder` has the tokenizer."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    highest: dict[nn.Linear, Tensor] = {}

    def watch(module: nn.Module, given: tuple[Tensor, ...]) -> None:
        seen = given[0].abs().flatten(0, -2).amax(0)
        highest[module] = torch.maximum(highest.get(module, seen), seen)

    layers = [(layer, name) for layer in network.encoder.layers for name in ("qkv", "out", "up", "down")]
    hooks = [getattr(layer, name).register_forward_pre_hook(watch) for layer, name in layers]
    with torch.no_grad():
        for line in (POOL / "furat-log.jsonl").read_text(encoding="utf-8").splitlines():
            _encode(network, words_of(json.loads(line)["text"], tokenizer))
        for path in sorted(POOL.glob("*.txt")):
            _encode(network, words_of(path.read_text(encoding="utf-8", errors="replace"), tokenizer))
    for hook in hooks:
        hook.remove()
    for layer, name in layers:
        linear = getattr(layer, name)
        setattr(layer, name, Smoothed(linear, highest[linear]))


def _encode(network: Network, words: Words) -> None:
    for window in windows_of(words):
        first = words.first[window.start : window.end + 1]
        pieces = np.r_[CLS, words.pieces[first[0] : first[-1]], SEP].astype(np.int64)
        marks = np.r_[0, np.repeat(words.marks[window.start : window.end], np.diff(first)), 0].astype(np.int64)
        ids = torch.from_numpy(pieces)[None]
        network.encoder(ids, torch.from_numpy(marks)[None], torch.zeros(1, dtype=torch.long), None)


class Reads(nn.Module):
    """Encoder and anchor head; the style is given for each window."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.encoder, self.anchors = network.encoder, network.anchors

    def forward(self, ids: Tensor, marks: Tensor, style: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.encoder(ids, marks, style, None)
        return hidden, self.anchors(hidden)


def export(network: Network, out: Path, full_precision: bool) -> None:
    network.eval()
    out.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 2000, (2, 16))
    example = (ids, torch.zeros_like(ids), torch.zeros(2, dtype=torch.long))
    names = ["ids", "marks", "style"]
    axes = {n: {0: "windows", 1: "pieces"} for n in ("ids", "marks", "hidden", "anchors")} | {"style": {0: "windows"}}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "encoder.onnx"
        torch.onnx.export(Reads(network), example, str(plain), input_names=names, output_names=["hidden", "anchors"],
                          dynamic_axes=axes, opset_version=17, dynamo=False)  # fmt: skip
        if full_precision:
            onnx.save(onnx.load(str(plain)), str(out / "encoder.onnx"))
        else:
            plain_names = [node.name for node in onnx.load(str(plain)).graph.node]
            kept = [name for name in plain_names if any(part in name for part in IN_FLOAT)]
            quantize_dynamic(
                str(plain),
                str(out / "encoder.onnx"),
                weight_type=QuantType.QInt8,
                per_channel=True,
                op_types_to_quantize=["MatMul", "Gather"],
                nodes_to_exclude=kept,
            )
    share = torch.full((3, 16), 1 / 16)
    words = torch.randn(16, network.anchors.types.in_features)
    example2 = (share, torch.zeros(3, dtype=torch.long), words, torch.randint(0, BUCKETS, (3, 16)))
    both = {0: "anchors", 1: "words"}
    torch.onnx.export(
        network.roles,
        example2,
        str(out / "roles.onnx"),
        input_names=["share", "kinds", "words", "buckets"],
        output_names=["roles", "attributes"],
        opset_version=17,
        dynamo=False,
        dynamic_axes={
            **dict.fromkeys(("share", "buckets", "roles"), both),
            **{name: {0: "anchors"} for name in ("kinds", "attributes")},
            "words": {0: "words"},
        },
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the pretrained encoder (its tokenizer)")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--full-precision", action="store_true")
    args = parser.parse_args()
    network = network_of(args.checkpoint).eval()
    if not args.full_precision:
        smooth(network, args.encoder)
    export(network, args.out, args.full_precision)
    (args.out / "tokenizer.json").write_bytes((args.encoder / "tokenizer.json").read_bytes())
    for path in sorted(args.out.iterdir()):
        print(f"{path.name} {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
