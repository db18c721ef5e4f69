"""A network of fewer layers from a deep one, that gives nearly the same hidden vectors.

    python training/shorten.py --checkpoint CKPT --soft FILE --layers 5 --out CKPT [--steps N]

Takes every second or third of the deep network's layers, and teaches each what it and those left out after it did
together (TinyBERT, Jiao et al. 2020). The windows it learns from are unlabelled ones (`training/distil.py`). All else
is taken over as it is; `training/train.py --start` goes on from here.
"""

from __future__ import annotations

import argparse
import copy
import itertools
import json
import random
import time
from pathlib import Path

import torch
from torch import Tensor, nn

from batches import Batch, batches, collate
from network import Network, network_of
from soft import soft_examples
from train import average_into, rate_at

TOLD = 25  # steps between two lines of the log


def states(network: Network, batch: Batch) -> list[Tensor]:
    """The hidden vectors (windows, pieces, width) that go into each layer, and the last ones."""
    found: list[Tensor] = []

    def watch(_: nn.Module, given: tuple[Tensor, ...]) -> None:
        found.append(given[0])

    hooks = [layer.register_forward_pre_hook(watch) for layer in network.encoder.layers]
    last = network.encoder(batch.ids, batch.marks, batch.style, batch.mask)
    for hook in hooks:
        hook.remove()
    return [*found, last]


def apart(mine: Tensor, theirs: Tensor, mask: Tensor) -> Tensor:
    """Mean squared distance of the pieces' vectors, as a share of the variance of `theirs`."""
    mine, theirs = mine.float()[mask > 0], theirs.float()[mask > 0]
    return (mine - theirs).square().mean() / theirs.var(0).mean()


def shortened(deep: Network, layers: list[int]) -> Network:
    """A network with these layers of the deep one, and all else of it."""
    out = copy.deepcopy(deep)
    out.encoder.layers = nn.ModuleList(out.encoder.layers[i] for i in layers)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True, help="of the deep network")
    parser.add_argument("--soft", type=Path, required=True, help="windows to learn from (training/distil.py)")
    parser.add_argument("--layers", type=int, default=5)
    parser.add_argument("--steps", type=int, default=260)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--average", type=float, default=0.99)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    chance = random.Random(args.seed)
    windows = [(e, 0, len(e.words.spans)) for e in soft_examples(args.soft)]
    deep = network_of(args.checkpoint).eval()
    depth = len(deep.encoder.layers)
    layers = [(depth - 1) * i // (args.layers - 1) for i in range(args.layers)]
    after = [*layers[1:], depth]  # what goes into the next layer kept is each one's to give
    short, averaged = shortened(deep, layers), shortened(deep, layers)
    learned = [p for p in short.encoder.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(learned, lr=args.rate, weight_decay=0.01, betas=(0.9, 0.98))
    begun, sums = time.time(), torch.zeros(len(layers))
    for step, group in zip(range(args.steps), itertools.cycle(batches(windows, chance)), strict=False):
        batch = collate(group, chance, 0.0)
        with torch.autocast("cpu", torch.bfloat16):
            with torch.no_grad():
                wanted = states(deep, batch)
            found = states(short, batch)
        losses = torch.stack([apart(mine, wanted[i], batch.mask) for mine, i in zip(found[1:], after, strict=True)])
        losses.mean().backward()
        optimiser.param_groups[0]["lr"] = args.rate * rate_at(step, args.steps)
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        average_into(averaged, short, min(args.average, (1 + step) / (10 + step)))
        sums += losses.detach()
        if (step + 1) % TOLD == 0:
            far, minutes = [round(float(each), 3) for each in sums / TOLD], round((time.time() - begun) / 60, 1)
            print(json.dumps({"step": step + 1, "apart": far, "minutes": minutes}), flush=True)
            sums.zero_()
    torch.save(averaged.state_dict(), args.out)


if __name__ == "__main__":
    main()
