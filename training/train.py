"""Train the reader's network.

    python training/train.py --shared DIR --out DIR [--stage base|gold] [--epochs N] [--from CHECKPOINT]

Stage `base` learns from the partial corpora and the gold together; stage `gold` goes on from its checkpoint with the
gold readings and a share of PolNeAR, so that its style stays known. A checkpoint is written after every epoch.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, distributed, multiprocessing
from torch.nn import functional as F  # noqa: N812

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
from network import Network, with_pretrained_encoder
from sayso.reading.buckets import bucket_of
from sayso.reading.labels import ATTRIBUTES, CUE, ROLES
from soft import soft_examples

CLS, SEP, MASK = 101, 102, 103
LENGTHS = (160, 382)  # pieces of a training window
BATCH_PIECES = 2400  # padded pieces of one process's batch
LEAST = 0.1  # chance of a word to be of an anchor, from which it is asked whether it is the first


@dataclass(slots=True)
class Batch:
    ids: Tensor
    marks: Tensor
    style: Tensor
    mask: Tensor
    first: Tensor
    types: Tensor
    cues: Tensor
    begins: Tensor
    toponyms: Tensor
    word_weight: Tensor
    anchor_row: Tensor
    anchor_span: Tensor
    anchor_kind: Tensor
    buckets: Tensor
    roles: Tensor
    role_known: Tensor
    attribute: Tensor
    anchor_weight: Tensor


def batches(windows: list[tuple[Example, int, int]], chance: random.Random) -> Iterator[list[tuple[Example, int, int]]]:
    """Windows of like length together, at most `BATCH_PIECES` padded pieces each, in random order."""

    def length(w: tuple[Example, int, int]) -> int:
        return int(w[0].words.first[w[2]] - w[0].words.first[w[1]])

    ordered = sorted(windows, key=lambda w: length(w) + chance.random() * 30)
    groups: list[list[tuple[Example, int, int]]] = [[]]
    for window in ordered:
        if groups[-1] and (len(groups[-1]) + 1) * (length(window) + 2) > BATCH_PIECES:
            groups.append([])
        groups[-1].append(window)
    chance.shuffle(groups)
    yield from groups


def collate(group: list[tuple[Example, int, int]], chance: random.Random, hide: float) -> Batch:
    count = len(group)
    pieces = max(int(e.words.first[b] - e.words.first[a]) for e, a, b in group) + 2
    longest = max(b - a for _, a, b in group)
    ids = np.zeros((count, pieces), np.int64)
    marks = np.zeros((count, pieces), np.int64)
    mask = np.zeros((count, pieces), np.float32)
    first = np.zeros((count, longest), np.int64)
    types = np.zeros((count, longest, 1 + CUE), np.float32)  # no row: not known
    cues = np.zeros((count, longest), np.float32)
    begins = np.zeros((2, count, longest), np.float32)
    toponyms = np.zeros((2, count, longest), np.float32)  # inside one, first word of one
    weight = np.zeros((4, count, longest), np.float32)  # of types, of cues, of begins, of toponyms
    rows, spans, kinds, distances, targets, known, attributes, weights = [], [], [], [], [], [], [], []
    for row, (e, a, b) in enumerate(group):
        w = e.words
        piece = w.pieces[w.first[a] : w.first[b]].astype(np.int64)
        of_word = np.repeat(np.arange(a, b), np.diff(w.first[a : b + 1]))
        if hide:
            hidden = np.array([chance.random() < hide for _ in range(b - a)])
            piece = np.where(hidden[of_word - a], MASK, piece)
        n = len(piece)
        ids[row, 0], ids[row, 1 : n + 1], ids[row, n + 1] = CLS, piece, SEP
        mask[row, : n + 2] = 1
        marks[row, 1 : n + 1] = w.marks[of_word]
        first[row, : b - a] = w.first[a:b] - w.first[a] + 1
        if e.all_events:
            types[row, : b - a, 0] = 1
            weight[0, row, : b - a] = e.weight
        if e.all_cues:
            weight[1, row, : b - a] = e.weight
        if e.toponyms is not None:
            weight[3, row, : b - a] = e.weight
            for lo, hi in e.toponyms:
                if a <= lo and hi <= b:
                    toponyms[0, row, lo - a : hi - a] = 1
                    toponyms[1, row, lo - a] = 1
        if e.soft:
            types[row, : b - a] = e.soft.words[:, : 1 + CUE]
            cues[row, : b - a] = e.soft.words[:, 1 + CUE]
            begins[:, row, : b - a] = e.soft.words[:, 2 + CUE : 4 + CUE].T
            toponyms[:, row, : b - a] = e.soft.words[:, 4 + CUE :].T
            weight[:, row, : b - a] = e.weight
        for number, anchor in enumerate(e.anchors):
            lo, hi = anchor.start - a, anchor.end - a
            if lo < 0 or hi > b - a:
                continue
            if e.soft:
                pass
            elif anchor.kind == CUE:
                cues[row, lo:hi] = 1
                begins[1, row, lo] = 1
                weight[2, row, lo:hi] = e.weight
            elif anchor.kind is not None:
                types[row, lo:hi] = np.eye(1 + CUE, dtype=np.float32)[anchor.kind + 1]
                begins[0, row, lo] = 1
                weight[0, row, lo:hi] = e.weight
                weight[2, row, lo:hi] = e.weight
            rows.append(row)
            spans.append((lo, hi))
            # an event of unknown type is shown to the role head as an attack, the plainest of them
            kinds.append(10 if anchor.kind is None else anchor.kind)
            distances.append(
                bucket_of(np.arange(a, a + longest).clip(max=len(w.spans) - 1), anchor.start, anchor.end, w.sentence)
            )
            target = np.zeros((longest, len(ROLES), 3), np.float32)
            attribute = np.zeros(len(ATTRIBUTES), np.float32)
            if e.soft:
                target[: b - a], attribute = e.soft.roles[number], e.soft.attributes[number].astype(np.float32)
            elif anchor.attribute is not None:
                attribute[anchor.attribute] = 1
            for role, runs in anchor.roles.items():
                for s, t in runs:
                    s2, t2 = max(s - a, 0), min(t - a, b - a)
                    if s2 >= t2:
                        continue
                    target[s2:t2, role, 0] = 1
                    if s >= a:
                        target[s2, role, 1] = 1
                    if t <= b:
                        target[t2 - 1, role, 2] = 1
            targets.append(target)
            known.append([float(r in anchor.known) for r in range(len(ROLES))])
            attributes.append(attribute)
            weights.append(e.weight)
    t = torch.from_numpy
    none = not rows
    return Batch(
        ids=t(ids), marks=t(marks), style=torch.tensor([e.style for e, _, _ in group]), mask=t(mask), first=t(first),
        types=t(types), cues=t(cues), begins=t(begins), toponyms=t(toponyms), word_weight=t(weight),
        anchor_row=torch.tensor(rows, dtype=torch.long), anchor_span=torch.tensor(spans, dtype=torch.long).view(-1, 2),
        anchor_kind=torch.tensor(kinds, dtype=torch.long),
        buckets=torch.zeros(0, longest, dtype=torch.long) if none else t(np.stack(distances)).long(),
        roles=torch.zeros(0, longest, len(ROLES), 3) if none else t(np.stack(targets)),
        role_known=torch.tensor(known).view(-1, len(ROLES)),
        attribute=torch.zeros(0, len(ATTRIBUTES)) if none else t(np.stack(attributes)),
        anchor_weight=torch.tensor(weights),
    )  # fmt: skip


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
    """Layer-wise rates: each layer below the top learns 0.85 times as fast (FEASIBILITY of the encoder)."""
    out = []
    for i, layer in enumerate(network.encoder.layers):
        out.append({"params": list(layer.parameters()), "lr": rate * 0.85 ** (5 - i)})
    rest = [p for n, p in network.encoder.named_parameters() if p.requires_grad and not n.startswith("layers.")]
    out.append({"params": rest, "lr": rate})
    out.append({"params": [*network.anchors.parameters(), *network.roles.parameters()], "lr": head_rate})
    return out


def load_examples(args: argparse.Namespace) -> tuple[list[Example], list[Example], list[Example], list[Example]]:
    """Gold, PolNeAR, the corpora of single events of which a part of each text is known, and those of toponyms."""
    tokenizer = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    corpora = args.shared / "corpora"
    gold = [e for path in args.gold for e in gold_examples(path, tokenizer)]
    polnear = list(polnear_examples(corpora / "polnear/train", tokenizer))
    partial = list(rams_examples(corpora / "rams/dev.jsonl", tokenizer))
    if args.stage == "base":
        partial += list(event_location_examples(corpora / "event_location/train.json", tokenizer))[::2]
    return gold, polnear, partial, list(toponym_examples(corpora / "geo", tokenizer))


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


def train(rank: int, args: argparse.Namespace) -> None:
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    if args.processes > 1:
        where = f"tcp://127.0.0.1:{args.port}"
        distributed.init_process_group("gloo", init_method=where, rank=rank, world_size=args.processes)
    chance, mine = random.Random(args.seed), random.Random(args.seed + 1 + rank)
    gold, polnear, partial, toponyms = load_examples(args)
    soft = list(soft_examples(args.soft)) if args.soft else []
    network = Network()
    with_pretrained_encoder(network, args.encoder)
    if args.start:
        network.load_state_dict(torch.load(args.start))
    averaged = copy.deepcopy(network)
    optimiser = torch.optim.AdamW(groups_of(network, args.rate, args.head_rate), weight_decay=0.01, betas=(0.9, 0.98))
    rates = [g["lr"] for g in optimiser.param_groups]

    def epoch_of_batches() -> list[list[tuple[Example, int, int]]]:
        if args.stage == "base":
            chosen = gold + gold + polnear + partial + toponyms
        else:
            chosen = (
                gold
                + chance.sample(polnear, int(len(polnear) * args.replay))
                + chance.sample(partial, len(partial) // 4)
                + chance.sample(toponyms, len(toponyms) // 2)
            )
        windows = shuffled_windows(chosen, chance, LENGTHS)
        windows += [(e, 0, len(e.words.spans)) for e in chance.sample(soft, int(len(soft) * args.soft_share))]
        for i, (e, a, b) in enumerate(windows):
            if e.all_events and chance.random() < args.no_commas:
                e = without_commas(e, a, b)
                windows[i] = e, 0, len(e.words.spans)
        groups = list(batches(windows, chance))
        return groups[rank : len(groups) // args.processes * args.processes : args.processes]

    steps_an_epoch = len(epoch_of_batches())
    steps = int(
        steps_an_epoch * args.epochs * 1.02
    )  # epochs differ a little in length; the rate must not reach zero early
    warm = max(20, steps // 20)
    step, begun = 0, time.time()
    args.out.mkdir(parents=True, exist_ok=True)

    def say(**what: object) -> None:
        if rank == 0:
            print(json.dumps({**what, "minutes": round((time.time() - begun) / 60, 1)}), flush=True)

    say(gold=len(gold), soft=len(soft), steps_an_epoch=steps_an_epoch, epochs=args.epochs)
    for epoch in range(args.epochs):
        network.train()
        sums: dict[str, float] = {}
        for group in epoch_of_batches():
            batch = collate(group, mine, args.hide)
            factor = min(1.0, step / warm) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps))))
            for g, rate in zip(optimiser.param_groups, rates, strict=True):
                g["lr"] = rate * factor
            found = losses(network, batch)
            total(found, batch).backward()
            if args.processes > 1:
                share_gradients(network, args.processes)
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            average_into(averaged, network, min(args.average, (1 + step) / (10 + step)))
            anchors = float(batch.anchor_weight.sum()) + 1e-6
            for name, value in found.items():
                sums[name] = sums.get(name, 0.0) + float(value.detach()) / anchors
        if rank == 0:
            torch.save(averaged.state_dict(), args.out / f"epoch{epoch + 1}.pt")
        say(epoch=epoch + 1, **{k: round(v / steps_an_epoch, 3) for k, v in sums.items()})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="the folder with corpora/ and gold/")
    parser.add_argument("--gold", type=Path, nargs="+", required=True, help="compiled gold readings (.jsonl)")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the pretrained encoder")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--stage", choices=("base", "gold"), default="gold")
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
    parser.add_argument("--processes", type=int, default=2, help="each on one thread, sharing gradients")
    parser.add_argument("--port", type=int, default=29511)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if args.processes > 1:
        multiprocessing.spawn(train, (args,), args.processes)
    else:
        train(0, args)


if __name__ == "__main__":
    main()
