"""`sayso outlets`, as somebody meets it who writes the media of a country down."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from sayso.cli.outlets import outlets


def run(*arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    result = CliRunner().invoke(outlets, arguments, standalone_mode=False)
    assert result.exception is None
    return int(result.return_value), result.stdout, result.stderr


def test_an_outlet_by_name() -> None:
    code, out, _ = run("find", "Anadolu")
    assert code == 0
    assert out.startswith("Anadolu Agency (anadolu): state, TR, supplies other media\n")
    assert "\n  web: aa.com.tr\n" in out and "\n  source: public knowledge: Wikipedia Anadolu Agency\n" in out


def test_an_outlet_by_address_as_json() -> None:
    code, out, _ = run("find", "https://english.alarabiya.net/1", "--json")
    assert (code, json.loads(out)["id"]) == (0, "al-arabiya")


def test_all_outlets_of_a_name_that_is_shared_or_the_one_of_a_country() -> None:
    _, out, _ = run("find", "NTV", "--json")
    assert {json.loads(line)["country"] for line in out.splitlines()} == {"RU", "TR"}
    _, out, _ = run("find", "NTV", "--country", "tr", "--json")
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["ntv-turkey"]


def test_none() -> None:
    code, out, err = run("find", "Nowhere\x1b[2J Gazette")
    assert (code, out) == (1, "")
    assert err == "sayso: no outlet of that name or address is in the register: Nowhere�[2J Gazette\n"


def test_check_names_what_is_wrong_and_where(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("- {id: nile-herald, name: Nile Herald, kind: private, source: own imprint}\n")
    assert run("check", str(file)) == (0, "1 outlets, nothing wrong\n", "")
    file.write_text("- {id: nile-herald, name: Nile Herald, kind: biased, source: own imprint}\n")
    code, _, err = run("check", str(file))
    assert code == 1 and err.startswith(f'sayso: {file}:1: nile-herald: "biased" is none of the kinds')
