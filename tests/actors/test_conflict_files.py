"""The register's conflict files: who is meant by a name in a report about a conflict, and the rules they keep."""

from collections import Counter
from itertools import combinations, pairwise

import pytest

from sayso.actors import Register, resolve_actors
from sayso.actors.compile import compiled
from sayso.actors.entries import File, Term, passed
from sayso.actors.names import key, words
from sayso.actors.source import form_problems, read_file, register_files

# conflict file: the countries of the report; words of the report, its date, the actor of record
MEANT = {
    "ukraine": (
        ["UA", "RU"],
        [
            ("Ukrainian forces", "2023-06-10", "armed-forces-of-ukraine"),
            ("ZSU", "2023-06-10", "armed-forces-of-ukraine"),
            ("ЗСУ", "2023-06-10", "armed-forces-of-ukraine"),
            ("the SBU", "2022-04-01", "security-service-of-ukraine"),
            ("Azov Regiment", "2022-04-20", "azov-brigade"),
            ("PMC Wagner", "2023-02-01", "wagner-group"),
            ("the occupiers", "2022-05-01", "russian-armed-forces"),
            ("Russian Ministry of Defence", "2022-05-01", "russia-defence-ministry"),
            ("DPR forces", "2022-05-01", "peoples-militia-of-the-donetsk-peoples-republic"),
            ("93rd Mechanized Brigade", "2022-09-10", "93rd-mechanized-brigade-ukraine"),
            ("331st Guards Airborne Regiment", "2022-03-10", "331st-guards-airborne-regiment"),
            ("separatists", "2015-01-20", "russian-separatist-forces-in-ukraine"),
            ("Volodymyr Zelensky", "2022-05-01", "president-of-ukraine"),
            ("Serhiy Haidai", "2022-05-01", "governor-of-luhansk-oblast"),
        ],
    ),
    "sudan": (
        ["SD"],
        [
            ("the army", "2023-06-01", "sudanese-armed-forces"),
            ("Sudanese soldiers", "2023-06-01", "sudanese-armed-forces"),
            ("the paramilitary Rapid Support Forces", "2023-06-01", "rapid-support-forces"),
            ("قوات الدعم السريع", "2023-06-01", "rapid-support-forces"),
            ("Hemedti", "2023-06-01", "commander-of-the-rapid-support-forces"),
            ("Burhan", "2023-06-01", "chairman-of-the-sovereignty-council-of-sudan"),
            ("JEM", "2008-05-11", "justice-and-equality-movement"),
            ("SLM-Minnawi", "2024-05-11", "slm-minni-minnawi"),
            ("Janjaweed militias", "2004-05-11", "janjaweed"),
            ("SPLM-N rebels", "2012-03-01", "sudan-peoples-liberation-movement-north"),
        ],
    ),
    "yemen": (
        ["YE", "SA"],
        [
            ("Houthi fighters", "2018-06-13", "houthis"),
            ("Ansar Allah", "2018-06-13", "houthis"),
            ("the rebels", "2018-06-13", "houthis"),
            ("the Saudi-led coalition", "2018-06-13", "saudi-led-coalition"),
            ("coalition warplanes", "2018-06-13", "saudi-led-coalition"),
            ("the Southern Transitional Council", "2019-08-10", "southern-transitional-council"),
            ("AQAP", "2015-04-02", "al-qaeda-in-the-arabian-peninsula"),
            ("Giants Brigades", "2022-01-10", "giants-brigades"),
            ("Yahya Saree", "2022-01-10", "houthi-military-spokesperson"),
            ("Republican Guard", "2014-10-01", "republican-guard-yemen"),
        ],
    ),
    "israel-palestine-lebanon": (
        ["PS", "IL"],
        [
            ("the Israeli military", "2023-11-01", "israel-defense-forces"),
            ("IDF", "2023-11-01", "israel-defense-forces"),
            ("צה״ל", "2023-11-01", "israel-defense-forces"),
            ("the Qassam Brigades", "2023-11-01", "al-qassam-brigades"),
            ("Izz ad-Din al-Qassam Brigades", "2023-11-01", "al-qassam-brigades"),
            ("the Hamas-run health ministry", "2023-11-01", "gaza-health-ministry"),
            ("Islamic Jihad", "2022-08-06", "palestinian-islamic-jihad"),
            ("Hizbullah", "2024-09-20", "hezbollah"),
            ("UNIFIL", "2024-09-20", "united-nations-interim-force-in-lebanon"),
            ("settlers", "2023-02-27", "israeli-settlers"),
            ("Netanyahu", "2023-11-01", "prime-minister-of-israel"),
            ("Hassan Nasrallah", "2024-09-20", "secretary-general-of-hezbollah"),
        ],
    ),
    "afghanistan-pakistan": (
        ["AF", "PK"],
        [
            ("Taliban fighters", "2019-09-01", "taliban"),
            ("the insurgents", "2019-09-01", "taliban"),
            ("the Afghan National Army", "2019-09-01", "afghan-national-army"),
            ("Afghan army", "2019-09-01", "afghan-national-army"),
            ("ISIS-K", "2021-08-26", "islamic-state-khorasan-province"),
            ("ISAF", "2010-09-01", "international-security-assistance-force"),
            ("the National Resistance Front", "2022-09-01", "national-resistance-front-of-afghanistan"),
            ("the Pakistani Taliban", "2014-12-16", "tehrik-i-taliban-pakistan"),
            ("Baloch Liberation Army", "2025-03-11", "balochistan-liberation-army"),
            ("ISPR", "2025-03-11", "inter-services-public-relations"),
        ],
    ),
    "myanmar": (
        ["MM"],
        [
            ("the Tatmadaw", "2022-09-16", "tatmadaw"),
            ("junta troops", "2022-09-16", "tatmadaw"),
            ("the junta", "2022-09-16", "state-administration-council"),
            ("the junta", "2025-09-16", "state-security-and-peace-commission"),
            ("PDF", "2022-09-16", "peoples-defence-force-myanmar"),
            ("PDF fighters", "2022-09-16", "peoples-defence-force-myanmar"),
            ("the Arakan Army", "2023-11-13", "arakan-army"),
            ("MNDAA", "2023-10-27", "myanmar-national-democratic-alliance-army"),
            ("Ta'ang National Liberation Army", "2023-10-27", "taang-national-liberation-army"),
            ("the National Unity Government", "2022-09-16", "national-unity-government-of-myanmar"),
            ("Min Aung Hlaing", "2022-09-16", "commander-in-chief-of-myanmar"),
        ],
    ),
    "dr-congo": (
        ["CD"],
        [
            ("FARDC", "2024-02-07", "armed-forces-of-the-democratic-republic-of-the-congo"),
            ("the Congolese army", "2024-02-07", "armed-forces-of-the-democratic-republic-of-the-congo"),
            ("M23 rebels", "2024-02-07", "march-23-movement"),
            ("the rebels", "2025-01-27", "march-23-movement"),
            ("ADF", "2024-06-07", "allied-democratic-forces"),
            ("CODECO militiamen", "2022-02-01", "cooperative-for-the-development-of-the-congo"),
            ("Wazalendo", "2024-02-07", "wazalendo"),
            ("Mayi-Mayi", "2010-02-07", "mai-mai"),
            ("MONUSCO", "2024-02-07", "monusco"),
            ("SAMIDRC", "2024-12-07", "samidrc"),
        ],
    ),
    "sahel": (
        ["ML", "BF"],
        [
            ("the Malian army", "2024-07-27", "malian-armed-forces"),
            ("FAMa", "2024-07-27", "malian-armed-forces"),
            ("JNIM", "2024-07-27", "jnim"),
            ("Group for the Support of Islam and Muslims", "2024-07-27", "jnim"),
            ("Islamic State in the Greater Sahara", "2019-11-01", "islamic-state-sahel-province"),
            ("MNLA", "2012-04-01", "national-movement-for-the-liberation-of-azawad"),
            ("Ansar Dine", "2012-04-01", "ansar-dine"),
            ("Operation Barkhane", "2019-11-01", "operation-barkhane"),
            ("MINUSMA", "2019-11-01", "minusma"),
            ("Volunteers for the Defense of the Homeland", "2022-11-01", "vdp-burkina-faso"),
            ("Boko Haram insurgents", "2014-04-15", "boko-haram"),
            ("ISWAP", "2021-11-13", "islamic-state-west-africa-province"),
        ],
    ),
    "somalia": (
        ["SO"],
        [
            ("al-Shabab militants", "2022-10-29", "al-shabaab-somalia"),
            ("Harakat al-Shabaab al-Mujahideen", "2010-10-29", "al-shabaab-somalia"),
            ("Danab", "2022-10-29", "danab-brigade"),
            ("AMISOM", "2011-08-06", "african-union-mission-in-somalia"),
            ("ATMIS", "2023-05-26", "african-union-transition-mission-in-somalia"),
            ("Puntland forces", "2025-01-20", "puntland-security-force"),
            ("Jubaland forces", "2024-12-11", "jubaland-security-forces"),
            ("SSC-Khaatumo", "2023-08-25", "ssc-khatumo"),
            ("the Kenyan army", "2011-10-16", "kenya-defence-forces"),
        ],
    ),
    "ethiopia": (
        ["ET", "ER"],
        [
            ("ENDF", "2020-11-28", "ethiopian-national-defense-force"),
            ("federal troops", "2020-11-28", "ethiopian-national-defense-force"),
            ("TPLF", "2020-11-28", "tigray-peoples-liberation-front"),
            ("Tigrayan forces", "2021-06-28", "tigray-defense-forces"),
            ("Eritrean soldiers", "2021-01-28", "eritrean-defence-forces"),
            ("Fano militiamen", "2023-08-05", "fano-ethiopia"),
            ("OLF-Shene", "2022-06-18", "oromo-liberation-army"),
            ("Abiy Ahmed", "2020-11-28", "prime-minister-of-ethiopia"),
        ],
    ),
    "libya": (
        ["LY"],
        [
            ("Haftar's forces", "2019-04-05", "libyan-national-army"),
            ("LNA", "2019-04-05", "libyan-national-army"),
            ("GNA", "2019-04-05", "government-of-national-accord"),
            ("the unity government", "2022-04-05", "government-of-national-unity-libya"),
            ("the rebels", "2011-03-20", "national-liberation-army-libya"),
            ("Gaddafi's forces", "2011-03-20", "libyan-arab-jamahiriya-forces"),
            ("444 Brigade", "2023-08-14", "444-brigade-libya"),
            ("IS Libya", "2015-06-01", "islamic-state-in-libya"),
            ("Khalifa Hifter", "2019-04-05", "commander-of-the-libyan-national-army"),
        ],
    ),
    "south-asia": (
        ["IN"],
        [
            ("CPI-Maoist", "2010-04-06", "cpi-maoist"),
            ("Communist Party of India-Maoist", "2010-04-06", "cpi-maoist"),
            ("Maoists", "2010-04-06", "cpi-maoist"),
            ("CRPF", "2010-04-06", "central-reserve-police-force"),
            ("PLFI", "2012-04-06", "peoples-liberation-front-of-india"),
            ("ULFA", "1998-04-06", "united-liberation-front-of-asom"),
            ("Lashkar-e-Toiba", "2008-11-27", "lashkar-e-taiba"),
            ("Jaish-e-Mohammad", "2019-02-14", "jaish-e-mohammed"),
            ("the BSF", "2016-09-29", "border-security-force"),
            ("LTTE", "2008-11-27", "liberation-tigers-of-tamil-eelam"),
        ],
    ),
    "latin-america": (
        ["SV"],
        [
            ("FMLN", "1989-11-16", "farabundo-marti-national-liberation-front"),
            ("FARABUNDO MARTI NATIONAL LIBERATION FRONT", "1989-11-16", "farabundo-marti-national-liberation-front"),
            ("Atlacatl Battalion", "1989-11-16", "atlacatl-battalion"),
            ("the Salvadoran Army", "1989-11-16", "salvadoran-armed-forces"),
            ("the Treasury Police", "1989-11-16", "treasury-police-el-salvador"),
            ("SENDERO LUMINOSO", "1989-11-16", "shining-path"),
            ("M-19", "1989-03-16", "19th-of-april-movement"),
            ("The Extraditables", "1989-09-16", "the-extraditables"),
            ("Tupac Amaru Revolutionary Movement", "1989-09-16", "tupac-amaru-revolutionary-movement"),
            ("Alfredo Cristiani", "1989-11-16", "president-of-el-salvador"),
        ],
    ),
    "caucasus": (
        ["AZ", "AM"],
        [
            ("the Azerbaijani army", "2020-10-02", "azerbaijani-armed-forces"),
            ("Artsakh Defense Army", "2020-10-02", "artsakh-defence-army"),
            ("Nagorno-Karabakh Republic", "2020-10-02", "republic-of-artsakh"),
            ("Russian peacekeepers", "2022-03-25", "russian-peacekeepers-nagorno-karabakh"),
            ("Nikol Pashinyan", "2020-10-02", "prime-minister-of-armenia"),
            ("South Ossetian militia", "2008-08-08", "armed-forces-of-south-ossetia"),
        ],
    ),
    "central-african-republic": (
        ["CF"],
        [
            ("FACA", "2021-01-13", "central-african-armed-forces"),
            ("the Seleka rebels", "2013-03-24", "seleka"),
            ("anti-balaka militiamen", "2013-12-05", "anti-balaka"),
            ("MINUSCA", "2021-01-13", "minusca"),
            ("Wagner mercenaries", "2021-01-13", "wagner-group"),
        ],
    ),
    "mozambique": (
        ["MZ"],
        [
            ("insurgents", "2021-03-24", "islamic-state-mozambique"),
            ("RENAMO", "2013-10-21", "renamo"),
            ("Rwandan troops", "2021-08-08", "rwandan-forces-mozambique"),
            ("the Mozambican army", "2021-03-24", "mozambique-defence-armed-forces"),
        ],
    ),
}

