"""A trained checkpoint -> the reader's files in one folder: two ONNX graphs, the vectors of word pieces, the tokenizer.

    python training/export.py --checkpoint CKPT --encoder DIR --out DIR [--full-precision]

The encoder's weights are quantised to int8 (dynamic, per channel) from the plain graph; the role head stays in float.
Before that its linear layers are smoothed (`int8.py`). The vectors of word pieces, which are never trained, stand in a
file of their own beside the graph, which names it.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import onnx
import torch
from onnx.external_data_helper import set_external_data
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from int8 import smooth
from network import Network, network_of
from sayso.reading.labels import BUCKETS

PIECES = "pieces.bin"
IN_FLOAT = ("/anchors/",)  # the heads: next to nothing in size and time, and every decision


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
        plain, small = Path(folder) / "encoder.onnx", Path(folder) / "int8.onnx"
        torch.onnx.export(Reads(network), example, str(plain), input_names=names, output_names=["hidden", "anchors"],
                          dynamic_axes=axes, opset_version=17, dynamo=False)  # fmt: skip
        if full_precision:
            _save(onnx.load(str(plain)), out)
        else:
            plain_names = [node.name for node in onnx.load(str(plain)).graph.node]
            kept = [name for name in plain_names if any(part in name for part in IN_FLOAT)]
            quantize_dynamic(
                str(plain),
                str(small),
                weight_type=QuantType.QInt8,
                per_channel=True,
                op_types_to_quantize=["MatMul", "Gather"],
                nodes_to_exclude=kept,
            )
            _save(onnx.load(str(small)), out)
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


def _save(encoder: onnx.ModelProto, out: Path) -> None:
    """The encoder's graph and, apart, its vectors of word pieces."""
    (out / PIECES).unlink(missing_ok=True)  # onnx would write after what is there
    for tensor in encoder.graph.initializer:
        if tensor.name.removesuffix("_quantized") == "encoder.words.weight":
            set_external_data(tensor, location=PIECES)
    onnx.save(encoder, str(out / "encoder.onnx"))
    (out / PIECES).chmod(0o644)  # onnx makes it for its owner alone


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
