"""Unlabelled reports -> what several networks make of them together, for another network to learn from.

    python training/distil.py --shared DIR --encoder DIR --gold READINGS.jsonl ... --away READINGS.jsonl ...
        --out FILE CHECKPOINT ...

The mean of several networks' chances is surer than each of them (Hinton et al. 2015, "Distilling the knowledge in a
neural network"). Reports that share a passage with a reading of `--away` are left out: name all that scores are
measured on; so are copies of what is annotated, `--gold`. Toponyms are those of the last network.
`training/train.py --soft FILE` learns from the result.
"""

from __future__ import annotations

import argparse
import io
import json
import random
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, multiprocessing

from network import Network, network_of
from sayso.copies import Text, pairs_of
from sayso.reading.anchors import Thresholds, anchors_of
from sayso.reading.buckets import bucket_of
from sayso.reading.labels import CUE, OTHERS, ROLES
from sayso.reading.model import CLS, SEP
from sayso.reading.windows import Window, Words, windows_of, words_of
from texts import CORPORA, detokenise

# How many reports of each corpus: wars first, what other news there is for the sake of the rest.
SHARES = {"fakes": 800, "guardian_sdf": 1300, "frontlines_ukraine": 800, "rams": 1000, "muc4": 1300, "satp": 1500,
          "re3d": 100, "wikievents": 20, "fnc1": 800}  # fmt: skip
NOT_FREE = ("BBC",)  # re3d's part that is not for every use
LONGEST = 6000  # characters of a report that are read: more than the longest window, less than the longest article
LOW = Thresholds(event=0.3, cue=0.3)  # anchors that the networks doubt are taught with their doubt
LEAST = 0.004  # chances below it are kept as none

Kept = dict[str, Tensor]


def texts(corpora: Path, seed: int) -> Iterator[Text]:
    """The reports of the corpora, each in the share that `SHARES` gives it, drawn with `seed`."""
    for name, share in SHARES.items():
        if name in CORPORA:
            found = [(t.key, t.text) for t in CORPORA[name](corpora) if t.outlet not in NOT_FREE]
        else:
            found = [*_wikievents(corpora)]
        random.Random(seed).shuffle(found)
        yield from (Text(id=f"{name}-{key}", text=text[:LONGEST]) for key, text in islice(found, share))


def _wikievents(corpora: Path) -> Iterator[tuple[str, str]]:
    with (corpora / "wikievents/dev.jsonl").open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            yield record["doc_id"], detokenise(record["tokens"])


def apart(found: list[Text], away: list[Text], gold: list[Text]) -> list[Text]:
    """The texts that share no passage with one of `away`, and are no copies of one of `gold`."""
    others, annotated = {text.id for text in away}, {text.id for text in gold}
    near: set[str] = set()
    for pair in pairs_of([*away, *gold, *found]):
        both = {pair.a, pair.b}
        if both & others or (both & annotated and pair.kind == "same"):
            near |= both
    return [text for text in found if text.id not in near]


def readings(paths: list[Path], name: str) -> list[Text]:
    """The texts of compiled readings, called after `name`."""
    lines = [line for path in paths for line in path.open(encoding="utf-8")]
    return [Text(id=f"{name} {number}", text=json.loads(line)["text"]) for number, line in enumerate(lines)]


def piece(words: Words, window: Window) -> Words:
    """The words of one window as a text of their own."""
    a, b = window.start, window.end
    return Words(words.spans[a:b], words.sentence[a:b], words.marks[a:b],
                 words.pieces[words.first[a] : words.first[b]], words.first[a : b + 1] - words.first[a])  # fmt: skip


