"""What goes into the ledger comes out of it, once, whole, and the same on every machine."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from sayso.ledger import Ledger, custody
from sayso.ledger.packing import unpack
from sayso.ledger.verify import misfits
from sayso.records import SaysoError, digest_of
from tests.ledger.small import LINES, NOON, add, contents, read_small, write_pool

KILLS = 150
ROOT = Path(__file__).parent.parent.parent
POOL_IDS = "sha256:bd69c4b0337305839cbaedc735cb8eed8b6197a39d91895dbd65832b37fe3af8"  # of its ids


def outcomes(ledger: Ledger, *inputs: Path) -> list[str | None]:
    return [added.outcome for added in add(ledger, *inputs)]


def test_everything_received_is_kept_byte_for_byte_and_what_cannot_be_read_too(empty: Ledger, pool: Path) -> None:
    assert outcomes(empty, pool) == ["new", "new", "new", "unreadable", "new"]
    packed = dict(empty.connection.execute("SELECT id, packed FROM pages JOIN received USING (digest)"))
    assert {id: unpack(data).decode() for id, data in packed.items()} == {line["id"]: line["text"] for line in LINES}


def test_a_reading_comes_out_as_it_went_in(ledger: Ledger, pool: Path) -> None:
    import io

    from sayso.pages.gather import GatherOptions, gather
    from sayso.pages.page import Page

    pages = [page for page in gather([str(pool)], GatherOptions(), io.BytesIO()) if isinstance(page, Page)]
    readable = [read_small(page) for page in pages if page.id != "n-4"]
    assert list(ledger.readings()) == readable


def test_the_same_again_changes_nothing(ledger: Ledger, pool: Path) -> None:
    before = contents(ledger.path)
    assert outcomes(ledger, pool) == ["known"] * 5
    assert contents(ledger.path) == before


def test_the_same_from_elsewhere_is_only_put_on_record(ledger: Ledger, tmp_path: Path) -> None:
    before = contents(ledger.path)
    other = write_pool(tmp_path / "other.jsonl")
    assert outcomes(ledger, other) == ["again"] * 5
    assert outcomes(ledger, other) == ["known"] * 5
    after = contents(ledger.path)
    new = after.pop("custody")[len(before.pop("custody")) :]
    assert after == before
    assert [row[1:5] for row in new] == [
        ("received again", line["id"], str(other), f"line {n}") for n, line in enumerate(LINES, 1)
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": "Other words."}, "the ledger has other words under this id: n-1"),
        ({"title": "Another"}, "the ledger has another title, date or outlet under this id: n-1"),
    ],
)
def test_an_id_that_is_taken_is_named_and_what_it_stands_for_stays(
    ledger: Ledger, tmp_path: Path, change: dict[str, str], said: str
) -> None:
    before = contents(ledger.path)
    [added] = add(ledger, write_pool(tmp_path / "other.jsonl", [LINES[0] | change]))
    assert (added.outcome, str(added.problem)) == ("conflict", f"{tmp_path}/other.jsonl:1: {said}")
    assert contents(ledger.path) == before


def test_ids_are_digests_of_what_was_received_or_given(empty: Ledger, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The army shelled Manbij on 2016-06-07, killing 3, Abu Omar said to the agency by telephone.\n" * 3)
    add(empty, page, write_pool(tmp_path / "pool.jsonl"))
    ids = [id for (id,) in empty.connection.execute("SELECT id FROM pages ORDER BY number")]
    assert ids == [digest_of(page.read_bytes()), "n-1", "n-2", "n-3", "n-4", "n-5"]


def test_killed_at_any_moment_and_run_again_it_is_the_ledger_of_an_undisturbed_run(tmp_path: Path) -> None:
    pool = write_pool(tmp_path / "pool.jsonl")
    with Ledger.create(tmp_path / "calm.ledger", NOON, "test") as calm:
        steps = count_steps(calm, pool)
    expected = contents(tmp_path / "calm.ledger")
    new = tmp_path / "new.ledger"
    Ledger.create(new, NOON, "test").__exit__()
    stopped_at = set()
    for number in range(KILLS):
        path = tmp_path / f"{number}.ledger"
        shutil.copy(new, path)
        assert add_and_die(path, pool, 1 + number * steps // KILLS)
        with Ledger.open(path, write=True) as ledger:
            assert list(misfits(ledger.connection)) == []
            stopped_at.add(custody.head(ledger.connection)[0])
            add(ledger, pool)
        assert contents(path) == expected
    assert stopped_at == set(range(1, 2 + len(LINES)))  # in the middle of every page, and of linking


def count_steps(ledger: Ledger, pool: Path) -> int:
    """Add the pool; how often SQLite came by on the way."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    ledger.connection.set_progress_handler(step, 10)
    add(ledger, pool)
    return steps


def add_and_die(path: Path, pool: Path, at: int) -> bool:
    """Add the pool in a process of its own that is killed at a step of SQLite's; whether it was."""
    child = os.fork()
    if child == 0:
        left = at

        def step() -> int:
            nonlocal left
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), 9)
            return 0

        with Ledger.open(path, write=True) as ledger:
            ledger.connection.set_progress_handler(step, 10)
            add(ledger, pool)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 9


def test_two_that_add_at_once_take_turns_and_readers_do_not_wait(tmp_path: Path) -> None:
    many = [{**line, "id": f"{line['id']}-{n}"} for n in range(20) for line in LINES]
    pools = [write_pool(tmp_path / f"{n}.jsonl", many[n::2]) for n in range(2)]
    path = tmp_path / "war.ledger"
    Ledger.create(path, NOON, "test").__exit__()
    children = []
    for pool in pools:
        if not (child := os.fork()):
            with Ledger.open(path, write=True) as ledger:
                ok = len(add(ledger, pool)) == 50
            os._exit(0 if ok else 1)
        children.append(child)
    with Ledger.open(path) as reader:
        seen = {custody.head(reader.connection)[0] for _ in range(200)}
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    with Ledger.open(path) as ledger:
        assert list(misfits(ledger.connection)) == []
        assert custody.head(ledger.connection)[0] == 101
    assert len(seen) >= 1


