"""Readings of gold texts by a model folder, for `score/score.py`.

python training/evaluate.py --model DIR --gold GOLD.jsonl --out PREDICTED.jsonl
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from sayso.reading.counts import bounds_of
from sayso.reading.decode import decode
from sayso.reading.model import Model
from sayso.reading.windows import windows_of, words_of


def read(model: Model, texts: list[tuple[str, str]]) -> list[dict]:
    jobs, cut = [], []
    for _, text in texts:
        head = text.split("\n\n", 1)[0]
        words = words_of(text, model.tokenizer, len(head) if "\n\n" in text and len(head) < 200 else 0)
        windows = windows_of(words)
        cut.append((words, len(windows)))
        jobs += [(words, w) for w in windows]
    anchors = iter(model.read(jobs))
    out = []
    for (name, text), (words, count) in zip(texts, cut, strict=True):
        claims, events = decode(text, words, [a for _ in range(count) for a in next(anchors)])
        out.append(
            {
                "id": name,
                "claims": [
                    {"id": f"c{i}", "source": c.source, "cue": c.cue, "content": c.content, "stance": c.stance}
                    for i, c in enumerate(claims, 1)
                ],
                "events": [
                    {
                        "id": f"e{i}", "type": e.type, "trigger": e.trigger,
                        "actors": e.spans["actor"], "targets": e.spans["target"],
                        "place": e.one("place"), "time": e.one("time"), "status": e.status,
                        "killed_n": _bounds(text, e.one("killed"), e.one("wounded")),
                        "claim": None if e.claim is None else f"c{e.claim + 1}",
                    }
                    for i, e in enumerate(events, 1)
                ],
            }
        )  # fmt: skip
    return out


def _bounds(text: str, span: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple | None:
    return None if span is None or span == other else bounds_of(text[span[0] : span[1]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    gold = [json.loads(line) for line in args.gold.open(encoding="utf-8")]
    begun = time.time()
    model = Model(args.model)
    readings = read(model, [(g["id"], g["text"]) for g in gold])
    args.out.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in readings), encoding="utf-8")
    words = sum(len(g["text"].split()) for g in gold)
    print(f"{len(gold)} reports, {words} words in {time.time() - begun:.1f} s")


if __name__ == "__main__":
    main()
