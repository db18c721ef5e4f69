"""Train the reader's network.

    python training/train.py --shared DIR --out DIR [--stage base|gold|teacher] [--epochs N] [--start CHECKPOINT]

Stage `base` learns from the partial corpora and the gold together; stage `gold` goes on from its checkpoint with the
gold readings and a share of PolNeAR, so that its style stays known. Stage `teacher` is for a larger encoder, which
reads for `training/distil.py` in the gold's style alone. A checkpoint is written after every epoch.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, distributed, multiprocessing
from torch.nn import functional as F  # noqa: N812

from batches import Batch, ExampleWindow, batches, collate
from examples import (
    Example,
    event_location_examples,
    gold_examples,
    polnear_examples,
    rams_examples,
    shuffled_windows,
    toponym_examples,
    without_commas,
)
from int8 import round_while_learning
from network import Network, network_of, pretrained
from sayso.reading.labels import CUE, ROLES
from soft import soft_examples

LENGTHS = (160, 382)  # pieces of a training window
LEAST = 0.1  # chance of a word to be of an anchor, from which it is asked whether it is the first


@dataclass(frozen=True, slots=True)
class Examples:
    """What there is to learn from."""

    gold: list[Example]
    polnear: list[Example]
    partial: list[Example]  # of corpora of single events, of which a part of each text is known
    toponyms: list[Example]
    soft: list[Example]  # windows that other networks have read


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    with torch.autocast("cpu", torch.bfloat16):
        hidden = network.encoder(batch.ids, batch.marks, batch.style, batch.mask)
        hidden = network.dropout(hidden)
        words = torch.gather(hidden, 1, batch.first[..., None].expand(-1, -1, hidden.shape[-1]))
    return head_losses(network, batch, words)


def head_losses(network: Network, batch: Batch, words: Tensor) -> dict[str, Tensor]:
    """What the heads lose on the hidden vectors of the batch's words (windows, words, width)."""
    with torch.autocast("cpu", torch.bfloat16):
        scores = network.anchors(words)
    scores = scores.float()
    real = (batch.first > 0).float()
    kinds = 1 + CUE
    type_loss = -(scores[..., :kinds].log_softmax(-1) * batch.types).sum(-1)
    type_loss = (type_loss * batch.word_weight[0] * real).sum()
    cue_loss = F.binary_cross_entropy_with_logits(scores[..., kinds], batch.cues, reduction="none")
    cue_loss = (cue_loss * batch.word_weight[1] * real).sum()
    begin_loss = F.binary_cross_entropy_with_logits(
        scores[..., kinds + 1 : kinds + 3].permute(2, 0, 1), batch.begins, reduction="none"
    )
    anchored = batch.types[..., 1:].sum(-1) + batch.cues > LEAST
    begin_loss = (begin_loss * batch.word_weight[2] * anchored * real).sum()
    toponym_loss = F.binary_cross_entropy_with_logits(
        scores[..., kinds + 3 :].permute(2, 0, 1), batch.toponyms, reduction="none"
    )
    toponym_loss = (toponym_loss.sum(0) * batch.word_weight[3] * real).sum()
    found = {"type": type_loss, "cue": cue_loss, "begin": begin_loss, "toponym": toponym_loss}
    for row in batch.anchor_row.unique().tolist():
        mine = batch.anchor_row == row
        count = int(real[row].sum())
        at = torch.arange(count)
        span = batch.anchor_span[mine]
        inside = ((at >= span[:, :1]) & (at < span[:, 1:])).float()
        weight = batch.anchor_weight[mine]
        with torch.autocast("cpu", torch.bfloat16):
            roles, attributes = network.roles(
                inside / inside.sum(-1, keepdim=True),
                batch.anchor_kind[mine],
                words[row, :count],
                batch.buckets[mine, :count],
            )
        role_loss = F.binary_cross_entropy_with_logits(
            roles.float().unflatten(-1, (len(ROLES), 3)), batch.roles[mine, :count], reduction="none"
        )
        role_loss = (role_loss.sum((1, 3)) * batch.role_known[mine]).sum(-1)
        found["role"] = found.get("role", 0.0) + (role_loss * weight).sum()
        attribute_loss = -(attributes.float().log_softmax(-1) * batch.attribute[mine]).sum(-1)
        found["attribute"] = found.get("attribute", 0.0) + (attribute_loss * weight).sum()
    return found