def test_the_custody_log_only_grows(ledger: Ledger) -> None:
    again = "INSERT OR REPLACE INTO custody SELECT * FROM custody WHERE number = 2"
    for statement in ("DELETE FROM custody", "UPDATE custody SET at = '2017'", again):
        with pytest.raises(sqlite3.IntegrityError, match="the custody log only grows"):
            ledger.connection.execute(statement)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        ("UPDATE custody SET place = 'elsewhere' WHERE number = 3", ["custody line 3: was changed"]),
        ("DELETE FROM custody WHERE number = 3", ["custody line 3: missing", "page n-2: has no line"]),
        ("DELETE FROM custody WHERE number > 5", ["custody: no line has the hash", "page n-5: has no line"]),
        ("UPDATE received SET packed = (SELECT packed FROM received ORDER BY digest LIMIT 1)", ["the bytes are not"]),
        ("UPDATE received SET packed = zeroblob(9)", ["damaged"]),
        ("UPDATE reports SET text = replace(text, 'army', 'navy')", ["reading of n-1: is not what was stored"]),
        ("UPDATE events SET status = 'happened'", ["events of n-1: do not say what the reading says"]),
        ("UPDATE reports SET title = 'Other' WHERE number = 1", ["reports row of n-1: does not say"]),
        ("DELETE FROM pages WHERE id = 'n-4'", ["page n-4: was received, says the custody log, and is not there"]),
        ("UPDATE readings SET packed = zeroblob(9) WHERE report = 1", ["reading of n-1: damaged"]),
        ("UPDATE pages SET line = NULL WHERE id = 'n-1'", ["page n-1: has not the line that was received"]),
        (
            "UPDATE pages SET line = (SELECT line FROM pages WHERE id = 'n-2') WHERE id = 'n-1'",
            ["page n-1: has not the line that was received"],
        ),
    ],
)
def test_verify_names_what_does_not_fit(ledger: Ledger, harm: str, said: list[str]) -> None:
    _, seal = custody.head(ledger.connection)
    assert list(misfits(ledger.connection, seal)) == []
    for trigger in ("custody_is_not_changed", "custody_is_not_deleted"):
        ledger.connection.execute(f"DROP TRIGGER {trigger}")
    ledger.connection.execute("PRAGMA foreign_keys = OFF")
    ledger.connection.execute(harm)
    found = [str(misfit) for misfit in misfits(ledger.connection, seal)]
    for words in said:
        assert any(words in line for line in found), found


def test_a_file_that_is_no_ledger_is_named(tmp_path: Path) -> None:
    def why_not(path: Path) -> str:
        with pytest.raises(SaysoError) as refused:
            Ledger.open(path)
        return str(refused.value).removeprefix(f"{path}: ")

    assert why_not(tmp_path / "none") == "no ledger there: `sayso init` makes one"
    (tmp_path / "text").write_text("The army shelled Manbij. " * 200)
    assert why_not(tmp_path / "text") == "not a ledger"
    sqlite3.connect(tmp_path / "other").execute("CREATE TABLE t (a)")
    assert why_not(tmp_path / "other") == "not a ledger"
    with pytest.raises(SaysoError, match="there is a file already"):
        Ledger.create(tmp_path / "text", NOON, "test")


def test_a_ledger_of_a_newer_sayso_is_let_be(empty: Ledger) -> None:
    empty.connection.execute("PRAGMA user_version = 99")
    with pytest.raises(SaysoError, match="made by a newer sayso"):
        Ledger.open(empty.path)


def test_the_views_hold_what_the_readings_say(ledger: Ledger) -> None:
    rows = ledger.connection.execute(
        "SELECT id, type, actors, place, killed_low, date, first_day, status, source FROM events_view"
    ).fetchall()
    assert rows == [
        ("n-1#e1", "shelling", "army", "Manbij", 3, "2016-06-07", "2016-06-07", "happened", "Abu Omar"),
        ("n-1#e2", "air_strike", "jets", "Aleppo", None, None, "2016-06-08", "denied", "a doctor"),
        ("n-2#e1", "air_strike", "jets", "Jarabulus", None, "2016-06-08", "2016-06-08", "happened", "Abu Omar"),
        ("n-3#e1", "capture", "army", "Raqqa province", None, "2016-06", "2016-06-01", "happened", None),
        ("n-5#e1", "capture", "rebels", "Aleppo", 11, None, None, "happened", "the governor"),
    ]
    [spans] = ledger.connection.execute("SELECT spans FROM claims_view WHERE id = 'n-1#c1'").fetchone()
    [[start, stop]] = json.loads(spans)
    assert LINES[0]["text"][start:stop] == "The army shelled Manbij on 2016-06-07, killing 3"


def test_the_example_pool_twice_is_the_example_pool_once_with_the_same_ids_on_every_machine(
    empty: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    pool = Path("examples/pool")
    assert set(outcomes(empty, pool)) == {"new"}
    before = contents(empty.path)
    assert set(outcomes(empty, pool)) == {"known"}
    assert contents(empty.path) == before
    ids = [id for (id,) in empty.connection.execute("SELECT id FROM pages ORDER BY id")]
    assert len(ids) == 34
    assert digest_of("\n".join(ids).encode()) == POOL_IDS
