"""Our own gold readings of others' texts, kept as stand-off annotations: offsets and names, never the text.

    python training/gold.py import DIR...            annotated folders (DOC.txt, .json, .meta.json) -> training/gold/
    python training/gold.py compile --shared DIR     training/gold/ and corpora, training/own/ -> readings, one a line
    python training/gold.py counts                   how many of each type, stance and status

`training/gold/CORPUS.json` holds readings {"id", "corpus", "key", "digest", "published", "claims", "events"}: claims
and events as `score/gold.py compile` makes them; `digest` is the SHA-256 of the text, so that a text which
differs by a letter is refused rather than misread.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import own
from sayso.records import digest_of
from texts import text_of

HERE = Path(__file__).parent / "gold"


def stand_off(folder: Path, checker: Path) -> Iterator[dict]:
    """The compiled annotations of a folder without their texts."""
    names = [p.name.removesuffix(".meta.json") for p in sorted(folder.glob("*.meta.json"))]
    names = [name for name in names if (folder / f"{name}.json").exists()]
    command = [sys.executable, checker, "compile", folder, *names]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    for line in done.stdout.splitlines():
        reading = json.loads(line)
        meta = json.loads((folder / f"{reading['id']}.meta.json").read_text(encoding="utf-8"))
        digest = digest_of(reading.pop("text").encode())
        yield {"id": reading["id"], "corpus": meta["origin"], "key": meta["key"], "digest": digest,
               "published": meta["published"], "claims": reading["claims"], "events": reading["events"]}  # fmt: skip


def kept() -> dict[str, list[dict]]:
    """Corpus -> its readings, as they lie in `training/gold/`."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.json"))}


def with_texts(shared: Path) -> Iterator[dict]:
    """Every reading with its text again; ValueError when a corpus no longer gives the text that was annotated."""
    for corpus, readings in kept().items():
        for reading in readings:
            text = text_of(corpus, reading["key"], shared / "corpora").text
            if digest_of(text.encode()) != reading["digest"]:
                raise ValueError(f"{reading['id']}: the corpus gives another text than the one annotated")
            yield {**reading, "text": text}


def import_folders(folders: list[Path], checker: Path) -> None:
    every = kept()
    for folder in folders:
        for reading in stand_off(folder, checker):
            mine = every.setdefault(reading["corpus"], [])
            mine[:] = [r for r in mine if r["id"] != reading["id"]] + [reading]
    HERE.mkdir(exist_ok=True)
    for corpus, readings in every.items():
        lines = (
            json.dumps(r, ensure_ascii=False, separators=(",", ":")) for r in sorted(readings, key=lambda r: r["id"])
        )
        (HERE / f"{corpus}.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def counts() -> None:
    readings = [r for mine in kept().values() for r in mine] + list(own.readings(own.files(), []))
    claims = [c for r in readings for c in r["claims"]]
    events = [e for r in readings for e in r["events"]]
    print(f"{len(readings)} readings, {len(claims)} claims, {len(events)} events")
    counters = {
        "types": Counter(e["type"] for e in events),
        "statuses": Counter(e["status"] for e in events),
        "stances": Counter(c["stance"] for c in claims),
    }
    for name, counter in counters.items():
        print(f"{name}: " + ", ".join(f"{k} {n}" for k, n in counter.most_common()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("import", "compile", "counts"))
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--shared", type=Path, help="the folder with corpora/ and score/")
    args = parser.parse_args()
    if args.action == "import":
        import_folders(args.folders, args.shared / "score/gold.py")
    elif args.action == "compile":
        problems: list[str] = []
        for reading in chain(with_texts(args.shared), own.readings(own.files(), problems)):
            print(json.dumps(reading, ensure_ascii=False))
        if problems:
            sys.exit("\n".join(problems))
    else:
        counts()


if __name__ == "__main__":
    main()
