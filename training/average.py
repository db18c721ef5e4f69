"""Checkpoints of one network, trained apart from a common start -> one whose weights are their mean.

    python training/average.py --out CKPT CKPT=SHARE CKPT=SHARE ...

Averaging reads better than any of them (Wortsman et al. 2022, "Model soups"). Rows that an older checkpoint lacks,
because a head has since learned more labels, are those of the first.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", nargs="+", metavar="CKPT=SHARE")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    pairs = [given.rpartition("=") for given in args.checkpoints]
    states = [(torch.load(path), float(share)) for path, _, share in pairs]
    first = states[0][0]
    mean = {name: torch.zeros_like(weights, dtype=torch.float32) for name, weights in first.items()}
    for state, share in states:
        for name, weights in first.items():
            mine = state[name]
            if mine.shape != weights.shape:
                mine = torch.cat([mine, weights[len(mine) :]])
            mean[name] += share * mine
    torch.save({name: weights.to(first[name].dtype) for name, weights in mean.items()}, args.out)


if __name__ == "__main__":
    main()
