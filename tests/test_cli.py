"""The command line, as an analyst meets it."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sayso import __version__
from sayso.cli import main
from sayso.records import Part, Received, Report, SetAside
from sayso.views.terminal import account

ROOT = Path(__file__).parent.parent
LINE = '{"id": "%s", "text": "The bridge was cut on Tuesday, two residents said.", "title": "Bridge cut"}\n'
PAGE = """<!doctype html><html lang="en"><head><title>Bridge cut near Manbij</title></head><body><article>
<h1>Bridge cut near Manbij</h1>
<p>The bridge over the river was cut on Tuesday evening, two residents of the nearby village said by telephone.</p>
<p>Fighters had withdrawn from both banks the night before, the local council said in a statement on Wednesday.</p>
</article></body></html>"""


def run(*arguments: str | Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """The exit code, standard output and standard error of `sayso` with these arguments."""
    with pytest.raises(SystemExit) as ended:
        main([str(a) for a in arguments])
    printed = capsys.readouterr()
    return int(ended.value.code or 0), printed.out, printed.err


@pytest.fixture
def pool(tmp_path: Path) -> Path:
    """A folder with an HTML page, a JSONL of two reports, and a line that is none."""
    folder = tmp_path / "pool"
    folder.mkdir()
    (folder / "a.html").write_text(PAGE)
    (folder / "b.jsonl").write_text(LINE % "n-1" + "no json\n" + LINE % "n-2")
    return folder


# What it prints ------------------------------------------------------------------------------------------------------


def test_json_is_one_object_a_line_and_its_offsets_are_true(pool: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("read", pool, "--json", capsys=capsys)
    assert (code, err) == (1, f"sayso: {pool}/b.jsonl:2: no JSON object\n")
    page, *lines = [json.loads(line) for line in out.splitlines()]
    assert page["id"].startswith("sha256:") and [line["id"] for line in lines] == ["n-1", "n-2"]
    report = page["report"]
    assert set(report) >= {"title", "outlet", "byline", "published", "language", "url", "text", "parts", "set_aside"}
    assert "id" not in report
    kept = [report["text"][part["start"] : part["end"]] for part in report["parts"] if "aside" not in part]
    assert "\n\n".join(kept) == report["text"]
    assert lines[0]["report"]["text"] == "The bridge was cut on Tuesday, two residents said."


def test_the_account_says_what_was_found_and_how_it_is_known(pool: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("read", pool / "a.html", "--outlet", "The Wire", "--published", "2016-06-08", capsys=capsys)
    assert code == 0
    assert out.startswith("Bridge cut near Manbij\n")
    assert re.search(r"outlet +The Wire  \(given", out) and re.search(r"published +2016-06-08  \(given", out)
    assert re.search(r"kept .*2 paragraphs", out) and re.search(r"received +\S+a\.html · html, \d+ bytes · ", out)
    assert "two residents of the nearby village" not in out


def test_the_text_comes_when_asked_for(pool: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run("read", pool / "a.html", "--text", capsys=capsys)
    paragraph = "Fighters had withdrawn from both banks the night before, the local council said in a statement on"
    assert paragraph in out  # whole: lines are folded for terminals only


def lines_of(report: Report) -> str:
    return "\n".join(line.plain for line in account(report, text=True, set_aside=True))


def test_what_is_in_doubt_or_was_set_aside_is_shown() -> None:
    report = Report(
        id="r",
        text="Bridge cut\n\nThe council says so.",
        title="Bridge cut",
        parts=(
            Part(kind="title", start=0, end=10),
            Part(kind="paragraph", start=12, end=32, score=0.41, doubt=True, why="short, but a sentence"),
            Part(kind="teaser", start=32, end=32, aside=0),
        ),
        set_aside=(SetAside(kind="teaser", text="Also read: the toll so far"),),
    )
    shown = lines_of(report)
    assert "kept        1 title, 1 paragraph (6 words)" in shown
    assert "set aside   1 teaser" in shown
    assert "“The council says so.”  kept as paragraph, 41% sure: short, but a sentence" in shown
    assert "[in doubt] The council says so." in shown
    assert "teaser      Also read: the toll so far" in shown


HOSTILE = "\x1b]0;owned\x07 [red]not red[/red] \x9b31m \u202egnp.exe \r rm"


def test_outside_text_cannot_act_on_the_terminal() -> None:
    report = Report(
        id="r",
        text=HOSTILE,
        title=HOSTILE,
        outlet=HOSTILE,
        byline=HOSTILE,
        published=HOSTILE,
        url=HOSTILE,
        known={"title": HOSTILE, "outlet": HOSTILE},
        notes=(HOSTILE,),
        parts=(
            Part(kind="paragraph", start=0, end=len(HOSTILE), doubt=True, why=HOSTILE),
            Part(kind="caption", start=len(HOSTILE), end=len(HOSTILE), aside=0),
        ),
        set_aside=(SetAside(kind="caption", text=HOSTILE),),
        received=Received(where=HOSTILE, how="warc", media="html", digest="x", size=1, charset=HOSTILE, record=HOSTILE),
    )  # fmt: skip
    shown = lines_of(report)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)
    assert shown.count("[red]not red[/red]") >= 10  # not taken for markup either
    assert "␛]0;owned␇" in shown and "⟨U+202E⟩" in shown


def test_outside_text_cannot_act_on_the_terminal_from_json_or_messages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pool = tmp_path / "pool\x1b[2J\n.jsonl"
    pool.write_text(json.dumps({"id": "a", "text": f"Words {HOSTILE}"}) + "\nnonsense\n")
    code, out, err = run("read", pool, "--json", capsys=capsys)
    for printed in (out, err):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", printed)
        assert len(printed.splitlines()) == 1
    assert code == 1 and HOSTILE.replace("\r", "") in json.loads(out)["report"]["text"].replace("\r", "")


# How it ends ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", "x", "--bogus"],
        ["bogus"],
        ["read", "x", "--published", "yesterday"],
        ["add", "x", "--ledger", "y", "--published", "yesterday"],
        ["brief", "x", "--published", "yesterday"],
        ["read", "x", "--workers", "0"],
        ["read", "x", "--json", "--text"],
        ["read", "x", "--out", "/no/such/folder/x"],
    ],
)
def test_wrong_usage_ends_with_2_and_says_why(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(*arguments, capsys=capsys)
    assert (code, out) == (2, "")
    assert "Error: " in err and "Traceback" not in err


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((LINE % "n-7").encode())))
    code, out, _ = run("read", "-", "--json", capsys=capsys)
    assert code == 0 and json.loads(out)["id"] == "n-7"


def test_a_file_is_written_whole_or_not_at_all(pool: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = pool.parent / "out.jsonl"
    target.write_text("older")
    target.chmod(0o640)
    code, out, _ = run("read", pool, "--json", "--out", target, capsys=capsys)
    assert (code, out) == (1, "")
    assert [json.loads(line)["id"] for line in target.read_text().splitlines()][1:] == ["n-1", "n-2"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(p.name for p in pool.parent.iterdir()) == ["out.jsonl", "pool"]


def test_an_interrupted_run_leaves_the_older_file_and_no_other(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("older")
    os.mkfifo(tmp_path / "endless")
    process = started("read", str(tmp_path / "endless"), "--json", "--out", str(target))
    with (tmp_path / "endless").open("w") as pipe:  # opens once sayso reads
        pipe.write(LINE % "n-1")
        pipe.flush()
        deadline = time.monotonic() + 30
        while len(list(tmp_path.iterdir())) < 3 and time.monotonic() < deadline:  # until the file is begun
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err.strip()) == (130, "")
    assert target.read_text() == "older"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["endless", "out.jsonl"]


def started(*arguments: str) -> subprocess.Popen[str]:
    """`sayso` in a process of its own."""
    command = [sys.executable, "-m", "sayso", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_lines_are_answered_as_they_come() -> None:
    command = [sys.executable, "-m", "sayso", "read", "-", "--json"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        assert process.stdin is not None and process.stdout is not None
        for number in range(3):
            process.stdin.write(LINE % number)
            assert json.loads(process.stdout.readline())["id"] == str(number)


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    (tmp_path / "many.jsonl").write_text("".join(LINE % n for n in range(5000)))
    process = started("read", str(tmp_path / "many.jsonl"), "--json")
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert (process.wait(timeout=30), process.stderr.read()) == (0, "")
    process.stderr.close()


def test_many_workers_print_what_one_prints(pool: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alone = run("read", pool, "--json", "--workers", "1", capsys=capsys)
    process = started("read", str(pool), "--json", "--workers", "2")
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out, err) == alone


# What it costs, and what is written about it -------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["read", "--help"]])
def test_help_is_there_at_once(arguments: list[str]) -> None:
    """Nothing heavy is imported: whether it takes half a second depends on nothing else."""
    script = (
        "import sys\nfrom sayso.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit as end:\n    assert not end.code\n"
        "heavy = {'trafilatura', 'onnxruntime', 'numpy', 'lxml', 'httpx', 'rich', 'feedparser', 'fastwarc', 'pebble'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"
    assert __version__ in done.stdout or "Usage:" in done.stdout
