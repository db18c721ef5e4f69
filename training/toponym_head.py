"""Fit the toponym head anew on a frozen encoder: after checkpoints were averaged, its rows fit neither of them.

    python training/toponym_head.py --checkpoint CKPT --encoder DIR --shared DIR --out CKPT

Learns from LGL but for the part that is held out; nothing else of the network changes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional as F  # noqa: N812

from examples import Example, toponym_examples
from network import Network, network_of
from sayso.reading.labels import OTHERS
from sayso.reading.model import CLS, SEP
from sayso.reading.windows import windows_of

STEPS, RATE, DECAY = 400, 2e-3, 1e-3  # from where it stands; more steps learn the articles by heart
ROWS = [OTHERS.index("toponym"), OTHERS.index("first of a toponym")]


def vectors(network: Network, example: Example) -> tuple[torch.Tensor, torch.Tensor]:
    """Hidden vectors of the words at home in each window, and whether each is inside a toponym, and its first word."""
    words = example.words
    wanted = torch.zeros(len(words.spans), 2)
    for a, b in example.toponyms or []:
        wanted[a:b, 0] = 1
        wanted[a, 1] = 1
    found, labels = [], []
    for window in windows_of(words):
        first = torch.from_numpy(words.first[window.start : window.end + 1]).long()
        pieces = torch.from_numpy(words.pieces[first[0] : first[-1]]).long()
        ids = torch.cat([torch.tensor([CLS]), pieces, torch.tensor([SEP])])[None]
        marks = torch.from_numpy(words.marks[window.start : window.end]).long().repeat_interleave(first.diff())
        marks = torch.cat([torch.tensor([0]), marks, torch.tensor([0])])[None]
        hidden = network.encoder(ids, marks, torch.tensor([example.style]), None)[0]
        home = slice(window.home_start - window.start, window.home_end - window.start)
        found.append(hidden[(first[:-1] - first[0] + 1)[home]])
        labels.append(wanted[window.home_start : window.home_end])
    return torch.cat(found), torch.cat(labels)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the pretrained encoder (its tokenizer)")
    parser.add_argument("--shared", type=Path, required=True, help="the folder with corpora/")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    network = network_of(args.checkpoint).eval()
    with torch.no_grad():
        lgl = [e for e in toponym_examples(args.shared / "corpora/geo", tokenizer) if e.style == 0]
        inputs, labels = (torch.cat(parts) for parts in zip(*(vectors(network, e) for e in lgl), strict=True))
    head = network.anchors.others
    weight, bias = (p.detach()[ROWS].clone().requires_grad_() for p in (head.weight, head.bias))
    optimiser = torch.optim.AdamW([weight, bias], lr=RATE, weight_decay=DECAY)
    for _ in range(STEPS):
        loss = F.binary_cross_entropy_with_logits(inputs @ weight.T + bias, labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    with torch.no_grad():
        head.weight[ROWS], head.bias[ROWS] = weight, bias
    torch.save(network.state_dict(), args.out)
    print(f"{len(labels)} words of {len(lgl)} articles, loss {float(loss.detach()):.4f}")


if __name__ == "__main__":
    main()
