"""What reading in int8 does to the encoder: its linear layers smoothed for it, and rounded so while they learn.

When the encoder is read with, the inputs of a linear layer are rounded to 256 steps between the least and the greatest
of a window, and each row of its weights to 255. Few channels stretch that range, so it is moved into the weights
(SmoothQuant, Xiao et al. 2023), by what the encoder makes of the example pool's reports. What is left can be learned
(Jacob et al. 2018, "Quantization and training of neural networks for efficient integer-arithmetic-only inference").
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from network import Network
from sayso.reading.model import CLS, SEP
from sayso.reading.windows import Words, windows_of, words_of

POOL = Path(__file__).parent.parent / "examples/pool"
MOVED = 0.8  # share of the range that moves from activations into weights: least error of 0.5, 0.7, 0.8, 0.9 and 1
LINEAR = ("qkv", "out", "up", "down")  # of each layer


class Smoothed(nn.Module):
    """A linear layer that scales its input's channels down and its weights' rows up by as much."""

    def __init__(self, linear: nn.Linear, scale: Tensor) -> None:
        super().__init__()
        self.inverse = nn.Parameter(1 / scale)
        self.linear = linear
        linear.weight.data *= scale

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x * self.inverse)


class Rounded(nn.Linear):
    """A linear layer that reckons as its smoothed one does in int8, and learns as if it did not.

    It has the weights of the layer it stands for, under the same names.
    """

    def __init__(self, linear: nn.Linear, scale: Tensor) -> None:
        super().__init__(linear.in_features, linear.out_features)
        self.weight, self.bias = linear.weight, linear.bias
        self.register_buffer("scale", scale, persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        x = x.float() / self.scale
        weight = self.weight * self.scale
        with torch.no_grad():
            inputs, weights = _in_bytes(x) - x, _in_rows(weight) - weight
        return F.linear(x + inputs, weight + weights, self.bias)


def _in_bytes(x: Tensor) -> Tensor:
    """Each window (windows, pieces, width) rounded to 256 steps from its least to its greatest, nought among them."""
    low = x.amin((1, 2), keepdim=True).clamp(max=0)
    step = ((x.amax((1, 2), keepdim=True).clamp(min=0) - low) / 255).clamp(min=1e-8)
    nought = (-low / step).round()
    return ((x / step + nought).round().clamp(0, 255) - nought) * step


def _in_rows(weight: Tensor) -> Tensor:
    """Each row rounded to 255 steps."""
    step = (weight.abs().amax(1, keepdim=True) / 127).clamp(min=1e-12)
    return (weight / step).round() * step


def smooth(network: Network, folder: Path) -> None:
    """Replace the encoder's linear layers by smoothed ones. `folder` has the tokenizer."""
    for layer, name, scale in scales(network, folder):
        setattr(layer, name, Smoothed(getattr(layer, name), scale))


def round_while_learning(network: Network, folder: Path) -> None:
    """Replace the encoder's linear layers by ones that round. `folder` has the tokenizer."""
    for layer, name, scale in scales(network, folder):
        setattr(layer, name, Rounded(getattr(layer, name), scale))


def scales(network: Network, folder: Path) -> list[tuple[nn.Module, str, Tensor]]:
    """Each linear layer of the encoder, by layer and name, and what its inputs' channels are divided by."""
    highest: dict[nn.Module, Tensor] = {}

    def watch(module: nn.Module, given: tuple[Tensor, ...]) -> None:
        seen = given[0].abs().flatten(0, -2).amax(0)
        highest[module] = torch.maximum(highest.get(module, seen), seen)

    places = [(layer, name) for layer in network.encoder.layers for name in LINEAR]
    hooks = [getattr(layer, name).register_forward_pre_hook(watch) for layer, name in places]
    with torch.no_grad():
        for words in _example_words(folder):
            _encode(network, words)
    for hook in hooks:
        hook.remove()
    return [(layer, name, _scale(getattr(layer, name), highest[getattr(layer, name)])) for layer, name in places]


def _scale(linear: nn.Linear, highest: Tensor) -> Tensor:
    weights = linear.weight.detach().abs().amax(0).clamp(min=1e-5)
    return (highest.clamp(min=1e-5) ** MOVED / weights ** (1 - MOVED)).clamp(min=1e-3)


def _example_words(folder: Path) -> Iterator[Words]:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    for line in (POOL / "furat-log.jsonl").read_text(encoding="utf-8").splitlines():
        yield words_of(json.loads(line)["text"], tokenizer)
    for path in sorted(POOL.glob("*.txt")):
        yield words_of(path.read_text(encoding="utf-8", errors="replace"), tokenizer)


def _encode(network: Network, words: Words) -> None:
    for window in windows_of(words):
        first = words.first[window.start : window.end + 1]
        pieces = np.r_[CLS, words.pieces[first[0] : first[-1]], SEP].astype(np.int64)
        marks = np.r_[0, np.repeat(words.marks[window.start : window.end], np.diff(first)), 0].astype(np.int64)
        ids = torch.from_numpy(pieces)[None]
        network.encoder(ids, torch.from_numpy(marks)[None], torch.zeros(1, dtype=torch.long), None)
