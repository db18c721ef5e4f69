"""Fit the weights by which mentions in a report share an incident: `src/sayso/reading/incidents.json`.

    python training/incidents.py SHARED [--dry]

The mentions are those of all annotated reports (our own and `gold/train`), named and compared as the reader's are
(`sayso.reading.incidents`); the annotators' incidents say which pairs are one. A logistic regression over the signs.
The mean log odds from which on a mention joins an incident is the one with the best F of pairs over fifths of the
reports, each left out in turn, precision counting more (`BETA`): what is put together within a report is never taken
apart, while linking may still join what was not.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

import gold
from sayso.reading.drafts import ClaimDraft, EventDraft
from sayso.reading.incidents import Mention, are_compared, incidents_of, signs
from sayso.reading.reader import mentions_of
from sayso.records.choice import Weights

OUT = Path(__file__).parents[1] / "src/sayso/reading/incidents.json"
LEASTS = (-1.0, -0.75, -0.5, -0.25, 0.0, 0.25)
PENALTY = 0.3  # sklearn's C
SEEN = 10  # pairs that a sign must be seen in
FOLDS = 5
BETA = 0.75


@dataclass(frozen=True, slots=True)
class Report:
    """The mentions of one annotated report, and their incidents."""

    mentions: list[Mention]
    incidents: list[str]


def reports(shared: Path) -> Iterator[Report]:
    """All annotated reports."""
    lines = (shared / "gold/train.gold.jsonl").read_text(encoding="utf-8").splitlines()
    for row in [*map(json.loads, lines), *gold.with_texts(shared)]:
        events = sorted(row["events"], key=lambda event: event["trigger"])
        number = {claim["id"]: at for at, claim in enumerate(row["claims"])}
        claims = [
            ClaimDraft(
                content=_spans(c["content"]), source=_span(c["source"]), cue=_span(c["cue"]), via=[],
                stance=c["stance"], score=1.0, within=number.get(c["within"]),
            )
            for c in row["claims"]
        ]  # fmt: skip
        drafts = [
            EventDraft(
                type=e["type"], trigger=(e["trigger"][0], e["trigger"][1]), status=e["status"], score=1.0,
                claim=number.get(e["claim"]),
                spans={
                    "actor": _spans(e["actors"]), "target": _spans(e["targets"]),
                    **{role: _spans([e[role]]) for role in ("place", "time", "killed", "wounded", "weapon") if e[role]},
                },
            )
            for e in events
        ]  # fmt: skip
        yield Report(mentions_of(row["text"], claims, drafts), [event["incident"] for event in events])


def _span(of: list[int] | None) -> tuple[int, int] | None:
    return (of[0], of[1]) if of else None


def _spans(of: list[list[int]]) -> list[tuple[int, int]]:
    return [(start, end) for start, end in of]


def fitted(some: Sequence[Report]) -> dict[str, float]:
    """A weight for each sign."""
    rows, same = list[dict[str, float]](), list[bool]()
    for report in some:
        for (one, first), (other, second) in combinations(zip(report.mentions, report.incidents, strict=True), 2):
            if are_compared(one, other):
                rows.append(dict.fromkeys(signs(one, other), 1.0))
                same.append(first == second)
    table = DictVectorizer()
    found = table.fit_transform(rows)
    often = np.asarray(found.sum(axis=0)).ravel() >= SEEN
    model = LogisticRegression(C=PENALTY, max_iter=3000, fit_intercept=False).fit(found[:, often], same)
    names = [name for name, kept in zip(table.feature_names_, often, strict=True) if kept]
    return dict(zip(names, map(float, model.coef_[0]), strict=True))


def scores(some: Sequence[Report], table: Weights) -> np.ndarray:
    """Pairs put together rightly, put together, and that should be."""
    counts = np.zeros(3)
    for report in some:
        found = incidents_of(report.mentions, table)
        for one, other in combinations(range(len(found)), 2):
            together, same = found[one] == found[other], report.incidents[one] == report.incidents[other]
            counts += (together and same, together, same)
    return counts


def chosen(some: Sequence[Report]) -> float:
    """The bound with the best F over reports left out; what each scores is printed."""
    found = dict.fromkeys(LEASTS, np.zeros(3))
    for fold in range(FOLDS):
        weights = fitted([report for at, report in enumerate(some) if at % FOLDS != fold])
        for least in LEASTS:
            found[least] = found[least] + scores(some[fold::FOLDS], Weights(least=least, weights=weights))
    best = {}
    for least, (right, together, same) in found.items():
        best[least] = (1 + BETA**2) * right / (together + BETA**2 * same)
        score = f"precision {right / together:.3f}, recall {right / same:.3f}, F1 {2 * right / (together + same):.3f}"
        print(f"from {least}: {score}, F{BETA} {best[least]:.3f}")
    return max(best, key=best.__getitem__)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--dry", action="store_true", help="write nothing")
    args = parser.parse_args()
    some = list(reports(args.shared))
    print(f"{len(some)} reports, {sum(len(report.mentions) for report in some)} mentions")
    least = chosen(some)
    weights = {name: round(value, 3) for name, value in sorted(fitted(some).items())}
    if not args.dry:
        OUT.write_text(json.dumps({"least": least, "weights": weights}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
