"""Reports written for this project with their annotations, to train on: `training/own/*.txt`.

`held_out/` is only measured on; `next/` was written since the reader was last trained.

    python training/own.py check [FILE ...]     every problem by file and line; exits 1 if there is one
    python training/own.py compile [FILE ...]   compiled readings, one a line, as `training/gold.py compile` makes them;
                                                without FILE those of `training/own/*.txt`

A file holds one report or more, each `=== NAME`, a head ("published: 2024-05-03", "outlet: ..."), the text and the
annotation, `---` between them. In the text a line is a sentence, numbered from 0; lines follow each other by a
space, "| " before a line starts a new line, an empty line a paragraph. The annotation is a JSON object a line, a claim
("c") or an event ("e": its type), with the fields of the annotation guide that are not empty. A span is its words, in
the sentence "s"; or [sentence, words], or [sentence, words, which one of them]; "first words … last words" spans
what is between them too. The claim that an event stands in is the innermost one whose content holds its trigger.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sayso.records.vocabulary import EVENT_TYPES, STANCES, STATUSES

FOLDER = Path(__file__).parent / "own"
BETWEEN = " … "
LISTS = ("actors", "targets")
SINGLE = ("place", "time", "killed", "wounded", "weapon")
CLAIM = {"c", "s", "source", "is", "cue", "content", "via", "stance", "within"}
EVENT = {"e", "s", "trigger", *LISTS, *SINGLE, "killed_n", "wounded_n", "status", "date", "incident"}

Span = list[int]


class MarkError(ValueError):
    """What is wrong with a line of annotation."""


@dataclass
class Report:
    """A report as it is written in its file: its text, its sentences' bounds, and its lines of annotation."""

    name: str
    line: int
    head: dict[str, str] = field(default_factory=dict)
    text: str = ""
    sentences: list[tuple[int, int]] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)  # number of the line, and the line

    def add(self, line: str) -> None:
        """Take a line of the text."""
        if not line.strip():
            self.text = self.text.rstrip("\n") + "\n\n" if self.text else ""
            return
        if line.startswith("| ") and self.text and not self.text.endswith("\n"):
            self.text += "\n"
        elif self.text and not self.text.endswith("\n"):
            self.text += " "
        begin = len(self.text)
        self.text += line.removeprefix("| ").strip()
        self.sentences.append((begin, len(self.text)))

    def find(self, span: object, sentence: object) -> Span:
        """Offsets of a span that an annotation names."""
        number, words, which = sentence, span, 1
        if isinstance(span, list):
            number, words, which = (*span, 1)[:3] if len(span) in (2, 3) else (None, None, None)
        if not (isinstance(number, int) and isinstance(words, str) and words.strip() and isinstance(which, int)):
            raise MarkError(f"no span: {span!r}")
        if not 0 <= number < len(self.sentences):
            raise MarkError(f"no sentence {number}")
        first, _, last = words.partition(BETWEEN)
        begin, stop = self.sentences[number]
        at = begin - 1
        for _ in range(which):
            at = self.text.find(first, at + 1)
            if not begin <= at < stop:
                raise MarkError(f"{first!r} is not in sentence {number}")
        end = self.text.find(last, at + len(first)) if last else at
        if end < 0:
            raise MarkError(f"{last!r} does not follow {first!r}")
        end += len(last or first)
        if _in_a_word(self.text, at) or _in_a_word(self.text, end):
            raise MarkError(f"{words!r} cuts a word")
        return [at, end]


def _in_a_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1 : at + 1].isalnum()


def reports(path: Path) -> Iterator[Report]:
    """The reports of a file; ValueError where it has no head or no text."""
    report: Report | None = None
    part = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("=== "):
            if report:
                yield report
            report, part = Report(line.removeprefix("=== ").strip(), number), 0
        elif report is None:
            if line.strip():
                raise ValueError(f"{path}:{number}: no report begins here")
        elif line.strip() == "---":
            part += 1
            report.text = report.text.rstrip("\n")
        elif part == 0 and line.strip():
            key, _, value = line.partition(":")
            report.head[key.strip()] = value.strip()
        elif part == 1:
            report.add(line)
        elif part == 2 and line.strip():
            report.marks.append((number, line))
    if report:
        yield report


