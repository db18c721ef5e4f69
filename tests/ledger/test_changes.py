"""What changes in a ledger after it was written: redaction, a new reading, decisions, a new version of the tables."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import msgspec
import pytest

from sayso.engine.ledger_add import comparing
from sayso.engine.ledger_link import link_all
from sayso.engine.ledger_reread import RereadOptions, reread
from sayso.ledger import Ledger, Stamp, connect
from sayso.ledger.redact import redact, scrub
from sayso.ledger.reviews import Review, decide
from sayso.ledger.verify import misfits
from sayso.pages.page import Page
from sayso.records.reading import Reading
from tests.ledger.small import LINES, NOON, add, contents, read_small, write_pool

LATER = datetime(2016, 7, 1, tzinfo=UTC)


def redacted(ledger: Ledger, id: str) -> tuple[str, ...]:
    with ledger.writing() as connection:
        stamp = Stamp(LATER, "sayso test", "")
        others = redact(connection, ledger.number_of(id), "a court asks for it", stamp, comparing(ledger))
    link_all(ledger, lambda: LATER)
    scrub(ledger.connection)
    return others


def test_what_is_redacted_is_nowhere_in_the_file_but_that_it_was_there_is(empty: Ledger, tmp_path: Path) -> None:
    secret = {
        "id": "s-1", "title": "Zebrafinch named", "outlet": "Quokka Times", "published": "2016-06-08",
        "text": "The wombats shelled Numbatville on 2016-06-07, killing 3, Bilby Pademelon said.",
    }  # fmt: skip
    add(empty, write_pool(tmp_path / "pool.jsonl", [*LINES, secret]))
    with empty.writing() as connection:
        decide(connection, Review(id="s-1#e1", decision="accept", who="an analyst", note="kookaburra"), NOON)
    words = (b"ebrafinch", b"uokka", b"ombat", b"umbatville", b"ilby", b"ademelon", b"ookaburra")
    empty.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert all(word in empty.path.read_bytes() for word in words)
    assert redacted(empty, "s-1") == ()
    for file in tmp_path.glob("war.ledger*"):
        assert [word for word in words if word in file.read_bytes().lower() or word in file.read_bytes()] == [], file
    assert list(misfits(empty.connection)) == []
    lines = empty.connection.execute("SELECT act, digest IS NOT NULL, note FROM custody WHERE page = 's-1'").fetchall()
    assert lines == [("received", 1, None), ("redacted", 1, "a court asks for it")]


def test_a_ledger_without_a_report_is_as_if_it_had_never_come_and_it_does_not_come_back(
    empty: Ledger, tmp_path: Path
) -> None:
    add(empty, write_pool(tmp_path / "pool.jsonl", LINES[:3]))
    without = contents(empty.path)
    add(empty, write_pool(tmp_path / "more.jsonl", LINES[4:]))
    redacted(empty, "n-5")
    now = contents(empty.path)
    changed = {table for table in now if now[table] != without[table]}
    assert changed == {"pages", "custody"}
    assert [added.outcome for added in add(empty, tmp_path / "more.jsonl")] == ["redacted"]
    assert contents(empty.path) == now


def test_the_same_bytes_under_another_id_are_named(ledger: Ledger, tmp_path: Path) -> None:
    add(ledger, write_pool(tmp_path / "other.jsonl", [LINES[0] | {"id": "twin"}]))
    assert redacted(ledger, "n-1") == ("twin",)
    assert ledger.load(ledger.number_of("twin")).report.text == LINES[0]["text"]
    assert redacted(ledger, "twin") == ()
    assert list(misfits(ledger.connection)) == []


def test_copies_of_a_redacted_report_are_still_found(empty: Ledger, tmp_path: Path) -> None:
    wire = " ".join(f"{word}{n}" for n in range(40) for word in ("road", "bridge", "mill"))
    lines = [{"id": id, "text": f"{wire} {id}."} for id in ("first", "second", "third")]
    add(empty, write_pool(tmp_path / "a.jsonl", lines[:2]))
    redacted(empty, "first")
    add(empty, write_pool(tmp_path / "b.jsonl", lines[2:]))
    assert empty.connection.execute("SELECT a, b FROM copies_view").fetchall() == [("second", "third")]


def read_better(page: Page) -> Reading:
    """A reader that finds one event less and so numbers the others differently."""
    reading = read_small(page)
    events = [event for event in reading.events if event.type != "shelling"]
    renamed = [msgspec.structs.replace(event, id=f"e{n}") for n, event in enumerate(events, 1)]
    return msgspec.structs.replace(reading, events=tuple(renamed))


def test_a_new_reading_takes_the_old_ones_place_and_decisions_follow_their_records(ledger: Ledger, pool: Path) -> None:
    with ledger.writing() as connection:
        for id in ("n-1#e1", "n-1#e2", "n-1#c1", "n-1"):
            decide(connection, Review(id=id, decision="accept", who="an analyst"), NOON)
    options = RereadOptions(everything=True)
    outcomes = {item.id: item.outcome for item in reread(ledger, options, lambda: LATER, read_better)}
    assert outcomes == {"n-1": "changed", "n-2": "same", "n-3": "same", "n-4": "unreadable", "n-5": "same"}
    reviews = ledger.connection.execute("SELECT id, found FROM reviews_view").fetchall()
    assert reviews == [("n-1#e1", 0), ("n-1#e1", 1), ("n-1#c1", 1), ("n-1", 1)]
    assert list(misfits(ledger.connection)) == []
    assert {item.outcome for item in reread(ledger, options, lambda: LATER, read_better)} == {"same", "unreadable"}
    assert [added.outcome for added in add(ledger, pool)] == ["known"] * 5


def test_read_again_by_the_old_reader_it_is_the_old_ledger(ledger: Ledger) -> None:
    before = contents(ledger.path)
    for read in (read_better, read_small):
        list(reread(ledger, RereadOptions(everything=True), lambda: LATER, read))
    after = contents(ledger.path)
    for table in before.keys() - {"custody"}:
        assert after[table] == before[table], table


def test_only_what_another_reader_read_is_read_again(ledger: Ledger) -> None:
    again = partial(reread, ledger, RereadOptions(), lambda: LATER, read_small)
    assert [(item.id, item.outcome) for item in again()] == [("n-4", "unreadable")]
    ledger.connection.execute("UPDATE reports SET reader = 'reader of old' WHERE number = 2")
    assert [(item.id, item.outcome) for item in again()] == [("n-2", "same"), ("n-4", "unreadable")]
    assert [(item.id, item.outcome) for item in again()] == [("n-4", "unreadable")]


def test_tables_are_brought_up_to_date_one_number_after_another_each_whole_or_not_at_all(empty: Ledger) -> None:
    scripts = {2: "ALTER TABLE feeds ADD COLUMN title TEXT; -- why not;\nUPDATE feeds SET title = '';", 3: "BROKEN;"}
    with pytest.raises(Exception, match="BROKEN"):
        connect.migrate(empty.connection, 1, 3, scripts.__getitem__)
    assert empty.connection.execute("PRAGMA user_version").fetchone() == (2,)
    assert empty.connection.execute("SELECT title FROM feeds").fetchall() == []


def test_a_backup_is_whole(ledger: Ledger, tmp_path: Path) -> None:
    ledger.backup(tmp_path / "copy.ledger")
    assert contents(tmp_path / "copy.ledger") == contents(ledger.path)
    with pytest.raises(Exception, match="there is a file already"):
        ledger.backup(tmp_path / "copy.ledger")
