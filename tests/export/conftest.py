"""A pool of four incidents, written by hand: what the records would say of a few made-up reports."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.linking.pool import Pool
from sayso.records.pool import Account, Holding, Incident, Origin, Voice
from sayso.records.resolved import Place
from sayso.views.export import facts_of
from sayso.views.export.facts import Facts

MANBIJ = Place(
    id="geonames:167357", name="Manbij", country="SY", admin1="Aleppo", lat=36.52815, lon=37.95495, level="town",
    precision=1, candidates=2, geonameid=167357, why="the only one",
)  # fmt: skip
STRIKE = {
    "acled": {"event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike"},
    "plover": {"event_type": "ASSAULT", "mode": "aerial"},
    "ucdp": {"type_of_violence": 3},
}
CAPTURE = {
    "acled": {"event_type": "Battles", "sub_event_type": "Non-state actor overtakes territory"},
    "plover": {"event_type": "ASSAULT", "mode": ""},
    "ucdp": {"type_of_violence": 2},
}
FURAT, MERIDIAN = Voice(name="Furat Post", id=None, side="outlet"), Voice(name="Meridian", id=None, side="outlet")
MONITOR = Voice(name="=HYPERLINK(1)", id=None, side="monitor")  # a name nobody should be able to act by


def account(key: str, incident: str, words: str, chain: tuple[Voice, ...], **fields: Any) -> Account:
    """An account of the report before the # of its key."""
    report = key.partition("#")[0]
    url = f"https://news.example/{report}"
    return Account(
        key=key, report=report, event="e1", incident=incident, stance=None, words=words, start=10,
        end=10 + len(words), trigger=(12, 18), chain=chain, url=url, published="2016-06-09T08:00:00+03:00",
        title=f'Report "{report}"', **fields,
    )  # fmt: skip


def incident(ident: str, accounts: list[Account], **fields: Any) -> Incident:
    """An incident of which every account has an origin of its own."""
    head = accounts[0]
    origins = tuple(
        Origin(
            voice=a.chain[0], accounts=(a.key,), chains=(tuple(v.name for v in a.chain),), independent=True,
            why="says so", denies=a.status == "denied",
        )
        for a in accounts
    )  # fmt: skip
    given: dict[str, Any] = {
        "type": head.type, "status": head.status, "actors": (), "actor_ids": (), "targets": (), "target_ids": (),
        "place": None, "first": None, "last": None, "date_precision": None, "killed": None, "wounded": None,
        "disputes": (), "independent": len(origins), "by_side": {"outlet": len(origins)},
    }  # fmt: skip
    return Incident(
        id=ident, accounts=tuple(a.key for a in accounts), reports=tuple(a.report for a in accounts),
        outlets=tuple(dict.fromkeys(a.chain[-1].name for a in accounts)), origins=origins, how={}, why="by hand",
        **{**given, **fields},
    )  # fmt: skip


@pytest.fixture
def pool() -> Pool:
    """A strike told three times, a capture, a plan to withdraw, and a state of control at no known place."""
    day = {"first": "2016-06-08", "last": "2016-06-08", "date_precision": 1}
    strike = {"type": "air_strike", "status": "happened", "place": MANBIJ, "place_words": "in Manbij", **day}
    eleven, nine = {**strike, "killed": (11, 11)}, {**strike, "killed": (9, 9)}
    accounts = [
        account("r1#e1", "i:strike", "Army jets killed 11 people in Manbij.", (MONITOR, FURAT), **eleven),
        account("r2#e1", "i:strike", "At least 11 people died, residents said.", (MERIDIAN,), **eleven),
        account("r3#e1", "i:strike", "Nine died.", (FURAT,), **nine),
        account("r1#e2", "i:capture", "IS took Manbij from the rebels,\n\x0b sources said.", (FURAT,), type="capture",
                status="happened"),
        account("r2#e2", "i:plan", "They plan to withdraw.", (MERIDIAN,), type="withdraw", status="planned"),
        account("r3#e3", "i:control", "The city is held by IS.", (FURAT,), type="control", status="ongoing"),
    ]  # fmt: skip
    incidents = (
        incident("i:strike", accounts[:3], actors=("Army jets",), actor_ids=("syria-armed-forces",),
                 targets=("people",), target_ids=("civilians-syria",), place=MANBIJ, killed=(9, 11), **day, **STRIKE),
        incident("i:capture", accounts[3:4], actors=("IS", "fighters"), actor_ids=("islamic-state", None),
                 targets=("rebels",), target_ids=(None,), place=MANBIJ, first="2016-06-01", last="2016-06-07",
                 date_precision=3, **CAPTURE),
        incident("i:plan", accounts[4:5], **{**CAPTURE, "acled": {"event_type": "Strategic developments",
                 "sub_event_type": "Non-violent transfer of territory"}}),
        incident("i:control", accounts[5:]),
    )  # fmt: skip
    holding = Holding(
        place=MANBIJ, actor="Islamic State", actor_id="islamic-state", status="holds", since="2016-06-01", until=None,
        said="2016-06-08", accounts=("r3#e3",), why="one says so",
    )  # fmt: skip
    return Pool(accounts={a.key: a for a in accounts}, incidents=incidents, holdings=(holding,))


@pytest.fixture
def told(pool: Pool) -> list[Facts]:
    """The pool's incidents with what is said of them."""
    return facts_of(pool.incidents, pool)
