"""The register: as it is written, as it is packed, and what is said of a file with faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.actors.register import Register
from sayso.outlets import Outlet, Outlets
from sayso.outlets.compile import TARGET, compiled
from sayso.outlets.names import key
from sayso.outlets.source import LARGEST_FILE, problems_among, read_outlets

CONFLICTS = [
    "AF",
    "CD",
    "CO",
    "EG",
    "ET",
    "IL",
    "IN",
    "IQ",
    "IR",
    "LB",
    "LY",
    "ML",
    "MM",
    "NG",
    "PK",
    "PS",
    "RU",
    "SA",
    "SD",
]
CONFLICTS += ["SO", "SY", "TR", "UA", "VE", "YE"]
GOOD = """
- id: nile-herald
  name: Nile Herald
  kind: private
  country: SD
  domains: [nileherald.example]
  source: own imprint
"""


def faults(tmp_path: Path, text: str) -> list[str]:
    """What is said of a file of outlets, without its path."""
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    register = Outlets.packaged()
    written, problems = read_outlets(path)
    problems += problems_among({str(path): written}, register.words, register.all())
    return [str(problem).removeprefix(f"{path}:") for problem in problems]


def test_what_is_packed_is_what_is_written_and_nothing_is_wrong_with_it() -> None:
    data, problems = compiled()
    assert not problems
    assert data == TARGET.read_bytes(), "run python -m sayso.outlets.compile"


def test_the_register_is_large_and_every_outlet_says_where_its_facts_are_from() -> None:
    outlets = Outlets.packaged().all()
    assert len(outlets) >= 1100
    assert sum(outlet.agency for outlet in outlets) >= 150
    assert all(outlet.source.startswith(("own imprint", "public knowledge: ")) for outlet in outlets)


def test_own_channels_of_armed_groups_and_official_bodies_speak_for_actors_of_record() -> None:
    outlets = Outlets.packaged().all()
    whose = {outlet.id: outlet.speaks_for for outlet in outlets if outlet.speaks_for}
    assert all(Register.packaged().actor(ident) for ident in whose.values()), whose
    assert {outlet.id for outlet in outlets if outlet.kind == "armed group's own"} <= set(whose)
    assert {outlet.kind for outlet in outlets if outlet.speaks_for} == {"armed group's own", "official body"}
    assert whose["centcom"] == "us-central-command"


@pytest.mark.parametrize("country", CONFLICTS)
def test_the_regions_of_conflict_have_their_media(country: str) -> None:
    assert sum(outlet.is_of(country) for outlet in Outlets.packaged().all()) >= 3


def test_every_outlet_is_found_by_each_of_its_names() -> None:
    register = Outlets.packaged()
    for outlet in register.all():
        for name in outlet.all_names():
            assert outlet in (found for found, _ in register.called(name)), name
        assert register.by_name(outlet.name, outlet.country) == outlet
        assert not outlet.domains or register.by_url(f"https://www.{outlet.domains[0]}/") == outlet


def test_only_one_outlet_has_a_name_to_itself() -> None:
    holders: dict[str, str] = {}
    for outlet in Outlets.packaged().all():
        for name in {key(n) for n in outlet.all_names()} - {key(n) for n in outlet.shared}:
            assert holders.setdefault(name, outlet.id) == outlet.id


def test_own_outlets_join_the_register() -> None:
    mine = Outlet(id="nile-herald", name="Nile Herald", kind="private", source="own imprint", domains=("nh.example",))
    more = Outlets.packaged().and_also([mine])
    assert more.by_name("Nile Herald") == mine == more.by_url("https://nh.example")
    assert more.by_name("Reuters") == Outlets.packaged().by_name("Reuters")
    assert Outlets.packaged().by_name("Nile Herald") is None


def test_a_good_file_has_no_faults(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("was", "written", "fault"),
    [
        ("private", "lapdog", '2: nile-herald: "lapdog" is none of the kinds: NGO,'),
        ("country: SD", "country: Sudan", '2: nile-herald: "Sudan" is no ISO 3166-1 alpha-2 code'),
        (
            "nileherald.example",
            "https://nileherald.example/",
            '2: nile-herald: "https://nileherald.example/" is no domain',
        ),
        ("nileherald.example", "sana.sy", "2: nile-herald: sana.sy is of sana already"),
        ("id: nile-herald", "id: sana", "2: sana: the id sana is taken, in the register"),
        ("name: Nile Herald", "name: Reuters", '2: nile-herald: "Reuters" is a name of reuters already'),
        ("  source: own imprint", "", "2: Object missing required field `source`"),
        ("country: SD", "bias: 3", "2: Object contains unknown field `bias`"),
        ("[nileherald.example]", "[", "8: no YAML: "),
        ("[nileherald.example]", "[[[[[[x]]]]]]", "6: nested too deeply"),
        ("own imprint", "&a x\n- *a", "8: aliases (*name) are not allowed"),
    ],
)
def test_each_fault_is_named_with_its_line(tmp_path: Path, was: str, written: str, fault: str) -> None:
    found = faults(tmp_path, GOOD.replace(was, written))
    assert found and found[0].startswith(fault)


def test_norway_is_a_country_and_a_language(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD.replace("country: SD", "country: NO\n  languages: [no]")) == []


@pytest.mark.parametrize("text", ["outlets: []", "just words", "- 1", "[" * 100_000, "x" * (LARGEST_FILE + 1)])
def test_what_is_no_file_of_outlets_is_one_plain_fault(tmp_path: Path, text: str) -> None:
    assert len(faults(tmp_path, text)) == 1