OF_NO_COUNTRY = {"body", "external forces", "agency"}  # kinds that may belong to none


@pytest.fixture(scope="module")
def register() -> Register:
    return Register(compiled())


@pytest.fixture(scope="module")
def files() -> dict[str, File]:
    return {path.stem: read_file(path) for path in register_files()}


@pytest.mark.parametrize(
    ("conflict", "phrase", "date", "actor"),
    [(conflict, *example) for conflict, (_, examples) in MEANT.items() for example in examples],
)
def test_who_is_meant(conflict: str, phrase: str, date: str, actor: str, register: Register) -> None:
    [found] = resolve_actors([phrase], register=register, text=phrase, countries=MEANT[conflict][0], published=date)
    assert found is not None and found.id == actor


def test_each_government_of_kabul_has_its_own_army(register: Register) -> None:
    then, now = (
        resolve_actors(["Afghan army"], register=register, text="Afghan army", countries=["AF"], published=date)[0]
        for date in ("2015-09-28", "2024-09-28")
    )
    assert then is not None and now is not None
    assert (then.id, now.id) == ("afghan-national-army", "taliban-armed-forces")


@pytest.mark.parametrize(
    ("actor", "date", "conflict", "side"),
    [
        ("sudan-shield-forces", "2024-01-15", "sudan", "Rapid Support Forces"),
        ("sudan-shield-forces", "2025-01-15", "sudan", "Sudanese Armed Forces"),
        ("ukraine-defence-ministry", "2022-03-01", "ukraine", "Ukraine"),
        ("quds-force", "2020-01-03", "israel-palestine-lebanon", "Iran and allied groups"),
        ("wagner-group", "2022-03-28", "sahel", "Russia"),
        ("mandalay-peoples-defence-force", "2024-07-17", "myanmar", "National Unity Government"),
    ],
)
def test_sides_change_and_are_passed_on_to_parts(
    actor: str, date: str, conflict: str, side: str, register: Register
) -> None:
    assert register.side_of(actor, date, conflict) == side


