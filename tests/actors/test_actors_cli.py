"""`sayso actors`: what is printed, and what is said about a file that is wrong."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from sayso.cli.actors import actors

GOOD = """\
conflict: atlantis
countries: [XA]
sides: [the League]
actors:
  - id: atlantean-league
    name: Atlantean League
    acronyms: [AL]
    here: [the rebels]
    kind: rebel group
    country: XA
    sides: [{side: the League, from: 2011}]
    source: an example
offices:
  - {id: head-of-the-atlantean-league, name: Head of the Atlantean League, of: atlantean-league, holders: [{name: A. B.}], source: an example}
"""  # noqa: E501


def run(*arguments: str) -> Result:
    return CliRunner().invoke(actors, arguments, standalone_mode=False)


def test_find_says_who_and_why() -> None:
    result = run("find", "the army", "--country", "sy", "--at", "2016-06-09", "--why")
    assert result.output == (
        "the army: Syrian Arab Army (state forces; syrian-arab-army)\n"
        "  why      'army' means it in a report about SY\n"
        "  part of  Government of Syria < Syria\n"
        "  side     government of Syria\n"
        "  ACLED    1: State forces\n"
        "  source   UCDP GED; ACLED actor list\n"
    )


def test_find_prints_json_and_tells_by_its_exit_code() -> None:
    result = run("find", "Daesh", "Nobody Known", "--json")
    daesh, nobody = map(json.loads, result.output.splitlines())
    assert daesh["actor"]["id"] == "islamic-state"
    assert daesh["entry"]["ucdp"] == {"name": "IS", "id": 234}
    assert nobody == {"asked": "Nobody Known", "actor": None}
    assert result.return_value == 1


def test_check_passes_a_good_file(tmp_path: Path) -> None:
    file = tmp_path / "atlantis.yaml"
    file.write_text(GOOD, encoding="utf-8")
    result = run("check", str(file))
    assert (result.output, result.return_value) == ("1 file, no fault\n", 0)


def faults(tmp_path: Path, old: str, new: str) -> str:
    file = tmp_path / "atlantis.yaml"
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    result = run("check", str(file))
    assert result.return_value == 1
    return result.output.replace(f"{file}:", "")


def test_check_names_line_and_reason(tmp_path: Path) -> None:
    assert faults(tmp_path, "kind: rebel group", "kind: heroes").startswith(
        "9: atlantean-league: no such kind 'heroes'"
    )
    assert faults(tmp_path, "from: 2011", "from: spring 2011").startswith(
        "11: atlantean-league: 'spring 2011' is no ISO"
    )
    assert "11: atlantean-league: side 'a League' is not among" in faults(tmp_path, "{side: the", "{side: a")
    assert "8: atlantean-league: no such field 'hear'" in faults(tmp_path, "here:", "hear:")
    assert "there is no actor 'the-league'" in faults(tmp_path, "of: atlantean-league", "of: the-league")
    assert "the id is in the packaged register" in faults(tmp_path, "id: atlantean-league", "id: islamic-state")
    assert "`name`" in faults(tmp_path, "    name: Atlantean League\n", "")
    assert "expected" in faults(tmp_path, "[XA]", "[XA")
