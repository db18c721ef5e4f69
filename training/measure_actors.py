"""Measure actors of record: over annotated reports, are mentions of one actor given one id, and do the known get one?

    python training/measure_actors.py GOLD.jsonl [--unresolved N] [--split N]

For each annotated actor, target and source the name that `sayso.reading.who` finds in the report is resolved by
`sayso.actors`, the countries being those of the report's annotated places. Printed:
  pairs     over all pairs of mentions in one report that got ids of armed actors, states or their organs: precision,
            recall and F1 of "same id" against "same name by the annotators"
  coverage  the share of mentions that got an id, over those whose annotated name names an organisation: it holds an
            acronym, a state or nationality, or a word that organisations are called by (army, front, ministry)
  speed     processor time a report and a name, with nothing cached
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from measure_who import parties_of
from sayso.actors import Register, resolve_actors
from sayso.actors.context import Context
from sayso.actors.grammar import Grammar
from sayso.actors.groups import Groups
from sayso.actors.names import words
from sayso.actors.resolve import Resolver
from sayso.reading.who import Who
from sayso.records.resolved import Named

NOBODY = frozenset({"civilians", "protesters", "rioters", "unidentified", "agency", "body", "office", "party"})
CALLED = (
    "army forces force front state government ministry coalition brigade brigades division regiment units party police "
    "movement command council committee union agency observatory organisation organization nations league guard guards "
    "corps court office department congress parliament regime hezbollah taliban houthi houthis pentagon kremlin "
)


@dataclass(slots=True)
class Mention:
    """One mention: the annotators' name, ours, and who that is."""

    gold: str
    name: str
    is_: Named | None


@dataclass(slots=True)
class Measured:
    """Counts over reports."""

    pairs: Counter[str] = field(default_factory=Counter)
    named: int = 0
    resolved: int = 0
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    split: list[tuple[str, str, str, str, str]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of pairs with one id, those with one annotated name."""
        return self.pairs["both"] / max(1, self.pairs["both"] + self.pairs["ours"])

    @property
    def recall(self) -> float:
        """Of pairs with one annotated name, those with one id."""
        return self.pairs["both"] / max(1, self.pairs["both"] + self.pairs["theirs"])

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    @property
    def coverage(self) -> float:
        """The share of mentions of organisations that got an id."""
        return self.resolved / max(1, self.named)


def mentions_of(document: dict, register: Register) -> list[Mention]:
    """The annotated mentions of one report with the ids we give them."""
    text = document["text"]
    items = [(tuple(c["source"]), c["source_is"], True) for c in document["claims"] if c["source"] and c["source_is"]]
    for event in document["events"]:
        for role in ("actors", "targets"):
            items += [(tuple(s), g, False) for s, g in zip(event[role], event[role + "_are"], strict=True) if s and g]
    who = Who(text, [s for s, _, source in items if source], parties_of(document))
    names = [who.name(span) for span, _, _ in items]
    places = Counter(e["place_is"]["country"] for e in document["events"] if e["place_is"])
    countries = [c for c, _ in places.most_common() if c]
    found = resolve_actors(names, register=register, text=text, countries=countries, published=document["published"])
    groups = Groups(register, text, countries, document["published"])
    mentions = []
    for (span, gold, source), name, is_ in zip(items, names, found, strict=True):
        nobody = is_ is None or is_.kind == "unidentified"
        group = groups.meant(span, name) if nobody or not source else None
        mentions.append(Mention(gold, group.name if group else name, group or is_))
    return mentions


def names_organisation(gold: str, register: Register) -> bool:
    """Whether the annotators' name is an organisation's, a state's or of its people."""
    first = re.split(r"[,(\[]", gold)[0]
    if re.search(r"\b[A-Z]{2,}\b", first) and not re.search(r"[a-z]", first.split()[0] if first.split() else ""):
        return True
    said = words(first)
    if any(f" {w.folded} " in f" {CALLED} " for w in said):
        return any(w.raw[:1].isupper() for w in said)
    return bool(said) and len(said) <= 2 and said[0].folded in register.index.adjectives


def plain(name: str, grammar: Grammar) -> str:
    """An annotated name without case, brackets, what follows a comma, numbers, people and things ("Daesh fighters")."""
    said = grammar.without_before(words(re.split(r"[,(\[]", name)[0] or name))
    while n := grammar.people.at_end(said) or grammar.things.at_end(said):
        said = said[:-n]
    return " ".join(w.folded for w in said)


def measure(documents: list[dict], register: Register) -> Measured:
    """All counts over the reports."""
    counts, grammar = Measured(), Grammar(register.index)
    for document in documents:
        mentions = mentions_of(document, register)
        for mention in mentions:
            if names_organisation(mention.gold, register):
                counts.named += 1
                counts.resolved += mention.is_ is not None
                if mention.is_ is None:
                    counts.missed.append((mention.gold, mention.name, document["id"]))
        known = [m for m in mentions if m.is_ is not None and m.is_.kind not in NOBODY]
        for one, other in itertools.combinations(known, 2):
            ours, theirs = one.is_.id == other.is_.id, plain(one.gold, grammar) == plain(other.gold, grammar)  # type: ignore[union-attr]
            counts.pairs["both" if ours and theirs else "ours" if ours else "theirs" if theirs else "none"] += 1
            if ours != theirs:
                counts.split.append((one.gold, one.name, other.gold, other.name, f"{one.is_.id} {other.is_.id}"))  # type: ignore[union-attr]
    return counts


def speed(documents: list[dict], register: Register) -> str:
    """Milliseconds a report and microseconds a name with nothing cached, processor time, the best of five."""
    jobs = [(d["text"], [m.name for m in mentions_of(d, register)]) for d in documents]
    spent = min(_once(jobs, register) for _ in range(5))
    names = sum(len(asked) for _, asked in jobs)
    return f"{1000 * spent / len(jobs):.2f} ms a report, {1e6 * spent / max(1, names):.0f} µs a name"


def _once(jobs: list[tuple[str, list[str]]], register: Register) -> float:
    resolver = Resolver(register)
    start = time.process_time()
    for text, asked in jobs:
        context = Context(register, text, ("SY",), "2016-06-09")
        for name in asked:
            resolver.answer(name, context)
    return time.process_time() - start


def documents_in(gold: Path) -> list[dict]:
    """The compiled readings of a file."""
    with gold.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main() -> None:
    """Print the figures, and what is not resolved if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--unresolved", type=int, default=0, help="print so many names of organisations without an id")
    parser.add_argument("--split", type=int, default=0, help="print so many pairs that we and the annotators see apart")
    args = parser.parse_args()
    register = Register.packaged()
    documents = documents_in(args.gold)
    counts = measure(documents, register)
    print(f"pairs: precision {100 * counts.precision:.1f}, recall {100 * counts.recall:.1f}, F1 {100 * counts.f1:.1f}")
    print(f"coverage: {100 * counts.coverage:.1f} of {counts.named} mentions of organisations")
    print(f"speed: {speed(documents, register)}")
    for number, missed in Counter((g, n) for g, n, _ in counts.missed).most_common(args.unresolved):
        print(missed, *number)
    random.Random(1).shuffle(counts.split)
    for apart in counts.split[: args.split]:
        print(apart)


if __name__ == "__main__":
    main()
