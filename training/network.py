"""The reader's network in torch: a BERT encoder with marks, and heads for anchors, roles and attributes."""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from sayso.reading.labels import ATTRIBUTES, BUCKETS, CUE, OTHERS, ROLES, STYLES
from sayso.reading.windows import SHAPES

WIDTH = 128  # of the role head's hidden layer, which is made for every pair of anchor and word
KEY = 48  # of the product of anchor and word that is added to it


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        if torch.onnx.is_in_onnx_export():
            mixed = (q @ k.transpose(-1, -2) * (d // self.heads) ** -0.5).softmax(-1) @ v
        else:
            mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=None if bias is None else bias.to(q.dtype))
        x = self.norm1(x + self.out(mixed.transpose(1, 2).reshape(b, n, d)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Encoder(nn.Module):
    """Piece ids, marks and style -> hidden vectors (batch, pieces, width)."""

    def __init__(self, width: int = 384, depth: int = 6, heads: int = 12, inner: int = 1536) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, width)
        self.words.weight.requires_grad_(False)
        self.positions = nn.Embedding(512, width)
        self.kind = nn.Parameter(torch.zeros(width))
        self.shape = nn.Embedding(SHAPES, width)
        self.flags = nn.Embedding(8, width)
        self.style = nn.Embedding(len(STYLES), width)
        for table in (self.shape, self.flags, self.style):
            nn.init.zeros_(table.weight)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, heads, inner) for _ in range(depth))

    def mark_table(self) -> Tensor:
        """One vector for each value of a word's marks: shape and flags added."""
        return (self.shape.weight[:, None] + self.flags.weight[None]).flatten(0, 1)

    def forward(self, ids: Tensor, marks: Tensor, style: Tensor, mask: Tensor | None) -> Tensor:
        """`ids` and `marks` (windows, pieces), `style` (windows,); `mask` is 1 for pieces, None without padding."""
        place = self.positions.weight[: ids.shape[1]]
        x = self.words(ids) + place + self.kind + F.embedding(marks, self.mark_table())
        x = self.norm(x + self.style(style)[:, None])
        bias = None if mask is None else (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x


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
    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.anchors = Anchors()
        self.roles = Roles()
        self.dropout = nn.Dropout(0.15)


def with_pretrained_encoder(network: Network, folder: Path) -> None:
    """Fill the encoder from a BERT checkpoint in safetensors (MiniLM: 6 layers of width 384)."""
    config = json.loads((folder / "config.json").read_text())
    if (config["hidden_size"], config["num_hidden_layers"]) != (384, 6):
        raise ValueError(f"{folder}: not a 6 x 384 encoder")
    given = load_file(folder / "model.safetensors")
    encoder = network.encoder
    state = encoder.state_dict()
    table = {
        "words.weight": "embeddings.word_embeddings.weight",
        "positions.weight": "embeddings.position_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    for mine, theirs in table.items():
        state[mine] = given[theirs]
    state["kind"] = given["embeddings.token_type_embeddings.weight"][0]
    names = {"out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
             "down": "output.dense", "norm2": "output.LayerNorm"}  # fmt: skip
    for i in range(6):
        base = f"encoder.layer.{i}."
        for end in ("weight", "bias"):
            parts = [given[f"{base}attention.self.{part}.{end}"] for part in ("query", "key", "value")]
            state[f"layers.{i}.qkv.{end}"] = torch.cat(parts)
            for mine, theirs in names.items():
                state[f"layers.{i}.{mine}.{end}"] = given[f"{base}{theirs}.{end}"]
    encoder.load_state_dict(state)
