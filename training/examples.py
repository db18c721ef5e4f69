"""Corpora -> training examples: texts as words with the anchors, roles and attributes that are known of them."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.reading.labels import ATTRIBUTES, CUE, CUE_ROLES, EVENT_ROLES, ROLES
from sayso.reading.windows import Words, words_of
from sayso.records.vocabulary import EVENT_TYPES
from texts import detokenise

COMMA = 1010  # its piece
RELAY_REACH = 400  # characters from a cue to the name of a relay

Array = NDArray[np.float16]


@dataclass(slots=True)
class Anchor:
    """Words `start` to `end`, its kind (None: an event of unknown type) and what is known of it."""

    start: int
    end: int
    kind: int | None
    roles: dict[int, list[tuple[int, int]]]
    known: frozenset[int]  # roles of which the corpus says all
    attribute: int | None = None


@dataclass(slots=True)
class Soft:
    """What other networks make of a text of one window (`training/distil.py`): chances in place of labels.

    `words` (words, kinds and others); `roles` (anchors, words, roles, 3) and `attributes` (anchors, attributes) go with
    the example's anchors.
    """

    words: Array
    roles: Array
    attributes: Array


@dataclass(slots=True)
class Example:
    """One text. `all_events`, `all_cues`: whether a word without an anchor is known to be none."""

    words: Words
    style: int
    all_events: bool
    all_cues: bool
    anchors: list[Anchor] = field(default_factory=list)
    toponyms: list[tuple[int, int]] | None = None  # None: not known
    weight: float = 1.0
    soft: Soft | None = None


class Cutter:
    """Spans of characters -> runs of words, for one text."""

    def __init__(self, words: Words) -> None:
        self.starts, self.ends = words.spans[:, 0], words.spans[:, 1]

    def run(self, span: list[int] | tuple[int, int]) -> tuple[int, int] | None:
        a = int(np.searchsorted(self.ends, span[0], side="right"))
        b = int(np.searchsorted(self.starts, span[1], side="left"))
        return (a, b) if b > a else None

    def runs(self, spans: list[list[int]]) -> list[tuple[int, int]]:
        return [run for run in (self.run(s) for s in spans if s) if run]


def gold_example(reading: dict, tokenizer: Tokenizer) -> Example:
    """A compiled gold reading (`score/gold.py compile`) -> an example in which everything is known."""
    text = reading["text"]
    words = words_of(text, tokenizer)
    cut = Cutter(words)
    example = Example(words, 0, True, True)
    for claim in reading["claims"]:
        anchor = claim["cue"] or claim["source"]
        if anchor and (run := cut.run(anchor)):
            roles = {0: cut.runs([claim["source"]]), 1: cut.runs(claim["content"]),
                     2: cut.runs(_relays(claim, anchor, text))}  # fmt: skip
            example.anchors.append(
                Anchor(*run, CUE, roles, frozenset(CUE_ROLES), ATTRIBUTES.index(claim["stance"])))  # fmt: skip
    for event in reading["events"]:
        if run := cut.run(event["trigger"]):
            spans = {"actor": event["actors"], "target": event["targets"]}
            spans |= {role: [event[role]] for role in ("place", "time", "killed", "wounded", "weapon")}
            roles = {ROLES.index(role): cut.runs(found) for role, found in spans.items()}
            status = ATTRIBUTES.index(event["status"])
            kind = EVENT_TYPES.index(event["type"])
            example.anchors.append(Anchor(*run, kind, roles, frozenset(EVENT_ROLES), status))
    return example


def _relays(claim: dict, anchor: list[int], text: str) -> list[list[int]]:
    """Where the relays' names stand near the cue; the annotation has names only."""
    spans = []
    lo, hi = max(0, anchor[0] - RELAY_REACH), anchor[1] + RELAY_REACH
    for name in claim.get("via") or []:
        tries = [name, *re.findall(r"[A-Z][\w-]{2,}", name)]
        for words in tries:
            found = [m.span() for m in re.finditer(re.escape(words), text[lo:hi])]
            found = [(lo + a, lo + b) for a, b in found]
            if found:
                spans.append(list(min(found, key=lambda s: abs(s[0] - anchor[0]))))
                break
    return spans


def gold_examples(path: Path, tokenizer: Tokenizer) -> list[Example]:
    with path.open(encoding="utf-8") as lines:
        return [gold_example(json.loads(line), tokenizer) for line in lines]