SHARES = {"type": 1.0, "cue": 0.7, "begin": 0.5, "role": 0.25, "attribute": 0.5, "toponym": 0.5}


def total(found: dict[str, Tensor], batch: Batch) -> Tensor:
    """All losses, a word's and a role's alike, for each anchor of the batch (and a few, for windows without one)."""
    return sum(SHARES[name] * loss for name, loss in found.items()) / (batch.anchor_weight.sum() + 3.0)


def groups_of(network: Network, rate: float, head_rate: float) -> list[dict]:
    """Layer-wise rates: each layer below the top learns 0.85 times as fast as the one above (Howard and Ruder 2018)."""
    out = []
    for above, layer in enumerate(reversed(network.encoder.layers)):
        out.append({"params": list(layer.parameters()), "lr": rate * 0.85**above})
    rest = [p for n, p in network.encoder.named_parameters() if p.requires_grad and not n.startswith("layers.")]
    out.append({"params": rest, "lr": rate})
    out.append({"params": [*network.anchors.parameters(), *network.roles.parameters()], "lr": head_rate})
    return out


def load_examples(args: argparse.Namespace) -> Examples:
    """The gold and soft examples that the options name, and those of the corpora that the stage learns from."""
    tokenizer = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    corpora = args.shared / "corpora"
    partial = list(rams_examples(corpora / "rams/dev.jsonl", tokenizer))
    if args.stage == "base":
        partial += list(event_location_examples(corpora / "event_location/train.json", tokenizer))[::2]
    return Examples(
        gold=[e for path in args.gold for e in gold_examples(path, tokenizer)],
        polnear=list(polnear_examples(corpora / "polnear/train", tokenizer)),
        partial=partial,
        toponyms=list(toponym_examples(corpora / "geo", tokenizer)),
        soft=list(soft_examples(args.soft)) if args.soft else [],
    )


def chosen_for_an_epoch(known: Examples, args: argparse.Namespace, chance: random.Random) -> list[Example]:
    """All of them in stage `base`, in `gold` the gold and a share of the others. Soft examples apart."""
    if args.stage == "base":
        return known.gold + known.gold + known.polnear + known.partial + known.toponyms
    if args.stage == "teacher":
        return known.gold
    return (
        known.gold
        + chance.sample(known.polnear, int(len(known.polnear) * args.replay))
        + chance.sample(known.partial, len(known.partial) // 4)
        + chance.sample(known.toponyms, len(known.toponyms) // 2)
    )


def epoch_of_batches(
    known: Examples, args: argparse.Namespace, rank: int, chance: random.Random
) -> list[list[ExampleWindow]]:
    """The groups of windows that process `rank` learns from in one epoch, as many as every other process."""
    windows = shuffled_windows(chosen_for_an_epoch(known, args, chance), chance, LENGTHS)
    soft = chance.sample(known.soft, int(len(known.soft) * args.soft_share))
    windows += [(e, 0, len(e.words.spans)) for e in soft]
    for i, (e, a, b) in enumerate(windows):
        if e.all_events and chance.random() < args.no_commas:
            e = without_commas(e, a, b)
            windows[i] = e, 0, len(e.words.spans)
    groups = list(batches(windows, chance))
    return groups[rank : len(groups) // args.processes * args.processes : args.processes]


def rate_at(step: int, steps: int) -> float:
    """The share of the full learning rate at a step.

    A cosine that falls to a fiftieth over all `steps`, times a rise over the first twentieth of them (20 at least).
    """
    warm = max(20, steps // 20)
    return min(1.0, step / warm) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps))))


def share_gradients(network: Network, processes: int) -> None:
    """Average the gradients over all processes, in one message."""
    learned = [p for p in network.parameters() if p.requires_grad]
    flat = torch.cat([(torch.zeros_like(p) if p.grad is None else p.grad).flatten() for p in learned])
    distributed.all_reduce(flat)
    flat /= processes
    for p, part in zip(learned, flat.split([p.numel() for p in learned]), strict=True):
        p.grad = part.view_as(p)


def average_into(averaged: Network, network: Network, keep: float) -> None:
    """A running mean of the weights: it reads better than the last step's, and costs nothing when reading."""
    with torch.no_grad():
        for mine, theirs in zip(averaged.parameters(), network.parameters(), strict=True):
            mine.lerp_(theirs, 1 - keep)


