"""The reader's network in torch: an encoder with marks, and heads for anchors, roles and attributes.

The network that is shipped has the encoder of MiniLM; one that only teaches it may have a larger one, of MPNet, or some
of MPNet's layers (`shorten.py`). All read BERT's word pieces by BERT's numbers.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from sayso.reading.labels import ATTRIBUTES, BUCKETS, CUE, OTHERS, ROLES, STYLES
from sayso.reading.windows import SHAPES

WIDTH = 128  # of the role head's hidden layer, which is made for every pair of anchor and word
KEY = 48  # of the product of anchor and word that is added to it
PIECES = 30522  # of BERT's vocabulary
APART, FARTHEST = 32, 128  # classes of the distance between two pieces in MPNet, and where they end


@dataclass(frozen=True, slots=True)
class Size:
    """What differs between encoders: `relative` says whether pieces attend by their distance too, as in MPNet."""

    width: int = 384
    depth: int = 6
    heads: int = 12
    relative: bool = False
    epsilon: float = 1e-12  # of the layer norms


MINILM = Size()
MPNET = Size(768, 12, 12, relative=True, epsilon=1e-5)


class Layer(nn.Module):
    def __init__(self, size: Size) -> None:
        super().__init__()
        self.heads = size.heads
        width, inner = size.width, 4 * size.width
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=size.epsilon)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=size.epsilon)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        if torch.onnx.is_in_onnx_export():
            scores = q @ k.transpose(-1, -2) * (d // self.heads) ** -0.5
            mixed = (scores if bias is None else scores + bias).softmax(-1) @ v
        else:
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=None if bias is None else bias.to(q.dtype))
        x = self.norm1(x + self.out(mixed.transpose(1, 2).reshape(b, n, d)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Encoder(nn.Module):
    """Piece ids, marks and style -> hidden vectors (batch, pieces, width)."""

    def __init__(self, size: Size = MINILM) -> None:
        super().__init__()
        self.size = size
        width = size.width
        self.words = nn.Embedding(PIECES, width)
        self.words.weight.requires_grad_(False)
        self.positions = nn.Embedding(512, width)
        self.kind = nn.Parameter(torch.zeros(width))
        self.shape = nn.Embedding(SHAPES, width)
        self.flags = nn.Embedding(8, width)
        self.style = nn.Embedding(len(STYLES), width)
        for table in (self.shape, self.flags, self.style):
            nn.init.zeros_(table.weight)
        self.norm = nn.LayerNorm(width, eps=size.epsilon)
        self.layers = nn.ModuleList(Layer(size) for _ in range(size.depth))
        self.apart = nn.Embedding(APART, size.heads) if size.relative else None
        if self.apart is not None:
            self.apart.weight.requires_grad_(False)

    def mark_table(self) -> Tensor:
        """One vector for each value of a word's marks: shape and flags added."""
        return (self.shape.weight[:, None] + self.flags.weight[None]).flatten(0, 1)

    def forward(self, ids: Tensor, marks: Tensor, style: Tensor, mask: Tensor | None) -> Tensor:
        """`ids` and `marks` (windows, pieces), `style` (windows,); `mask` is 1 for pieces, None without padding."""
        place = self.positions.weight[: ids.shape[1]]
        x = self.words(ids) + place + self.kind + F.embedding(marks, self.mark_table())
        x = self.norm(x + self.style(style)[:, None])
        bias = None if mask is None else (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        if self.apart is not None:
            distance = self.apart(classes_of_distance(ids.shape[1])).permute(2, 0, 1)[None]
            bias = distance if bias is None else bias + distance
        for layer in self.layers:
            x = layer(x, bias)
        return x


def classes_of_distance(pieces: int) -> Tensor:
    """(pieces, pieces): how far each piece is from each, in MPNet's classes: exact when near, then logarithmic."""
    at = torch.arange(pieces)
    ahead = at[None] - at[:, None]
    near = APART // 4
    far = near + (ahead.abs().clamp(min=1) / near).log() / math.log(FARTHEST / near) * (APART // 2 - near)
    size = torch.where(ahead.abs() < near, ahead.abs(), far.long().clamp(max=APART // 2 - 1))
    return size + (ahead > 0) * (APART // 2)


class Anchors(nn.Module):
    """Hidden vectors -> scores of no event or each type, then those that `labels.OTHERS` names."""

    def __init__(self, width: int = 384) -> None:
        super().__init__()
        self.types = nn.Linear(width, 1 + CUE)
        self.others = nn.Linear(width, len(OTHERS))

    def forward(self, hidden: Tensor) -> Tensor:
        return torch.cat([self.types(hidden), self.others(hidden)], -1)


class Roles(nn.Module):
    """Anchors and words of one window -> scores of being inside, the first and the last word of each role."""

    def __init__(self, width: int = 384) -> None:
        super().__init__()
        self.kind = nn.Embedding(CUE + 1, width)
        self.anchor = nn.Linear(width, WIDTH)
        self.word = nn.Linear(width, WIDTH)
        self.distance = nn.Embedding(BUCKETS, WIDTH)
        self.score = nn.Linear(WIDTH, 3 * len(ROLES))
        self.query = nn.Linear(width, 3 * len(ROLES) * KEY)
        self.key = nn.Linear(width, KEY)
        self.attribute_in = nn.Linear(width, WIDTH)
        self.attribute = nn.Linear(WIDTH, len(ATTRIBUTES))
        nn.init.normal_(self.kind.weight, std=0.1)
        nn.init.normal_(self.distance.weight, std=0.1)
        nn.init.constant_(self.score.bias, -4.0)  # few words of a window are in any one role

    def forward(self, share: Tensor, kinds: Tensor, words: Tensor, buckets: Tensor) -> tuple[Tensor, Tensor]:
        """`share` (a, n): each anchor's words, summing to 1; `kinds` (a,), `words` (n, width), `buckets` (a, n).

        Gives (a, n, 3 * roles) and (a, attributes).
        """
        anchors = share @ words + self.kind(kinds)
        z = F.relu(self.anchor(anchors)[:, None] + self.word(words)[None] + F.embedding(buckets, self.distance.weight))
        query = self.query(anchors).view(-1, 3 * len(ROLES), KEY) * KEY**-0.5
        product = (query.flatten(0, 1) @ self.key(words).T).view(-1, 3 * len(ROLES), words.shape[0])
        attributes = self.attribute(F.relu(self.attribute_in(anchors)))
        return self.score(z) + product.transpose(1, 2), attributes


class Network(nn.Module):
    def __init__(self, size: Size = MINILM) -> None:
        super().__init__()
        self.encoder = Encoder(size)
        self.anchors = Anchors(size.width)
        self.roles = Roles(size.width)
        self.dropout = nn.Dropout(0.15)


def network_of(checkpoint: Path) -> Network:
    """The network that a checkpoint holds, of whichever size."""
    state = torch.load(checkpoint)
    depth = sum(1 for name in state if name.startswith("encoder.layers.") and name.endswith(".up.bias"))
    network = Network(replace(MPNET if "encoder.apart.weight" in state else MINILM, depth=depth))
    network.load_state_dict(state)
    return network


def pretrained(folder: Path) -> Network:
    """A new network on the encoder in `folder`: MiniLM (6 layers of width 384) or MPNet (12 of 768), in safetensors."""
    config = json.loads((folder / "config.json").read_text())
    for size, kind in ((MINILM, "bert"), (MPNET, "mpnet")):
        if (config["model_type"], config["hidden_size"], config["num_hidden_layers"]) == (kind, size.width, size.depth):
            break
    else:
        raise ValueError(f"{folder}: neither MiniLM of 6 x 384 nor MPNet of 12 x 768")
    network = Network(size)
    given = load_file(folder / "model.safetensors")
    state = network.encoder.state_dict()
    (_from_mpnet if size.relative else _from_bert)(state, given)
    network.encoder.load_state_dict(state)
    return network


def _from_bert(state: dict[str, Tensor], given: dict[str, Tensor]) -> None:
    state["words.weight"] = given["embeddings.word_embeddings.weight"]
    state["positions.weight"] = given["embeddings.position_embeddings.weight"]
    state["kind"] = given["embeddings.token_type_embeddings.weight"][0]
    attention = [f"attention.self.{part}" for part in ("query", "key", "value")]
    _layers_from(state, given, attention, {"out": "attention.output.dense", "norm1": "attention.output.LayerNorm"})


def _from_mpnet(state: dict[str, Tensor], given: dict[str, Tensor]) -> None:
    """MPNet's pieces are BERT's, four numbers on, but for five; its first two positions stand for nothing."""
    words = given["embeddings.word_embeddings.weight"]
    state["words.weight"] = words[4 : 4 + PIECES]
    for number, theirs in {0: 1, 100: 3, 101: 0, 102: 2, 103: len(words) - 1}.items():
        state["words.weight"][number] = words[theirs]
    state["positions.weight"] = given["embeddings.position_embeddings.weight"][2:]
    state["apart.weight"] = given["encoder.relative_attention_bias.weight"]
    attention = [f"attention.attn.{part}" for part in "qkv"]
    _layers_from(state, given, attention, {"out": "attention.attn.o", "norm1": "attention.LayerNorm"})


def _layers_from(
    state: dict[str, Tensor], given: dict[str, Tensor], attention: list[str], others: dict[str, str]
) -> None:
    state["norm.weight"], state["norm.bias"] = given["embeddings.LayerNorm.weight"], given["embeddings.LayerNorm.bias"]
    names = {**others, "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm"}
    depth = sum(1 for name in given if name.endswith("intermediate.dense.weight"))
    for i in range(depth):
        base = f"encoder.layer.{i}."
        for end in ("weight", "bias"):
            state[f"layers.{i}.qkv.{end}"] = torch.cat([given[f"{base}{part}.{end}"] for part in attention])
            for mine, theirs in names.items():
                state[f"layers.{i}.{mine}.{end}"] = given[f"{base}{theirs}.{end}"]