def polnear_examples(folder: Path, tokenizer: Tokenizer) -> Iterator[Example]:
    """PolNeAR (brat stand-off): attributions with source, cue and content; nothing is known of events."""
    for path in sorted((folder / "attributions").glob("*.ann")):
        text = (folder / "text" / f"{path.stem.rpartition('_')[0]}.txt").read_text(encoding="utf-8")
        words = words_of(text, tokenizer)
        if not len(words.spans):
            continue
        cut = Cutter(words)
        example = Example(words, 1, False, True)
        for roles in polnear_attributions(path.read_text(encoding="utf-8")):
            cues = cut.runs(roles["cue"]) or cut.runs(roles["source"])[:1]
            if cues:
                known = {0: cut.runs(roles["source"]), 1: cut.runs(roles["content"])}
                example.anchors.append(Anchor(*cues[0], CUE, known, frozenset({0, 1})))
        yield example


def polnear_attributions(annotation: str) -> Iterator[dict[str, list[list[int]]]]:
    """The attributions of one brat file, each {"source", "cue", "content": spans}."""
    spans: dict[str, tuple[str, list[list[int]]]] = {}
    for line in annotation.splitlines():
        fields = line.split("\t")
        if line.startswith("T") and len(fields) > 1:
            label, _, where = fields[1].partition(" ")
            runs = [[int(x) for x in run.split()] for run in where.split(";")]
            spans[fields[0]] = (label.lower(), _joined(runs))
    for line in annotation.splitlines():
        fields = line.split("\t")
        if line.startswith("E") and len(fields) > 1:
            roles: dict[str, list[list[int]]] = {"source": [], "cue": [], "content": []}
            for argument in fields[1].split():
                ident = argument.rpartition(":")[2]
                if ident in spans and spans[ident][0].rstrip("0123456789") in roles:
                    roles[spans[ident][0].rstrip("0123456789")] += spans[ident][1]
            yield {name: sorted(found) for name, found in roles.items()}


def _joined(runs: list[list[int]]) -> list[list[int]]:
    """Runs one character apart (brat breaks spans at line ends) as one."""
    out = [runs[0]]
    for run in runs[1:]:
        if run[0] - out[-1][1] <= 1:
            out[-1] = [out[-1][0], run[1]]
        else:
            out.append(run)
    return out


def rams_examples(path: Path, tokenizer: Tokenizer) -> Iterator[Example]:
    """RAMS: one trigger a window, of a known type where the type has a counterpart, and its arguments.

    `rams.json` maps the beginnings of its types, and its roles, to ours.
    """
    table = json.loads((Path(__file__).parent / "rams.json").read_text(encoding="utf-8"))
    longest_first = sorted(table["types"].items(), key=lambda item: -len(item[0]))
    with path.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            (first, last, labels) = record["evt_triggers"][0]
            name = labels[0][0]
            kind = next((mine for theirs, mine in longest_first if name.startswith(theirs)), "")
            if not kind and not name.startswith(("conflict.", "life.")):
                continue
            tokens = [t for sentence in record["sentences"] for t in sentence]
            text, places = _with_places(tokens)
            words = words_of(text, tokenizer)
            cut = Cutter(words)
            run = cut.run((places[first][0], places[last][1]))
            if run is None:
                continue
            roles: dict[int, list[tuple[int, int]]] = {}
            for _, (a, b), role in record["gold_evt_links"]:
                mine = table["roles"].get(re.sub(r"^evt\d+arg\d+", "", role))
                if mine and (found := cut.run((places[a][0], places[b][1]))):
                    roles.setdefault(ROLES.index(mine), []).append(found)
            known = frozenset(ROLES.index(r) for r in ("actor", "target", "place", "weapon"))
            example = Example(words, 2, False, False, weight=0.3)
            example.anchors.append(Anchor(*run, EVENT_TYPES.index(kind) if kind else None, roles, known))
            yield example


