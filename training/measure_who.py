"""Measure who is who: how often the resolver, given the annotated spans, names what the annotators named.

    python training/measure_who.py GOLD.jsonl [--errors N [--kind KIND] [--role ROLE] [--named]]

`GOLD.jsonl` holds compiled readings ({"id", "text", "claims", "events"}). Names are compared three ways:
  strict   equal, but for case, articles, punctuation and white space
  full     what was answered holds every word of the annotators' name proper: what stands before their first comma
           or bracket, without titles, articles and words that only say that nobody is named ("unnamed")
  lenient  equal as word sets, or the one's words hold the other's and the words shared include a name's word
           (one that the annotators wrote with a capital)
"named" is "full" over those mentions only whose name proper the report itself writes out, word after word, and which
do not hold it themselves: what a resolver can get right and a copy of the mention cannot.
"as written" is the same for an answer that only repeats the mention. Annotators also bring what the report does not
say ("IS" for the Islamic State); no resolver that reads only the report can have those right.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.reading.who import Who
from sayso.reading.who.nouns import table

WORD = re.compile(r"\w+(?:[.'’-]\w+)*")
SAY_NOTHING = "the a an of for in and s unnamed unidentified unspecified anonymous unknown"
EMPTY = frozenset(SAY_NOTHING.split())


@dataclass(frozen=True, slots=True)
class Asked:
    """One mention that was asked about, the annotators' name for it and the answer."""

    role: str
    kind: str
    text: str
    gold: str
    answer: str
    why: str
    report: str
    named: bool


def words_of(name: str) -> list[str]:
    """Lower-case words of a name without possessive endings and dots."""
    return [re.sub(r"['’]s?$", "", w.lower()).replace(".", "").replace("’", "'") for w in WORD.findall(name)]


def content(name: str) -> frozenset[str]:
    """The words of a name that tell it from others."""
    return frozenset(w for w in words_of(name) if w not in EMPTY)


def proper(name: str) -> frozenset[str]:
    """The words of the name proper, without titles."""
    first = re.split(r"[,(\[]", name)[0] or name
    untitled = frozenset(w for w in content(first) if table().kind(w) not in ("title", "rank"))
    return untitled or content(first)


def strict(answer: str, gold: str) -> bool:
    """Equal but for case, articles and punctuation."""
    return [w for w in words_of(answer) if w not in ("the", "a", "an")] == [
        w for w in words_of(gold) if w not in ("the", "a", "an")
    ]


def full(answer: str, gold: str) -> bool:
    """Whether the answer holds the whole of the name proper."""
    return strict(answer, gold) or (bool(proper(gold)) and proper(gold) <= content(answer))


def lenient(answer: str, gold: str) -> bool:
    """Equal as sets, or one holds the other and they share a word of a name."""
    one, other = content(answer), content(gold)
    if strict(answer, gold) or one == other:
        return True
    named = {w for raw in WORD.findall(gold) if not raw[0].islower() for w in words_of(raw)}
    return (one <= other or other <= one) and bool(one & other & named)


def written_out(gold: str, plain: str) -> bool:
    """Whether a text (its words in lower case between spaces) holds the name proper."""
    first = re.split(r"[,(\[]", gold)[0] or gold
    wanted = proper(gold)
    name = " ".join(w for w in words_of(first) if w in wanted or w in ("of", "for", "the", "in", "and"))
    return any(c.isupper() for c in first) and f" {name.removeprefix('the ')} " in plain


def kind_of(mention: str, gold: str, upper: bool) -> str:
    """pronoun, acronym, full name, short name or description: by the letters of the mention, and the name it has."""
    bare = re.sub(r"^(the|a|an)\s+", "", mention.strip(), flags=re.IGNORECASE)
    if bare.lower() in table().pronouns and (upper or bare != "US"):
        return "pronoun"
    if re.fullmatch(r"[A-Z][A-Za-z.]{0,6}[A-Z]\.?s?", bare) and not upper:
        return "acronym"
    named = content(mention) & {w for raw in WORD.findall(gold) if not raw[0].islower() for w in words_of(raw)}
    if named and proper(gold) <= content(mention):
        return "full name"
    if named and content(mention) <= content(gold) and (upper or not bare[0].islower()):
        return "short name"
    return "description"