def compiled(report: Report, problems: list[str]) -> dict:
    """The report as a compiled reading; what is wrong with it is added to `problems`."""
    claims: list[dict] = []
    events: list[dict] = []
    for number, line in report.marks:
        try:
            mark = json.loads(line)
            if "c" in mark:
                claims.append(_claim(report, mark))
            elif "e" in mark:
                events.append(_event(report, mark))
            else:
                raise MarkError('neither a claim ("c") nor an event ("e")')
        except (MarkError, json.JSONDecodeError) as problem:
            problems.append(f"{number}: {report.name}: {problem}")
    known = {claim["id"] for claim in claims}
    for claim in claims:
        if claim["within"] is not None and claim["within"] not in known - {claim["id"]}:
            problems.append(
                f"{report.line}: {report.name}: {claim['id']} is within {claim['within']!r}, which is no claim"
            )
    if len(known) < len(claims):
        problems.append(f"{report.line}: {report.name}: two claims of one name")
    events.sort(key=lambda event: event["trigger"])
    for at, event in enumerate(events, 1):
        event["id"] = f"e{at}"
        event["claim"] = _innermost(event["trigger"], claims)
        event["incident"] = event["incident"] or f"alone{at}"
    return {"id": report.name, "text": report.text, "published": report.head.get("published") or None,
            "outlet": report.head.get("outlet") or None, "claims": claims, "events": events}  # fmt: skip


def _claim(report: Report, mark: dict) -> dict:
    _only(mark, CLAIM)
    stance = mark.get("stance", "affirms")
    if stance not in STANCES:
        raise MarkError(f"no stance: {stance!r}")
    contents = mark.get("content")
    if not contents:
        raise MarkError("a claim without content")
    sentence = mark.get("s")
    found = {name: report.find(mark[name], sentence) if mark.get(name) else None for name in ("source", "cue")}
    spans = [report.find(one, sentence) for one in (contents if _is_many(contents) else [contents])]
    source = found["source"]
    return {"id": mark["c"], "source": source, "source_is": mark.get("is") or (source and report.text[slice(*source)]),
            "cue": found["cue"], "content": spans, "via": mark.get("via", []), "stance": stance,
            "within": mark.get("within")}  # fmt: skip


def _event(report: Report, mark: dict) -> dict:
    _only(mark, EVENT)
    kind, status, sentence = mark["e"], mark.get("status", "happened"), mark.get("s")
    if kind not in EVENT_TYPES:
        raise MarkError(f"no type of event: {kind!r}")
    if status not in STATUSES:
        raise MarkError(f"no status: {status!r}")
    made: dict = {"type": kind, "trigger": report.find(mark.get("trigger"), sentence), "status": status,
                  "date": mark.get("date"), "incident": mark.get("incident"), "place_is": None}  # fmt: skip
    for name in LISTS:
        if not isinstance(mark.get(name, []), list):
            raise MarkError(f"{name} is no list")
        made[name] = [report.find(one, sentence) for one in mark.get(name, [])]
        made[f"{name}_are"] = [report.text[a:b] for a, b in made[name]]
    for name in SINGLE:
        made[name] = report.find(mark[name], sentence) if mark.get(name) else None
    for name in ("killed_n", "wounded_n"):
        value = mark.get(name)
        if value is not None and not (isinstance(value, list) and len(value) == 2):
            raise MarkError(f"{name} is no pair: {value!r}")
        made[name] = value
    return made


def _only(mark: dict, known: set[str]) -> None:
    if other := set(mark) - known:
        raise MarkError(f"no such field: {', '.join(sorted(other))}")


def _is_many(contents: object) -> bool:
    """Whether this is a list of spans, and not one span with its sentence."""
    return isinstance(contents, list) and not (contents and isinstance(contents[0], int))


def _innermost(trigger: Span, claims: list[dict]) -> str | None:
    holding = [
        (end - begin, claim["id"])
        for claim in claims
        for begin, end in claim["content"]
        if begin <= trigger[0] and trigger[1] <= end
    ]
    return min(holding)[1] if holding else None


def files(*, held_out: bool = False) -> list[Path]:
    """The files of this project's own reports: those to train on, or those that are only measured on."""
    return sorted((FOLDER / "held_out" if held_out else FOLDER).glob("*.txt"))


def readings(paths: list[Path], problems: list[str]) -> Iterator[dict]:
    """All reports of the files as compiled readings; problems are named by file and line."""
    for path in paths:
        mine: list[str] = []
        for report in reports(path):
            yield compiled(report, mine)
        problems += [f"{path}:{problem}" for problem in mine]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("check", "compile"))
    parser.add_argument("files", type=Path, nargs="*")
    args = parser.parse_args()
    problems: list[str] = []
    every = sorted(FOLDER.rglob("*.txt")) if args.action == "check" else files()
    found = list(readings(args.files or every, problems))
    if args.action == "compile" and not problems:
        for reading in found:
            print(json.dumps(reading, ensure_ascii=False))
    for problem in problems:
        print(problem, file=sys.stderr)
    if args.action == "check":
        print(f"{len(found)} reports, {sum(len(r['claims']) for r in found)} claims, "
              f"{sum(len(r['events']) for r in found)} events, {len(problems)} problems")  # fmt: skip
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