def _with_places(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Tokens joined as they are written, with each token's span in the result."""
    text, places = "", []
    for token in tokens:
        joined = detokenise([text[-1:], token]) if text else token
        glue = "" if not text or joined == text[-1:] + token else " "
        places.append((len(text) + len(glue), len(text) + len(glue) + len(token)))
        text += glue + token
    return text, places


def event_location_examples(path: Path, tokenizer: Tokenizer) -> Iterator[Example]:
    """Sentences with one verb and where it happened (possibly nowhere stated); the event's type is not known."""
    for record in json.loads(path.read_text(encoding="utf-8")):
        spans = record.get("spans") or []
        verbs = [s for s in spans if s["label"] == "VERB"]
        if record.get("answer") != "accept" or len(verbs) != 1:
            continue
        words = words_of(record["text"], tokenizer)
        cut = Cutter(words)
        run = cut.run((verbs[0]["start"], verbs[0]["end"]))
        if run is None:
            continue
        place = ROLES.index("place")
        found = cut.runs([[s["start"], s["end"]] for s in spans if s["label"] == "LOCATION"])
        example = Example(words, 2, False, False, weight=0.3)
        example.anchors.append(Anchor(*run, None, {place: found}, frozenset({place})))
        yield example


LGL_HELD = 5  # one article in so many is kept for measuring (`training/measure_toponyms.py`)


def lgl_articles(folder: Path) -> Iterator[tuple[int, str, list[dict]]]:
    """LGL's articles: id, text, toponyms {"span", "phrase", and of the place "lat", "lon", "id" where it is known}."""
    for article in ElementTree.parse(folder / "lgl/lgl.xml").getroot():
        text = article.findtext("text") or ""
        toponyms = []
        for found in article.iter("toponym"):
            span = (int(found.findtext("start") or 0), int(found.findtext("end") or 0))
            tag = found.find("gaztag")
            place = {} if tag is None else {"lat": tag.findtext("lat"), "lon": tag.findtext("lon"),
                                            "id": tag.get("geonameid")}  # fmt: skip
            toponyms.append({"span": span, "phrase": found.findtext("phrase"), **place})
        yield int(article.get("docid") or 0), text, toponyms


def geovirus_articles(folder: Path) -> Iterator[tuple[str, list[dict]]]:
    """GeoVirus' articles: text and toponyms {"span", "phrase", "lat", "lon"}; the source counts from 1."""
    for article in ElementTree.parse(folder / "geovirus/GeoVirus.xml").getroot():
        found = article.iter("location")
        yield article.findtext("text") or "", [
            {"span": (int(f.findtext("start") or 1) - 1, int(f.findtext("end") or 1) - 1), "phrase": f.findtext("name"),
             "lat": f.findtext("lat"), "lon": f.findtext("lon")} for f in found
        ]  # fmt: skip


def toponym_examples(folder: Path, tokenizer: Tokenizer) -> Iterator[Example]:
    """LGL, but for the part that is held out, and GeoVirus: every toponym; nothing is known of events and claims.

    LGL counts "Egyptian" as a toponym, GeoVirus does not, so that they are of different styles.
    """
    lgl = [(text, found, 0) for number, text, found in lgl_articles(folder) if number % LGL_HELD]
    for text, found, style in [*lgl, *((text, found, 2) for text, found in geovirus_articles(folder))]:
        words = words_of(text, tokenizer)
        if not len(words.spans):
            continue
        example = Example(words, style, False, False)
        example.toponyms = Cutter(words).runs([list(f["span"]) for f in found])
        yield example


def thinned(example: Example, start: int, end: int, keep: NDArray[np.bool_]) -> Example:
    """The window of words `start` to `end` as a text of its own, with only the words, and labels, that `keep` says."""
    w = example.words
    chosen = np.arange(start, end)[keep]
    sizes = np.diff(w.first)[chosen]
    pieces = [w.pieces[w.first[i] : w.first[i + 1]] for i in chosen]
    words = Words(w.spans[chosen], w.sentence[chosen], w.marks[chosen], np.concatenate(pieces),
                  np.r_[0, sizes.cumsum()].astype(np.int32))  # fmt: skip
    count = int(keep.sum())
    at = np.r_[np.full(start, -1), 0, keep.cumsum(), np.full(len(w.spans) - end, count + 1)]

    def moved(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(int(at[a]), int(at[b])) for a, b in runs if at[a] < at[b]]

    new = replace(example, words=words, anchors=[])
    if example.toponyms is not None:
        new.toponyms = moved(example.toponyms)
    kept = []
    for number, anchor in enumerate(example.anchors):
        if 0 <= at[anchor.start] < at[anchor.end] <= count:
            roles = {role: moved(runs) for role, runs in anchor.roles.items()}
            new.anchors.append(replace(anchor, start=int(at[anchor.start]), end=int(at[anchor.end]), roles=roles))
            kept.append(number)
    if soft := example.soft:
        new.soft = Soft(soft.words[chosen], soft.roles[kept][:, chosen], soft.attributes[kept])
    return new


def without_commas(example: Example, start: int, end: int) -> Example:
    """The window as it reads where the source has lost its commas, as some archives have."""
    w = example.words
    first = w.first[start : end + 1]
    comma = (w.pieces[first[:-1]] == COMMA) & (np.diff(first) == 1)
    return thinned(example, start, end, ~comma)


def shuffled_windows(
    examples: list[Example], chance: random.Random, limits: tuple[int, int]
) -> list[tuple[Example, int, int]]:
    """Every example cut into windows of a length drawn anew, so that no anchor always sees the same context."""
    from sayso.reading.windows import windows_of

    out = []
    for example in examples:
        limit = limits[1] if chance.random() < 0.5 else chance.randint(*limits)
        out += [(example, w.start, w.end) for w in windows_of(example.words, limit, limit // 6)]
    chance.shuffle(out)
    return out