class Learner:
    """A network that learns batch by batch, over `steps` of them, and the running mean of its weights."""

    def __init__(self, args: argparse.Namespace, steps: int) -> None:
        self.args, self.steps, self.step = args, steps, 0
        self.network = network_of(args.start) if args.start else pretrained(args.encoder)
        self.averaged = copy.deepcopy(self.network)
        if args.int8:
            round_while_learning(self.network, args.encoder)
        groups = groups_of(self.network, args.rate, args.head_rate)
        self.optimiser = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))
        self.rates = [g["lr"] for g in self.optimiser.param_groups]

    def learn(self, batch: Batch) -> dict[str, Tensor]:
        """One step, with the other processes; what each head lost on the batch before it."""
        for g, rate in zip(self.optimiser.param_groups, self.rates, strict=True):
            g["lr"] = rate * rate_at(self.step, self.steps)
        found = losses(self.network, batch)
        total(found, batch).backward()
        if self.args.processes > 1:
            share_gradients(self.network, self.args.processes)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.step += 1
        average_into(self.averaged, self.network, min(self.args.average, (1 + self.step) / (10 + self.step)))
        return found

    def learn_epoch(self, groups: list[list[ExampleWindow]], chance: random.Random) -> dict[str, float]:
        """One step for each group; each head's losses for an anchor, summed over the groups."""
        self.network.train()
        sums: dict[str, float] = {}
        for group in groups:
            batch = collate(group, chance, self.args.hide)
            found = self.learn(batch)
            anchors = float(batch.anchor_weight.sum()) + 1e-6  # a batch may have none
            for name, value in found.items():
                sums[name] = sums.get(name, 0.0) + float(value.detach()) / anchors
        return sums


def train(rank: int, args: argparse.Namespace) -> None:
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    if args.processes > 1:
        where = f"tcp://127.0.0.1:{args.port}"
        distributed.init_process_group("gloo", init_method=where, rank=rank, world_size=args.processes)
    chance, mine = random.Random(args.seed), random.Random(args.seed + 1 + rank)
    known = load_examples(args)
    steps_an_epoch = len(epoch_of_batches(known, args, rank, chance))
    # epochs differ a little in length; the rate must not reach zero early
    learner = Learner(args, int(steps_an_epoch * args.epochs * 1.02))
    begun = time.time()
    args.out.mkdir(parents=True, exist_ok=True)

    def say(**what: object) -> None:
        if rank == 0:
            print(json.dumps({**what, "minutes": round((time.time() - begun) / 60, 1)}), flush=True)

    say(gold=len(known.gold), soft=len(known.soft), steps_an_epoch=steps_an_epoch, epochs=args.epochs)
    for epoch in range(args.epochs):
        sums = learner.learn_epoch(epoch_of_batches(known, args, rank, chance), mine)
        if rank == 0:
            torch.save(learner.averaged.state_dict(), args.out / f"epoch{epoch + 1}.pt")
        say(epoch=epoch + 1, **{k: round(v / steps_an_epoch, 3) for k, v in sums.items()})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder with corpora/ and gold/")
    parser.add_argument("--gold", type=Path, nargs="+", required=True, help="compiled gold readings (.jsonl)")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the pretrained encoder")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--stage", choices=("base", "gold", "teacher"), default="gold")
    parser.add_argument("--start", type=Path, help="checkpoint to go on from")
    parser.add_argument("--epochs", type=int, default=24)
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--average", type=float, default=0.998)
    parser.add_argument("--hide", type=float, default=0.12, help="share of words masked, lest they be learned by heart")
    parser.add_argument("--replay", type=float, default=0.08, help="share of PolNeAR in each epoch of stage gold")
    parser.add_argument("--soft", type=Path, help="windows that other networks have read (training/distil.py)")
    parser.add_argument("--soft-share", type=float, default=0.5, help="share of them in each epoch")
    parser.add_argument("--no-commas", type=float, default=0.0, help="share of windows that lose their commas")
    parser.add_argument("--int8", action="store_true", help="learn with the encoder rounded as it will be read with")
    parser.add_argument("--processes", type=int, default=2, help="each learns from its own batches, sharing gradients")
    parser.add_argument("--threads", type=int, default=1, help="of each process")
    parser.add_argument("--port", type=int, default=29511)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if args.processes > 1:
        multiprocessing.spawn(train, (args,), args.processes)
    else:
        train(0, args)


if __name__ == "__main__":
    main()
