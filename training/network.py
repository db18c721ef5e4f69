"""The reader's network in torch: an encoder with marks, and heads for anchors, roles and attributes.

The encoder is MPNet's (Song et al. 2020), which reads BERT's word pieces, here by BERT's numbers: all its twelve layers
in the network that teaches, some of them in the one that is shipped (`shorten.py`).
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from sayso.reading.labels import ATTRIBUTES, BUCKETS, CUE, OTHERS, ROLES, STYLES
from sayso.reading.windows import SHAPES

WIDTH, HEADS, DEPTH = 768, 12, 12  # of MPNet: its vectors, heads of attention, layers
EPSILON = 1e-5  # of the layer norms
INNER = 128  # width of the role head's hidden layer, which is made for every pair of anchor and word
KEY = 48  # of the product of anchor and word that is added to it
PIECES = 30522  # of BERT's vocabulary
APART, FARTHEST = 32, 128  # classes of the distance between two pieces in MPNet, and where they end


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=EPSILON)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """`x` (windows, pieces, width); `bias` on attention's scores (windows or 1, heads, pieces, pieces)."""
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, d // HEADS).permute(2, 0, 3, 1, 4)
        if torch.onnx.is_in_onnx_export():
            mixed = (q @ k.transpose(-1, -2) * (d // HEADS) ** -0.5 + bias).softmax(-1) @ v
        else:
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        x = self.norm1(x + self.out(mixed.transpose(1, 2).reshape(b, n, d)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Encoder(nn.Module):
    """Piece ids, marks and style -> hidden vectors (batch, pieces, width)."""

    def __init__(self, depth: int) -> None:
        super().__init__()
        self.words = nn.Embedding(PIECES, WIDTH)
        self.words.weight.requires_grad_(False)
        self.positions = nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.shape = nn.Embedding(SHAPES, WIDTH)
        self.flags = nn.Embedding(8, WIDTH)
        self.style = nn.Embedding(len(STYLES), WIDTH)
        for table in (self.shape, self.flags, self.style):
            nn.init.zeros_(table.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(depth))
        self.apart = nn.Embedding(APART, HEADS)
        self.apart.weight.requires_grad_(False)

    def mark_table(self) -> Tensor:
        """One vector for each value of a word's marks: shape and flags added."""
        return (self.shape.weight[:, None] + self.flags.weight[None]).flatten(0, 1)

    def forward(self, ids: Tensor, marks: Tensor, style: Tensor, mask: Tensor | None) -> Tensor:
        """`ids` and `marks` (windows, pieces), `style` (windows,); `mask` is 1 for pieces, None without padding."""
        place = self.positions.weight[: ids.shape[1]]
        x = self.words(ids) + place + self.kind + F.embedding(marks, self.mark_table())
        x = self.norm(x + self.style(style)[:, None])
        bias = self.apart(classes_of_distance(ids.shape[1])).permute(2, 0, 1)[None]
        if mask is not None:
            bias = bias + (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
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

    def __init__(self) -> None:
        super().__init__()
        self.types = nn.Linear(WIDTH, 1 + CUE)
        self.others = nn.Linear(WIDTH, len(OTHERS))

    def forward(self, hidden: Tensor) -> Tensor:
        return torch.cat([self.types(hidden), self.others(hidden)], -1)


class Roles(nn.Module):
    """Anchors and words of one window -> scores of being inside, the first and the last word of each role."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = nn.Embedding(CUE + 1, WIDTH)
        self.anchor = nn.Linear(WIDTH, INNER)
        self.word = nn.Linear(WIDTH, INNER)
        self.distance = nn.Embedding(BUCKETS, INNER)
        self.score = nn.Linear(INNER, 3 * len(ROLES))
        self.query = nn.Linear(WIDTH, 3 * len(ROLES) * KEY)
        self.key = nn.Linear(WIDTH, KEY)
        self.attribute_in = nn.Linear(WIDTH, INNER)
        self.attribute = nn.Linear(INNER, len(ATTRIBUTES))
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
    def __init__(self, depth: int = DEPTH) -> None:
        super().__init__()
        self.encoder = Encoder(depth)
        self.anchors = Anchors()
        self.roles = Roles()
        self.dropout = nn.Dropout(0.15)


def network_of(checkpoint: Path) -> Network:
    """The network that a checkpoint holds, of whichever depth."""
    state = torch.load(checkpoint)
    network = Network(sum(1 for name in state if name.startswith("encoder.layers.") and name.endswith(".up.bias")))
    network.load_state_dict(state)
    return network


def pretrained(folder: Path) -> Network:
    """A new network on the encoder in `folder` (`mpnet.py`).

    MPNet's pieces are BERT's, four numbers on, but for five; its first two positions stand for nothing.
    """
    given = load_file(folder / "model.safetensors")
    network = Network()
    state = network.encoder.state_dict()
    words = given["embeddings.word_embeddings.weight"]
    state["words.weight"] = words[4 : 4 + PIECES]
    for number, theirs in {0: 1, 100: 3, 101: 0, 102: 2, 103: len(words) - 1}.items():
        state["words.weight"][number] = words[theirs]
    state["positions.weight"] = given["embeddings.position_embeddings.weight"][2:]
    state["apart.weight"] = given["encoder.relative_attention_bias.weight"]
    state["norm.weight"], state["norm.bias"] = given["embeddings.LayerNorm.weight"], given["embeddings.LayerNorm.bias"]
    names = {"out": "attention.attn.o", "norm1": "attention.LayerNorm", "up": "intermediate.dense",
             "down": "output.dense", "norm2": "output.LayerNorm"}  # fmt: skip
    for i in range(DEPTH):
        base = f"encoder.layer.{i}."
        for end in ("weight", "bias"):
            parts = [given[f"{base}attention.attn.{part}.{end}"] for part in "qkv"]
            state[f"layers.{i}.qkv.{end}"] = torch.cat(parts)
            for mine, theirs in names.items():
                state[f"layers.{i}.{mine}.{end}"] = given[f"{base}{theirs}.{end}"]
    network.encoder.load_state_dict(state)
    return network