def test_form_has_no_faults() -> None:
    assert [problem for path in register_files() for problem in form_problems(path)] == []


def test_ids_are_unique_over_files(files: dict[str, File]) -> None:
    ids = Counter(
        [actor.id for file in files.values() for actor in file.actors]
        + [office.id for file in files.values() for office in file.offices]
    )
    assert [id_ for id_, n in ids.items() if n > 1] == []


def test_parents_and_bodies_spoken_for_exist(files: dict[str, File], register: Register) -> None:
    meant = {parent for file in files.values() for actor in file.actors if (parent := actor.parent)}
    meant |= {parent.id for file in files.values() for actor in file.actors for parent in actor.parents}
    meant |= {office.of for file in files.values() for office in file.offices}
    meant |= {also.id for file in files.values() for also in file.also}
    assert sorted(id_ for id_ in meant if register.actor(id_) is None) == []


def test_no_actor_is_part_of_itself(files: dict[str, File]) -> None:
    parents = {
        actor.id: {parent for parent in (actor.parent, *(p.id for p in actor.parents)) if parent}
        for file in files.values()
        for actor in file.actors
    }
    for start in parents:
        above, new = set[str](), parents[start]
        while new:
            above |= new
            new = {p for id_ in new for p in parents.get(id_, ())} - above
        assert start not in above