def taught(networks: list[Network], words: Words) -> Kept:
    """What the networks together make of one window: chances of anchors, of their roles and of their attributes."""
    first = torch.from_numpy(words.first).long()
    ids = torch.cat([torch.tensor([CLS]), torch.from_numpy(words.pieces).long(), torch.tensor([SEP])])[None]
    marks = torch.from_numpy(words.marks).long().repeat_interleave(first.diff())
    marks = torch.cat([torch.tensor([0]), marks, torch.tensor([0])])[None]
    style = torch.zeros(1, dtype=torch.long)
    with torch.autocast("cpu", torch.bfloat16):
        hidden = [network.encoder(ids, marks, style, None)[0][first[:-1] + 1] for network in networks]
    hidden = [h.float() for h in hidden]
    scores = [network.anchors(h) for network, h in zip(networks, hidden, strict=True)]
    types = torch.stack([s[:, : CUE + 1].softmax(-1) for s in scores]).mean(0)
    others = torch.stack([s[:, CUE + 1 :].sigmoid() for s in scores]).mean(0)
    toponyms = slice(OTHERS.index("toponym"), None)
    others[:, toponyms] = scores[-1][:, CUE + 1 :].sigmoid()[:, toponyms]
    logits = torch.cat([types.clamp(min=1e-6).log(), others.clamp(1e-6, 1 - 1e-6).logit()], -1)
    count = len(words.spans)
    anchors = anchors_of(logits.numpy(), (0, count), LOW)
    where = torch.tensor([(f.start, f.end, f.kind) for f in anchors], dtype=torch.int32).view(-1, 3)
    kept = {"chances": torch.cat([types, others], -1).half(), "anchors": where}
    if anchors:
        roles, attributes = _roles(networks, hidden, words, where)
        at = (roles > LEAST).nonzero()
        kept |= {"roles_at": at.to(torch.int16), "roles": roles[tuple(at.T)].half(), "attributes": attributes.half()}
    named = {"spans": words.spans, "sentence": words.sentence, "marks": words.marks, "pieces": words.pieces,
             "first": words.first}  # fmt: skip
    return kept | {name: torch.from_numpy(np.ascontiguousarray(array)) for name, array in named.items()}


def _roles(networks: list[Network], hidden: list[Tensor], words: Words, anchors: Tensor) -> tuple[Tensor, Tensor]:
    count = len(words.spans)
    at = torch.arange(count)
    inside = ((at >= anchors[:, :1]) & (at < anchors[:, 1:2])).float()
    buckets = [bucket_of(np.arange(count), a, b, words.sentence) for a, b, _ in anchors.tolist()]
    given = inside / inside.sum(-1, keepdim=True), anchors[:, 2].long()
    found = [network.roles(*given, h, torch.from_numpy(np.stack(buckets)).long())
             for network, h in zip(networks, hidden, strict=True)]  # fmt: skip
    roles = torch.stack([r.sigmoid() for r, _ in found]).mean(0).view(len(anchors), count, len(ROLES), 3)
    return roles, torch.stack([a.softmax(-1) for _, a in found]).mean(0)


def teach(job: list[str], checkpoints: list[Path], encoder: Path) -> bytes:
    """All windows of some texts, as `torch.save` writes them (tensors passed between processes hold open files)."""
    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    networks = []
    for path in checkpoints:
        networks.append(network_of(path).eval())
    with torch.no_grad():
        windows = [
            taught(networks, piece(words, window))
            for text in job
            for words in [words_of(text, tokenizer)]
            for window in windows_of(words)
        ]
    out = io.BytesIO()
    torch.save(windows, out)
    return out.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", nargs="+", type=Path)
    parser.add_argument("--shared", type=Path, required=True, help="the folder with corpora/")
    parser.add_argument("--encoder", type=Path, required=True, help="folder of the pretrained encoder (its tokenizer)")
    parser.add_argument("--away", type=Path, nargs="+", required=True, help="readings that nothing may share text with")
    parser.add_argument("--gold", type=Path, nargs="+", default=[], help="readings whose text is learned already")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    every = [*texts(args.shared / "corpora", args.seed)]
    chosen = [text.text for text in apart(every, readings(args.away, "away"), readings(args.gold, "gold"))]
    print(f"{len(chosen)} of {len(every)} reports", flush=True)
    jobs = [chosen[i :: args.processes * 8] for i in range(args.processes * 8)]
    run = partial(teach, checkpoints=args.checkpoints, encoder=args.encoder)
    with multiprocessing.get_context("spawn").Pool(args.processes) as pool:
        windows = [window for part in pool.imap(run, jobs) for window in torch.load(io.BytesIO(part))]
    torch.save(windows, args.out)
    print(f"{len(windows)} windows, {sum(len(w['anchors']) for w in windows)} anchors")


if __name__ == "__main__":
    main()
