"""`sayso brief`, `incidents`, `disputes`, `control` and `copies` as somebody runs them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from sayso.cli import main
from sayso.cli.pool import box_around

STRIKE = "An air strike hit a bakery in Manbij on Wednesday, killing at least 11 people, Furat Monitor said."
REPORTS = [
    {"id": "wire-1", "text": f"{STRIKE}\n\nIslamic State controls the city of Manbij.", "published": "2016-06-08",
     "outlet": "Meridian Wire"},
    {"id": "ledger-1", "text": f"{STRIKE} (Meridian)", "published": "2016-06-08", "outlet": "Gulf Ledger"},
    {"id": "army-1", "text": "The Syrian army denied that an air strike hit a bakery in Manbij on Wednesday.",
     "published": "2016-06-09", "outlet": "Barada"},
]  # fmt: skip


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("pool") / "reports.jsonl"
    path.write_text("".join(json.dumps(report) + "\n" for report in REPORTS), encoding="utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    shown = capsys.readouterr()
    return int(ended.value.code or 0), shown.out, shown.err


def test_two_papers_with_one_monitor_s_word_are_one_voice(reports: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "incidents", reports)
    strikes = [i for i in map(json.loads, out.splitlines()) if i["type"] == "air_strike"]
    assert code == 0
    assert len(strikes) == 1
    assert set(strikes[0]["reports"]) == {"wire-1", "ledger-1", "army-1"}
    told = [origin["voice"]["name"] for origin in strikes[0]["origins"] if not origin["denies"]]
    assert told == ["Furat Monitor"]
    assert strikes[0]["independent"] == 1


def test_the_denial_is_a_dispute(reports: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "disputes", reports)
    (found,) = [d for d in map(json.loads, out.splitlines()) if d["kind"] == "happened"]
    assert [side["voices"] for side in found["sides"]] == [["Furat Monitor"], ["Syrian army"]]
    assert found["incident"].startswith("i:")


def test_who_holds_the_town(reports: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "control", reports, "--at", "2016-06-08")
    assert [(h["place"]["name"], h["actor_id"]) for h in map(json.loads, out.splitlines())] == [
        ("Manbij", "islamic-state")
    ]
    _, out, _ = run(capsys, "control", reports, "--geojson")
    assert json.loads(out)["type"] == "FeatureCollection"


@pytest.mark.parametrize(("form", "beginning"), [
    ("terminal", "What happened, and on whose say-so"), ("markdown", "# What happened"), ("html", "<!doctype html>"),
    ("json", '{"title"')])  # fmt: skip
def test_a_brief_in_each_form(reports: str, form: str, beginning: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "brief", reports, "--as", form, "--place", "Manbij", "--radius", "10")
    assert code == 0
    assert out.startswith(beginning)
    assert "Furat Monitor" in out


def test_a_brief_of_a_ledger_is_that_of_its_reports(
    reports: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = str(tmp_path / "pool.sayso")
    assert run(capsys, "init", "--ledger", ledger)[0] == 0
    assert run(capsys, "add", reports, "--ledger", ledger)[0] == 0
    of_files = run(capsys, "brief", reports, "--as", "markdown")[1]
    assert run(capsys, "brief", "--ledger", ledger, "--as", "markdown")[1] == of_files


def test_the_day_of_a_page_that_names_none_can_be_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.txt"
    page.write_text(STRIKE, encoding="utf-8")
    code, out, _ = run(capsys, "incidents", str(page), "--published", "2016-06-09")
    assert code == 0
    assert {json.loads(line)["first"] for line in out.splitlines()} == {"2016-06-08"}  # its Wednesday
    code, _, err = run(capsys, "incidents", "--ledger", str(page), "--published", "2016-06-09")
    assert code == 2
    assert "sayso add --published" in err


def test_a_day_that_is_none_is_noted_and_nothing_is_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{"id": day, "text": STRIKE, "published": day} for day in ("2016-99-99", "soon", "2016-06-09")]
    pool = tmp_path / "odd.jsonl"
    pool.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    code, out, _ = run(capsys, "read", str(pool), "--json")
    assert code == 0
    reports = [json.loads(line)["report"] for line in out.splitlines()]
    assert [report["published"] for report in reports] == [None, None, "2016-06-09"]
    assert "“2016-99-99”, which is no date" in reports[0]["notes"][-1]
    assert run(capsys, "incidents", str(pool))[0] == 0


def test_a_place_nobody_knows_and_nothing_to_read_are_wrong_usage(
    reports: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAYSO_LEDGER", raising=False)
    assert run(capsys, "brief", reports, "--place", "Xqzzyv")[0] == 2
    assert run(capsys, "brief")[0] == 2
    assert run(capsys, "copies")[0] == 2


def test_copies_are_found_in_files(reports: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "copies", reports, "--json")
    assert code == 0
    assert all({"a", "b", "kind", "first", "passages", "why"} <= set(json.loads(line)) for line in out.splitlines())


def test_what_cannot_be_read_is_named_and_the_rest_is_told(
    reports: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("no json\n", encoding="utf-8")
    code, out, err = run(capsys, "brief", reports, str(bad))
    assert code == 1
    assert "bad.jsonl:1:" in err
    assert "Furat Monitor" in out


def test_what_a_ledger_has_not_linked_is_linked_when_it_is_asked_for(
    reports: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = str(tmp_path / "pool.sayso")
    run(capsys, "init", "--ledger", ledger)
    run(capsys, "add", reports, "--ledger", ledger)
    with sqlite3.connect(ledger) as connection:
        connection.execute("INSERT INTO to_link SELECT number FROM reports")
    assert run(capsys, "incidents", "--ledger", ledger)[1]
    assert run(capsys, "link", "--ledger", ledger)[1].startswith("0 reports linked: ")
    assert run(capsys, "link", "--ledger", ledger, "--all")[1].startswith("3 reports linked: ")


def test_much_that_waits_is_not_linked_by_who_only_asks(
    reports: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = str(tmp_path / "pool.sayso")
    run(capsys, "init", "--ledger", ledger)
    run(capsys, "add", reports, "--ledger", ledger)
    with sqlite3.connect(ledger) as connection:
        connection.execute("INSERT INTO to_link SELECT number FROM reports")
    monkeypatch.setattr("sayso.engine.kept.SOON", 2)
    code, out, said = run(capsys, "incidents", "--ledger", ledger)
    assert (code, bool(out)) == (0, True)
    assert said == "sayso: 3 reports are not linked yet: `sayso link` sees to that\n"


@pytest.mark.parametrize("asked", [
    (), ("--place", "Manbij", "--radius", "10"), ("--since", "2016-06-09"), ("--until", "2016-06-01"),
    ("--about", "Islamic State")])  # fmt: skip
def test_a_part_of_a_ledger_is_that_part_of_its_reports(
    asked: tuple[str, ...], reports: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = str(tmp_path / "pool.sayso")
    run(capsys, "init", "--ledger", ledger)
    run(capsys, "add", reports, "--ledger", ledger)
    for command in ("incidents", "disputes", "control"):
        assert run(capsys, command, "--ledger", ledger, *asked)[1] == run(capsys, command, reports, *asked)[1]


def test_around_the_180th_meridian_west_is_east_of_east() -> None:
    assert box_around(0.0, 179.9, 111.0) == pytest.approx((-1.01, 178.89, 1.01, -179.09), abs=0.01)
    assert box_around(84.0, 0.0, 500.0) is None


HELD = [
    {"id": "wire-2", "outlet": "Meridian Wire", "published": "2016-06-08",
     "text": "Islamic State controls the city of Manbij, a resident said."},
    {"id": "gulf-2", "outlet": "Gulf Ledger", "published": "2016-06-09",
     "text": "The Syrian Democratic Forces control the city of Manbij, Furat Monitor said."},
]  # fmt: skip


@pytest.mark.parametrize("kept", [False, True])
def test_who_holds_the_town_is_disputed(tmp_path: Path, capsys: pytest.CaptureFixture[str], kept: bool) -> None:
    path, ledger = str(tmp_path / "held.jsonl"), str(tmp_path / "held.sayso")
    Path(path).write_text("".join(json.dumps(report) + "\n" for report in HELD), encoding="utf-8")
    if kept:
        run(capsys, "init", "--ledger", ledger)
        run(capsys, "add", path, "--ledger", ledger)
    pool = ("--ledger", ledger) if kept else (path,)
    _, out, _ = run(capsys, "disputes", *pool)
    (found,) = map(json.loads, out.splitlines())
    assert (found["incident"], found["kind"], found["about"]) == (None, "holder", "who holds Manbij")
    assert [side["words"] for side in found["sides"]] == [[report["text"]] for report in HELD]
    assert run(capsys, "disputes", *pool, "--about", "Turkey")[1] == ""
    assert run(capsys, "disputes", *pool, "--since", "2016-06-10")[1] == ""
    _, brief, _ = run(capsys, "brief", *pool, "--as", "markdown")
    assert "who holds Manbij: different holders are named" in brief
    assert "Furat Monitor" in run(capsys, "brief", *pool, "--as", "html")[1].partition("who holds Manbij")[2]