def test_holders_of_an_office_follow_one_another(files: dict[str, File]) -> None:
    several = {"commanders-of-the-fmln"}  # led by more than one at a time
    for office in (office for name in MEANT for office in files[name].offices if office.id not in several):
        terms = [(holder.since or "", holder.until or "9999") for holder in office.holders]
        for (_, until), (since, _) in pairwise(terms):
            shortest = min(len(until), len(since))
            assert until[:shortest] <= since[:shortest], f"{office.id}: {until} {since}"


@pytest.mark.parametrize("conflict", list(MEANT))
def test_each_conflict_has_enough_entries_with_their_source(conflict: str, files: dict[str, File]) -> None:
    file = files[conflict]
    assert file.conflict == conflict and file.countries and file.sides
    assert len(file.actors) >= 15
    assert all(actor.source for actor in file.actors)
    assert [actor.id for actor in file.actors if actor.country is None and actor.kind not in OF_NO_COUNTRY] == []


def test_a_name_is_given_to_one_actor_of_a_country_at_a_time(files: dict[str, File]) -> None:
    given: dict[tuple[str, str], list[tuple[str, Term]]] = {}
    for actor, file in ((actor, files[name]) for name in MEANT for actor in files[name].actors):
        for here in actor.here:
            name, since, until = (here, None, None) if isinstance(here, str) else (here.name, here.since, here.until)
            for country in actor.countries or file.countries:
                term = Term(since or actor.since, until or actor.until)
                given.setdefault((country, key(words(name))), []).append((actor.id, term))
    for (country, name), uses in given.items():
        for (one, term), (other, later) in combinations(uses, 2):
            apart = passed(term.until, later.since or "0000") or passed(later.until, term.since or "0000")
            assert one == other or apart, f"{name!r} is both {one} and {other} in {country}"