def asked_of(document: dict) -> Iterator[Asked]:
    """What the annotators named in one report, and what the resolver answers."""
    text = document["text"]
    upper = sum(map(str.isupper, text)) > sum(map(str.islower, text))
    claims = [c for c in document["claims"] if c["source"] and c["source_is"]]
    items = [("source", tuple(c["source"]), c["source_is"]) for c in claims]
    for event in document["events"]:
        for role in ("actors", "targets"):
            items += [(role, tuple(s), g) for s, g in zip(event[role], event[role + "_are"], strict=True) if s and g]
    plain = f" {' '.join(words_of(text))} "
    who = Who(text, [s for r, s, _ in items if r == "source"], parties_of(document))
    for role, span, gold in items:
        mention = text[span[0] : span[1]]
        kind = kind_of(mention, gold, upper)
        named = written_out(gold, plain) and not full(mention, gold)
        yield Asked(role, kind, mention, gold, who.name(span), who.why(span), document["id"], named)


def parties_of(document: dict) -> dict[tuple[int, int], tuple[int, int] | None]:
    """The spans of actors and targets, each with the source of the claim that tells of it."""
    sources = {c["id"]: tuple(c["source"]) if c["source"] else None for c in document["claims"]}
    return {
        tuple(span): sources.get(event["claim"])
        for event in document["events"]
        for span in event["actors"] + event["targets"]
        if span
    }


def documents_in(gold: Path) -> list[dict]:
    """The compiled readings of a file."""
    with gold.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def asked_in(gold: Path) -> list[Asked]:
    """All that is asked and answered over a file of compiled readings."""
    return [asked for document in documents_in(gold) for asked in asked_of(document)]


def share(asked: list[Asked], test) -> str:  # type: ignore[no-untyped-def]
    """Percent right of the answers, and of the mentions as written."""
    right, plain = (sum(test(x, a.gold) for x, a in zip(xs, asked, strict=True)) for xs in
                    ([a.answer for a in asked], [a.text for a in asked]))  # fmt: skip
    return f"{100 * right / len(asked):6.1f} ({100 * plain / len(asked):4.1f})"


def row(label: str, asked: list[Asked]) -> str:
    """One line of the table."""
    named = [a for a in asked if a.named]
    right = sum(full(a.answer, a.gold) for a in named)
    last = f"{100 * right / len(named):6.1f} of {len(named)}" if named else ""
    return (
        f"{label:22}{len(asked):6}  "
        + " ".join(f"{share(asked, t):>15}" for t in (strict, full, lenient))
        + f"  {last}"
    )


def speed(documents: list[dict]) -> str:
    """Milliseconds a report, and for 400 words, over all reports, processor time, the best of five."""
    best = min(_once(documents) for _ in range(5))
    words = sum(len(d["text"].split()) for d in documents)
    return f"{1000 * best / len(documents):.2f} ms a report, {1000 * best * 400 / words:.2f} ms for 400 words"


def _once(documents: list[dict]) -> float:
    jobs = [
        (d["text"], [tuple(c["source"]) for c in d["claims"] if c["source"]], parties_of(d))
        for d in documents
    ]  # fmt: skip
    start = time.process_time()
    for text, sources, parties in jobs:
        who = Who(text, sources, parties)
        for span in (*sources, *parties):
            who.name(span)
    return time.process_time() - start


def main() -> None:
    """Print the table, and errors if asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="print so many answers that are not leniently right")
    parser.add_argument("--kind", help="errors of this kind only")
    parser.add_argument("--role", help="errors of this role only")
    parser.add_argument("--named", action="store_true", help="errors of the column `named` instead")
    args = parser.parse_args()
    asked = asked_in(args.gold)
    print(f"{'':22}{'n':>6}  {'strict (written)':>15} {'full':>15} {'lenient':>15}  named")
    for role in ("source", "actors", "targets"):
        mine = [a for a in asked if a.role == role]
        print(row(role, mine))
        for kind, _ in Counter(a.kind for a in mine).most_common():
            print(row(f"  {kind}", [a for a in mine if a.kind == kind]))
    print(speed(documents_in(args.gold)))
    wrong = [
        a for a in asked if (a.named and not full(a.answer, a.gold) if args.named else not lenient(a.answer, a.gold))
    ]
    wrong = [a for a in wrong if args.kind in (None, a.kind) and args.role in (None, a.role)]
    for a in random.Random(0).sample(wrong, min(args.errors, len(wrong))):
        print(f"{a.role} {a.kind} | {a.text} | gold: {a.gold} | answer: {a.answer} | {a.why} | {a.report}")


if __name__ == "__main__":
    main()
