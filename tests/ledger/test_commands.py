"""The ledger's commands, as an analyst meets them."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click
import pytest

from sayso.cli import ledger as commands
from sayso.ledger import Ledger
from sayso.views.tables import FIELDS
from tests.ledger.small import NOON, add, write_pool

ROOT = Path(__file__).parent.parent.parent
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the small ledger: its exit code, standard output and standard error."""
    monkeypatch.setenv("SAYSO_LEDGER", str(ledger.path))

    def run(name: str, *arguments: str | Path) -> tuple[int, str, str]:
        group = click.Group(commands={command.name or "": command for command in commands.COMMANDS})
        try:
            code = group.main([name, *map(str, arguments)], prog_name="sayso", standalone_mode=False) or 0
        except click.ClickException as error:
            error.show()
            code = error.exit_code
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def test_json_is_one_object_a_line(run: Run) -> None:
    code, out, err = run("events", "--place", "Manbij", "--radius", "40", "--json")
    assert (code, err) == (0, "")
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["n-2#e1", "n-1#e1"]
    [claim] = [json.loads(line) for line in run("claims", "--stance", "denies", "--json")[1].splitlines()]
    assert (claim["source"], claim["content"]) == ("a doctor", "The jets bombed Aleppo")


def test_csv_has_a_head_and_nothing_a_spreadsheet_would_run(run: Run, tmp_path: Path) -> None:
    evil = {
        "id": "e-1",
        "title": '=HYPERLINK("http://x.example")',
        "text": "The army shelled Manbij.",
        "outlet": "-1+1",
    }
    from tests.ledger.small import add

    with Ledger.open(Path(os.environ["SAYSO_LEDGER"]), write=True) as ledger:
        add(ledger, write_pool(tmp_path / "evil.jsonl", [evil]))
    code, out, _ = run("reports", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0 and [row["id"] for row in rows] == ["n-3", "n-2", "n-1", "e-1", "n-5"]
    assert (rows[3]["title"], rows[3]["outlet"]) == ("'" + evil["title"], "'-1+1")


def test_tables_are_cut_and_say_how_to_go_on(run: Run) -> None:
    code, out, err = run("reports", "--limit", "2")
    assert (code, len(out.splitlines())) == (0, 3)
    assert err == "sayso: there are more: --after n-2\n"
    assert run("reports", "--limit", "2", "--after", "n-2")[1].count("n-1") == 1


def test_a_report_is_shown_with_what_it_says_and_how_it_came(run: Run, pool: Path) -> None:
    code, out, _ = run("show", "n-1")
    assert code == 0
    for words in ("Manbij shelled", "Furat Monitor", "shelling", "Abu Omar affirms", "received", f"{pool} line 1"):
        assert words in out
    code, out, _ = run("show", "n-1#e1", "--json")
    assert json.loads(out)["place"] == "Manbij"
    assert run("show", "n-4")[:2][0] == 1


def test_what_was_received_comes_out_byte_for_byte(
    empty: Ledger, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    line = b'\xef\xbb\xbf {"text" : "The army shelled Manb\\u0069j." ,"id":"odd", "colour": "red"}\t\r\n'
    (tmp_path / "odd.jsonl").write_bytes(line)
    page = b"<title>War</title>\r\n<p>The army shelled Aleppo on 2016-06-08, and nobody knows why.</p>\x00\xff"
    (tmp_path / "page.html").write_bytes(page)
    add(empty, tmp_path / "odd.jsonl")
    [added] = add(empty, tmp_path / "page.html")
    for id, received in (("odd", line), (str(added.id), page)):
        assert commands.show.main([id, "--received", "--ledger", str(empty.path)], standalone_mode=False) == 0
        assert capfdbinary.readouterr().out == received


def test_what_is_not_there_is_one_plain_line(run: Run) -> None:
    assert run("show", "narnia") == (1, "", "sayso: the ledger: no report 'narnia' in it\n")
    assert run("events", "--actor", "Narnia") == (1, "", "sayso: the ledger: 'Narnia' is not an actor in it\n")
    assert run("events", "--ledger", "/none") == (
        1, "", "sayso: /none: no ledger there: `sayso init` makes one\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ("events", "--radius", "3"),
        ("events", "--place", "91,0"),
        ("events", "--since", "last week"),
        ("events", "--json", "--csv"),
        ("events", "--type", "picnic"),
        ("redact", "n-1"),
        ("search",),
    ],
)
def test_wrong_usage(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == 2


def test_redaction_backup_and_proof(run: Run, tmp_path: Path, ledger: Ledger) -> None:
    assert run("backup", tmp_path / "copy.ledger")[0] == 0
    assert run("redact", "n-1", "--reason", "asked for")[0] == 0
    code, out, _ = run("verify")
    assert code == 0 and out.startswith("everything fits: 7 lines of custody, the last ")
    assert run("verify", "--head", out.split()[-1])[0] == 0
    assert run("verify", "--head", "0f" * 32)[0] == 1
    ledger.connection.execute("UPDATE reports SET title = 'Other' WHERE number = 2")
    code, out, _ = run("verify")
    assert code == 1 and "reports row of n-2: does not say what the reading says" in out
    assert run("verify", "--ledger", tmp_path / "copy.ledger")[0] == 0
    assert json.loads(run("stats", "--json")[1].splitlines()[-1])["name"] == "lines of custody"


def test_every_option_has_help_and_every_command_says_what_it_does() -> None:
    for command in [*commands.COMMANDS, commands.copies_of_ledger]:
        assert command.help, command.name
        for option in command.params:
            assert not isinstance(option, click.Option) or option.help, (command.name, option.name)


SAYSO = "import sys; from sayso.cli.ledger import COMMANDS; import click; " \
        "sys.exit(click.Group(commands={c.name: c for c in COMMANDS}).main(sys.argv[1:], standalone_mode=False))"  # fmt: skip # noqa: E501


def sayso(*arguments: str | Path, **how: object) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    command = [sys.executable, "-c", SAYSO, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, **how)  # type: ignore[call-overload, no-any-return]


def test_a_full_disk_is_one_plain_line_and_the_ledger_stays_whole(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "war.ledger"
    Ledger.create(path, NOON, "test").__exit__()
    limit = path.stat().st_size + 30_000

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    many = write_pool(
        tmp_path / "many.jsonl", [{"id": str(n), "text": f"Report {n} of the day. " * 99} for n in range(99)]
    )
    done = sayso("add", many, "--ledger", path, "--workers", "1", preexec_fn=small_disk)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"sayso: {path}: cannot be read or written: the disk is full, too small, or fails\n"
    assert sayso("verify", "--ledger", path).returncode == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="needs another user to be shut out")
def test_a_folder_that_may_not_be_written_is_one_plain_line_and_can_be_read(
    run: Run, ledger: Ledger, pool: Path
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "war.ledger"
        ledger.backup(path)
        run("add", pool)  # what is imported late is imported now: the other user may not see it
        run("events")
        assert as_nobody(run, "add", pool, "--ledger", path) == (
            1, "", f"sayso: {path}: cannot be written: no permission, or its folder is read-only\n",
        )  # fmt: skip
        assert as_nobody(run, "init", "--ledger", f"{path}2")[2] == (
            f"sayso: {path}2: cannot be written: Permission denied\n"
        )
        code, out, err = as_nobody(run, "events", "--json", "--ledger", path)
        assert (code, len(out.splitlines()), err) == (0, 5, "")


def as_nobody(run: Run, *arguments: str | Path) -> tuple[int, str, str]:
    """The command as a user who may write nothing, in a process of its own."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        os.setgid(65534)
        os.setuid(65534)
        os.write(writing, json.dumps(run(*arguments)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        code, out, err = json.load(said)
    os.waitpid(child, 0)
    return code, out, err


def test_help_comes_at_once() -> None:
    before = os.times().children_user
    assert sayso("events", "--help").returncode == 0
    assert os.times().children_user - before < 0.5


def test_duckdb_attaches_it(ledger: Ledger) -> None:
    """As docs/ledger.md shows."""
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect(config={"allow_unsigned_extensions": "true"})
    packaged = Path(sys.prefix).rglob(f"duckdb_ext/extensions/v{duckdb.__version__}/*/sqlite_scanner.duckdb_extension")
    extension = next(packaged, None)
    if extension is None:
        pytest.skip("DuckDB's sqlite extension is not there (duckdb-ext-sqlite)")
    connection.execute(f"LOAD '{extension}'")
    connection.execute(f"ATTACH '{ledger.path}' AS war (TYPE sqlite, READ_ONLY)")
    assert connection.execute("SELECT count(*) FROM war.events").fetchone() == (5,)
    [row] = connection.execute("SELECT place, source FROM war.events_view WHERE id = 'n-1#e1'").fetchall()
    assert row == ("Manbij", "Abu Omar")


def test_datasette_shows_its_views(ledger: Ledger) -> None:
    """As docs/ledger.md shows."""
    datasette = pytest.importorskip("datasette.app")
    import asyncio

    async def asked() -> dict[str, object]:
        client = datasette.Datasette([str(ledger.path)]).client
        answer = await client.get("/war/events_view.json?_shape=array&type=shelling")
        [row] = answer.json()
        return dict(row)

    with ThreadPoolExecutor(1) as aside:  # a browser that other tests opened keeps a loop running in this thread
        assert aside.submit(asyncio.run, asked()).result()["place"] == "Manbij"


def test_every_field_and_command_is_documented() -> None:
    page = (ROOT / "docs/ledger.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`(\w+)`", page))
    for table in ("reports", "claims", "events", "sources", "search", "stats"):
        assert set(FIELDS[table]) <= documented, table
    for command in commands.COMMANDS:
        assert f"`sayso {command.name}" in page or f"`{command.name}`" in page, command.name
