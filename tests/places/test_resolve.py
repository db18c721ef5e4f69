"""The places of a report, resolved together: in a small world where every choice can be seen."""

from __future__ import annotations

import re

import pytest

from sayso.places.entry import Row
from sayso.places.gazetteer import Gazetteer, km
from sayso.places.resolve import resolve_places
from sayso.places.shelf import shelve
from sayso.records.resolved import Level, Toponym


def row(
    number: int, name: str, at: tuple[float, float], where: str, level: Level, people: int = 0, code: str = ""
) -> Row:
    country, _, admin1 = where.partition(".")
    code = code or {"country": "PCLI", "province": "ADM1", "district": "ADM2"}.get(level, "PPL")
    names = {"Syria": ("Syrian Arab Republic",), "United States": ("US", "U.S.")}.get(name, ())
    return Row(
        id=f"geonames:{number}", name=name, names=names, country=country, admin1=admin1, lat=at[0], lon=at[1],
        level=level, feature=code, population=people,
    )  # fmt: skip


WORLD = (
    row(1, "Syria", (35, 38), "SY", "country", 18_000_000),
    row(2, "Turkey", (39, 35), "TR", "country", 82_000_000),
    row(3, "United States", (39.8, -98.5), "US", "country", 327_000_000),
    row(4, "Egypt", (27, 30), "EG", "country", 98_000_000),
    row(10, "Aleppo", (36.35, 37.4), "SY.09", "province", 4_000_000),
    row(11, "Aleppo", (36.2, 37.16), "SY.09", "town", 1_600_000, "PPLA"),
    row(12, "Manbij", (36.53, 37.95), "SY.09", "town", 99_000),
    row(13, "Jarablus", (36.82, 38.01), "SY.09", "town", 11_000),
    row(14, "Damascus", (33.51, 36.29), "SY.13", "town", 1_500_000, "PPLC"),
    row(15, "Mansoura", (36.19, 37.03), "SY.09", "town", 2_000),
    row(16, "Mansoura", (31.04, 31.38), "EG.05", "town", 420_000),
    row(17, "Gaziantep", (37.06, 37.38), "TR.83", "town", 1_100_000, "PPLA"),
    row(20, "Ohio", (40.4, -82.9), "US.OH", "province", 11_500_000),
    row(21, "Texas", (31.2, -99.2), "US.TX", "province", 25_000_000),
    row(22, "Paris", (33.66, -95.55), "US.TX", "town", 24_000),
    row(23, "Paris", (48.85, 2.35), "FR.11", "town", 2_100_000, "PPLC"),
    row(24, "Dublin", (40.1, -83.11), "US.OH", "town", 45_000),
    row(25, "Dublin", (53.33, -6.25), "IE.L", "town", 1_000_000, "PPLC"),
    row(26, "Columbus", (39.96, -83.0), "US.OH", "town", 850_000, "PPLA"),
    row(27, "Georgia", (42, 43.5), "GE", "country", 3_700_000),
    row(28, "Georgia", (32.75, -83.5), "US.GA", "province", 10_000_000),
    row(29, "Atlanta", (33.75, -84.39), "US.GA", "town", 460_000, "PPLA"),
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer([shelve(WORLD)])


def read(gazetteer: Gazetteer, text: str, *words: str, beat: str | None = None) -> dict[str, Toponym]:
    """The toponyms for these words, each at its first place in the text."""
    spans = [(text.index(w), text.index(w) + len(w)) for w in words]
    found = resolve_places(text, spans, gazetteer=gazetteer, beat=beat)
    return {text[slice(*t.span)]: t for t in found}


def ids(found: dict[str, Toponym]) -> dict[str, str | None]:
    return {words: t.place.id if t.place else None for words, t in found.items()}


def test_the_words_say_what_a_town_lies_in(gazetteer: Gazetteer) -> None:
    text = "A court in Paris, Texas, freed him. He flew to Paris the next day, said a clerk."
    assert ids(read(gazetteer, text, "Paris, Texas")) == {"Paris, Texas": "geonames:22"}
    assert ids(read(gazetteer, "A court in Paris freed him.", "Paris")) == {"Paris": "geonames:23"}


def test_other_places_of_the_report_decide(gazetteer: Gazetteer) -> None:
    text = "Police in Columbus and in Dublin closed a bridge."
    found = read(gazetteer, text, "Columbus", "Dublin")
    assert ids(found) == {"Columbus": "geonames:26", "Dublin": "geonames:24"}
    assert found["Dublin"].why.startswith("Dublin in Ohio, United States: one of 2 places of that name; chosen for")
    assert ids(read(gazetteer, "Police in Dublin closed a bridge.", "Dublin")) == {"Dublin": "geonames:25"}


def test_what_is_named_outside_the_spans_decides_too(gazetteer: Gazetteer) -> None:
    text = "The Ohio attorney general sued. Dublin is growing."
    assert ids(read(gazetteer, text, "Dublin")) == {"Dublin": "geonames:24"}


def test_the_outlets_beat_decides_where_nothing_else_does(gazetteer: Gazetteer) -> None:
    text = "Police in Georgia closed a bridge."
    assert ids(read(gazetteer, text, "Georgia")) == {"Georgia": "geonames:27"}
    assert ids(read(gazetteer, text, "Georgia", beat="US")) == {"Georgia": "geonames:28"}


def test_peoples_and_states_that_share_a_name(gazetteer: Gazetteer) -> None:
    assert ids(read(gazetteer, "Georgian troops left.", "Georgian")) == {"Georgian": "geonames:27"}
    text = "The Georgian governor spoke in Atlanta."
    assert ids(read(gazetteer, text, "Georgian", "Atlanta")) == {"Georgian": "geonames:28", "Atlanta": "geonames:29"}


@pytest.mark.parametrize(
    ("words", "place", "level", "precision"),
    [
        ("the Syrian city of Aleppo", "geonames:11", "town", 1),
        ("Aleppo province", "geonames:10", "province", 4),
        ("the northern outskirts of Manbij in eastern Aleppo", "geonames:12", "town", 2),
        ("the countryside of Manbij", "geonames:12", "town", 3),
        ("a neighbourhood in the north of Manbij", "geonames:12", "town", 1),
        ("near Manbij", "geonames:12", "town", 2),
        ("northern Syria", "geonames:1", "region", 5),
        ("Syria's capital", "geonames:14", "town", 1),
        ("the Syrian capital", "geonames:14", "town", 1),
        ("Syria", "geonames:1", "country", 6),
    ],
)
def test_phrases(gazetteer: Gazetteer, words: str, place: str, level: str, precision: int) -> None:
    found = read(gazetteer, f"Fighting went on in {words} on Monday.", words)[words].place
    assert found is not None
    assert (found.id, found.level, found.precision) == (place, level, precision)


def test_a_distance_and_a_direction_are_reckoned(gazetteer: Gazetteer) -> None:
    place = (
        read(gazetteer, "They camped 30 kilometres north of Manbij.", "30 kilometres north of Manbij")
        .popitem()[1]
        .place
    )
    assert place is not None
    assert (place.name, place.precision, place.geonameid) == ("30 km north of Manbij", 2, None)
    assert km(place.lat, place.lon, 36.82, 38.01) < 10  # Jarablus
    assert place.why.startswith("Reckoned: 30 km north of Manbij.")


def test_lines_are_lines(gazetteer: Gazetteer) -> None:
    text = "A convoy was hit between Manbij and Jarablus, far from the Turkish-Syrian border."
    found = read(gazetteer, text, "between Manbij and Jarablus", "the Turkish-Syrian border")
    assert all(t.place and (t.place.precision, t.place.level) == (5, "region") for t in found.values())
    middle = found["between Manbij and Jarablus"].place
    assert middle
    assert km(middle.lat, middle.lon, 36.675, 37.98) < 1


def test_the_city_is_the_one_spoken_of(gazetteer: Gazetteer) -> None:
    text = "Troops took Manbij. The city had been besieged. There, the country's flag was raised."
    found = read(gazetteer, text, "Manbij", "The city", "There", "the country")
    assert ids(found) == {"Manbij": "geonames:12", "The city": "geonames:12", "There": "geonames:12",
                          "the country": "geonames:1"}  # fmt: skip
    assert found["The city"].why == '"The city" takes up Manbij.'


def test_that_city_is_the_one_named_last(gazetteer: Gazetteer) -> None:
    text = "Jets struck Manbij, Manbij of all towns. {} is full of people from Jarablus, since the army took {}."
    for words, name in (("that city", "Jarablus"), ("the city", "Manbij")):
        told = text.format("Manbij", words)
        spans = [m.span() for m in re.finditer(f"Manbij|Jarablus|{words}", told)]
        place = resolve_places(told, spans, gazetteer=gazetteer)[-1].place
        assert place is not None and place.name == name


def test_where_somebody_came_from_is_not_the_place(gazetteer: Gazetteer) -> None:
    text = "Rebels shelled Manbij. They reached the city from Jarablus by the road from Jarablus to Manbij in Syria."
    found = read(gazetteer, text, "Manbij", "the city from Jarablus", "the road from Jarablus to Manbij")
    places = [toponym.place for toponym in found.values()]
    assert [place.name if place else None for place in places] == ["Manbij", "Manbij", "between Jarablus and Manbij"]


def test_several_villages_are_not_the_town_named_before(gazetteer: Gazetteer) -> None:
    text = "Troops took Manbij. They took forty hamlets. The villages are empty. The village was Jarablus."
    found = read(gazetteer, text, "Manbij", "forty hamlets", "The villages", "The village")
    places = [found[words].place for words in ("Manbij", "forty hamlets", "The villages")]
    assert [place.precision for place in places if place] == [1, 2, 2]


@pytest.mark.parametrize("then", ["that leads up to", "leading to the", "near", "north of"])
def test_words_without_a_name_are_placed_by_the_name_that_the_next_words_tell(gazetteer: Gazetteer, then: str) -> None:
    text = f"Troops left Manbij. The army took the last stretch of road {then} Jarablus."
    found = read(gazetteer, text, "Manbij", "the last stretch of road", "Jarablus")
    place, town = found["the last stretch of road"].place, found["Jarablus"].place
    assert place is not None and town is not None
    assert (place.id, place.precision) == (town.id, 2)
    assert "the words after it name Jarablus" in place.why


def test_the_place_is_the_town_and_not_the_province_before_it(gazetteer: Gazetteer) -> None:
    words = "the Aleppo town of Manbij"
    place = read(gazetteer, f"Shells hit {words}.", words)[words].place
    assert place is not None
    assert (place.id, place.precision) == ("geonames:12", 1)


def test_a_land_is_called_by_common_words_with_capitals() -> None:
    packaged = Gazetteer.packaged()
    text = "Two men were shot in the West Bank. Soldiers left the West Bank town of Huwara by the west bank of a river."
    found = read(packaged, text, "the West Bank", "the West Bank town of Huwara", "the west bank")
    bank, town, side = (
        found[words].place for words in ("the West Bank", "the West Bank town of Huwara", "the west bank")
    )
    assert bank is not None and town is not None
    assert [(bank.name, bank.level), (town.name, town.level)] == [("West Bank", "province"), ("Huwara", "town")]
    assert side is None or side.level != "province"


@pytest.mark.parametrize(
    ("text", "words", "name", "precision"),
    [
        ("They fought near Bakhmut.", "Bakhmut", "Bakhmut", 2),
        ("They fought in Bakhmut.", "Bakhmut", "Bakhmut", 1),
        ("They fought just north of Bakhmut.", "Bakhmut", "Bakhmut", 2),
        ("They fought in the north of Bakhmut.", "Bakhmut", "Bakhmut", 1),
        ("They fought 10 km south of Bakhmut.", "Bakhmut", "10 km south of Bakhmut", 2),
        ("They fought about ten kilometres south of Bakhmut.", "Bakhmut", "10 km south of Bakhmut", 2),
        ("They fought ² km south of Bakhmut.", "Bakhmut", "Bakhmut", 2),
        ("They fought between Soledar and Siversk.", "Soledar and Siversk", "between Soledar and Siversk", 5),
    ],
)
def test_the_words_before_a_name_say_how_near(text: str, words: str, name: str, precision: int) -> None:
    span = (text.index(words), text.index(words) + len(words))
    (told,) = resolve_places(text, [span], gazetteer=Gazetteer.packaged(), told_at=[span])
    assert told.place is not None
    assert (told.place.name, told.place.precision) == (name, precision)
    (named,) = resolve_places(text, [span], gazetteer=Gazetteer.packaged())
    assert named.place is not None
    assert named.place.name in words  # what a name means is not what stands near it


def test_a_town_that_nobody_knows_lies_where_the_words_behind_it_say() -> None:
    text = "They left Khartoum and seized the town of al-Quxx, 200 km north-east of El Fasher, at noon."
    found = read(Gazetteer.packaged(), text, "Khartoum", "the town of al-Quxx", "El Fasher")
    assert [toponym.place.name for toponym in found.values() if toponym.place] == [
        "Khartoum",
        "200 km northeast of El Fasher",
        "El Fasher",
    ]


def test_a_plural_calls_all_that_are_joined_before_it() -> None:
    text = "Drones struck the Kharkiv and Sumy regions. Kharkiv is quiet. Six died in Helmand and Kandahar provinces."
    found = read(Gazetteer.packaged(), text, "the Kharkiv and Sumy regions", "Helmand and Kandahar provinces")
    told = {
        words: [(p.name, p.level) for p in (toponym.place, *toponym.others) if p] for words, toponym in found.items()
    }
    assert told == {
        "the Kharkiv and Sumy regions": [("Kharkiv Oblast", "province"), ("Sumy Oblast", "province")],
        "Helmand and Kandahar provinces": [("Helmand", "province"), ("Kandahar", "province")],
    }


@pytest.mark.parametrize(
    ("land", "province", "country"),
    [
        ("Cameroon", "the North West Region", "CM"),
        ("Cameroon", "the South-West Region", "CM"),
        ("Botswana", "the North West Region", "BW"),
    ],
)
def test_a_province_called_by_its_bearing_is_of_the_country_told_of(land: str, province: str, country: str) -> None:
    found = read(Gazetteer.packaged(), f"Gunmen struck in {province}. Soldiers of {land} went there.", province, land)
    place = found[province].place
    assert place
    assert (place.level, place.country) == ("province", country)


def test_the_rest_of_a_province_s_name_is_not_the_region_called_so() -> None:
    found = read(Gazetteer.packaged(), "In North Darfur shells fell. Most of Darfur is quiet.", "Darfur")
    assert found["Darfur"].place is not None and found["Darfur"].place.name == "North Darfur"
    found = read(Gazetteer.packaged(), "Most of Darfur is quiet.", "Darfur")
    assert found["Darfur"].place is not None and found["Darfur"].place.name == "Darfur"


def test_a_bearing_is_no_province_of_a_country_that_has_none() -> None:
    found = read(
        Gazetteer.packaged(), "Gunmen struck Homs in the North West Region. Syria denied it.", "the North West Region"
    )
    place = found["the North West Region"].place
    assert place is None or place.country == "SY"


def test_places_named_together_are_all_told(gazetteer: Gazetteer) -> None:
    several = (
        "Manbij and Jarablus",
        "the towns of Jarablus, Mansoura and Manbij",
        "the towns of Damascus and Gaziantep",
        "Manbij, Mansoura and Jarablus in Aleppo province",
    )
    text = f"In Syria {several[0]} fell, then {several[1]}, in {several[2]}. Shells hit {several[3]}."
    text += " Manbij, Aleppo, is calm."
    found = read(gazetteer, text, *several, "Manbij, Aleppo")
    told = {words: [place.name for place in (one.place, *one.others) if place] for words, one in found.items()}
    assert told == {
        several[0]: ["Manbij", "Jarablus"],
        several[1]: ["Jarablus", "Mansoura", "Manbij"],
        several[3]: ["Manbij", "Mansoura", "Jarablus"],
        several[2]: ["Damascus"],  # it may be those around the two cities
        "Manbij, Aleppo": ["Manbij"],
    }


def test_the_east_of_which_somebody_holds_is_the_town_s(gazetteer: Gazetteer) -> None:
    text = "Planes bombed Aleppo. In Syria few roads lead into the opposition-held east."
    found = read(gazetteer, text, "Aleppo", "Syria", "the opposition-held east")
    assert found["the opposition-held east"].why == '"the opposition-held east": that part of Aleppo.'


def test_an_adjective_before_a_name_does_not_cut_off_its_last_word() -> None:
    text = "In Syria the army reached the strategic Resafa junction near Raqqa."
    start = text.index("the strategic")
    span = (start, start + len("the strategic Resafa junction"))
    (found,) = resolve_places(text, [span], gazetteer=Gazetteer.packaged(), beat="SY", language="en")
    assert found.place is not None
    assert (found.place.name, found.place.level) == ("Resafa crossroad", "site")


def test_a_government_is_no_place(gazetteer: Gazetteer) -> None:
    found = read(gazetteer, "Damascus has rejected the plan.", "Damascus")["Damascus"]
    assert found.place is None
    assert found.why == 'An actor, no place: "Damascus has rejected" speaks of those who govern there.'
    assert read(gazetteer, "Shells fell in Damascus, said a doctor.", "Damascus")["Damascus"].place is not None


def test_what_is_not_known_is_not_guessed(gazetteer: Gazetteer) -> None:
    found = read(gazetteer, "Fighters left Qqrzt for Manbij.", "Qqrzt", "Manbij")
    assert found["Qqrzt"].place is None
    assert found["Qqrzt"].why == 'No place called "Qqrzt" is known.'


def test_an_unknown_village_is_placed_by_what_it_lies_in(gazetteer: Gazetteer) -> None:
    words = "the village of Qqrzt in the countryside of Manbij"
    place = read(gazetteer, f"Fighters left {words}.", words)[words].place
    assert place is not None
    assert (place.id, place.precision) == ("geonames:12", 2)
    assert "Qqrzt" in place.why


def test_the_words_contradict_a_namesake_far_away() -> None:
    gazetteer = Gazetteer([shelve(r for r in WORLD if r.id != "geonames:15")])
    words = "the town of Mansoura in Aleppo province"
    place = read(gazetteer, f"A shell hit {words}.", words)[words].place
    assert place is None or place.country == "SY"


def test_lost_apostrophes_and_capitals(gazetteer: Gazetteer) -> None:
    text = "SYRIAS ARMY SHELLED MANBIJ, RESIDENTS OF THE CITY SAID"
    assert ids(read(gazetteer, text, "SYRIAS", "MANBIJ")) == {"SYRIAS": "geonames:1", "MANBIJ": "geonames:12"}


@pytest.mark.parametrize("last", ["Syria", "United", "United States", "Syrian"])
def test_a_witness_may_be_the_last_word(gazetteer: Gazetteer, last: str) -> None:
    assert ids(read(gazetteer, f"Manbij fell. So wrote {last}", "Manbij")) == {"Manbij": "geonames:12"}


def test_every_span_has_its_answer_in_order_and_again_the_same(gazetteer: Gazetteer) -> None:
    text = "Manbij, Jarablus and Aleppo were calm. The city of Aleppo was not."
    spans = [(39, 57), (0, 6), (8, 16), (21, 27), (0, 6), (51, 57)]
    found = resolve_places(text, spans, gazetteer=gazetteer)
    assert [t.span for t in found] == sorted(set(spans))
    assert found == resolve_places(text, sorted(spans), gazetteer=gazetteer)


@pytest.mark.parametrize(
    "text", ["", "   ", ",,,(((", "a" * 5000, "Paris, " * 3000, "((" * 2000, "-" * 3000, "é-É-" * 500]
)
def test_any_text_is_borne(gazetteer: Gazetteer, text: str) -> None:
    spans = [(a, min(len(text), a + 7)) for a in range(0, len(text), 7)]
    found = resolve_places(text, [*spans, (0, len(text)), (len(text), len(text) + 9)], gazetteer=gazetteer)
    assert all(t.place or t.why for t in found)


def test_a_name_that_is_not_known_is_not_its_first_word() -> None:
    abu = Gazetteer([shelve((*WORLD, row(40, "Abu", (24.59, 72.72), "IN.24", "town", 30_000)))])
    found = read(abu, "Fighters in Syria left Abu Qandil, west of Manbij.", "Abu Qandil", "Manbij")
    place = found["Abu Qandil"].place
    assert place is None or place.id != ids(read(abu, "A hotel in Abu, India.", "Abu")).get("Abu")
    assert place is None or place.country == "SY"


def test_a_border_town_is_a_town(gazetteer: Gazetteer) -> None:
    words = "the border town of Manbij"
    place = read(gazetteer, f"Residents of {words} in Syria fled.", words)[words].place
    assert place is not None
    assert (place.level, place.precision) == ("town", 1)


def test_an_embassy_stands_where_the_report_is_and_not_at_home() -> None:
    text = "A bomb went off in Lima. Police closed the street before the Salvadoran embassy."
    place = read(Gazetteer.packaged(), text, "Lima", "the Salvadoran embassy")["the Salvadoran embassy"].place
    assert place is not None
    assert place.country == "PE"


@pytest.mark.parametrize(
    ("text", "words", "name", "country"),
    [
        ("Ministers will meet at the Narino palace in Bogota.", "the Narino palace in Bogota", "Bogotá", "CO"),
        ("Two men were seized near the Syrian border with Turkey.", "the Syrian border with Turkey",
         "border of Turkey and Syria", "SY"),
        ("In Aleppo and Homs, in Syria, and on the Iraqi-Syrian border jets struck.", "the Iraqi-Syrian border",
         "Syrian-Iraqi border", "SY"),
        ("The United States said that the United States hit the Iraqi-Syrian border.", "the Iraqi-Syrian border",
         "Syrian-Iraqi border", None),
    ],
)  # fmt: skip
def test_palaces_and_borders_stand_where_the_words_say(text: str, words: str, name: str, country: str | None) -> None:
    place = read(Gazetteer.packaged(), text, words)[words].place
    assert place is not None
    assert (place.name, place.country) == (name, country)
