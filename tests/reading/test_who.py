"""Who is who: a report with its mentions in braces, and who each of them is. {+...} is the source of a claim."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.who import Who, parts_of
from sayso.records.span import Span

MARK = re.compile(r"\{(\+?)([^{}]*)\}")


def marked(story: str) -> tuple[str, list[Span], list[Span]]:
    """A story with marks -> its text, the spans of sources and of parties."""
    text, sources, parties, at = "", [], [], 0
    for mark in MARK.finditer(story):
        text += story[at : mark.start()]
        span = (len(text), len(text) + len(mark[2]))
        (sources if mark[1] else parties).append(span)
        text += mark[2]
        at = mark.end()
    return text + story[at:], sources, parties


def names(story: str) -> list[str]:
    """Who the marked mentions of a story are, in its order."""
    text, sources, parties = marked(story)
    who = Who(text, sources, dict.fromkeys(parties))
    return [who.name(span) for span in sorted(sources + parties)]


PEOPLE = {
    "a pronoun": (
        "{+Mira Voss} toured the bridge. {+She} said it would be rebuilt.",
        ["Mira Voss", "Mira Voss"],
    ),
    "the spokesman of another body is another": (
        "{+The rebels’ spokesman, Colonel Patient Gasana}, said it was calm. {+The army’s spokesman} denied that. "
        "{+The spokesman} laughed.",
        ["Patient Gasana", "army’s spokesman", "Patient Gasana"],
    ),
    "a rank of two words and a title of the church": (
        "{+Lieutenant-Colonel Patient Gasana} spoke. {+Abbé Justin Bahati} prayed.",
        ["Patient Gasana", "Justin Bahati"],
    ),
    "an acronym may be the army's own": (
        "{+IDF spokesman Daniel Hagari} said it was calm. {+The military spokesman} repeated it.",
        ["Daniel Hagari", "Daniel Hagari"],
    ),
    "one of whom it is not said whose he is": (
        "{+The spokesman, Colonel Patient Gasana}, said it was calm. {+The army’s spokesman} repeated it.",
        ["Patient Gasana", "Patient Gasana"],
    ),
    "what an outlet says that somebody did, it did not do itself": (
        "{The Lakeland army} left. {+State television} said that {it} had hit a depot. {+It} showed a crater.",
        ["Lakeland army", "State television", "Lakeland army", "State television"],
    ),
    "one who speaks is a speaker before": (
        "{+Mira Voss} said that {Karl Ende} had fled. {+She} added that the town was calm.",
        ["Mira Voss", "Karl Ende", "Mira Voss"],
    ),
    "a gender in the words": (
        "{+Mr Ende} met {+Mrs Voss}. {+He} said nothing and {+she} denied it.",
        ["Ende", "Voss", "Ende", "Voss"],
    ),
    "a surname before and after the name": (
        "{+Voss} warns of famine\n\n{+Mira Voss, the governor,} spoke on Monday. {+Voss} left at once.",
        ["Mira Voss", "Mira Voss", "Mira Voss"],
    ),
    "a full name that stands where its bearer does nothing": (
        "They wrote to Karl Ende in May. {+Ende} has not answered.",
        ["Karl Ende"],
    ),
    "an office before a name": (
        "{+Defence Secretary Mira Voss} flew in. {+The defence secretary} promised tents.",
        ["Mira Voss", "Mira Voss"],
    ),
    "an office after a name": (
        "{+Karl Ende, the mayor of Lakeford,} resigned. {+The mayor} gave no reason.",
        ["Karl Ende", "Karl Ende"],
    ),
    "a name before a dash": (
        "{Lakeford Rifles — the militia allied with Mira Voss —} left. {+Voss} denied it.",
        ["Lakeford Rifles", "Mira Voss"],
    ),
    "two names side by side are not one": (
        "{Ravens} fled. As they drew near Lakeford {Ravens militants} fired on {Karl Ende}.",
        ["Ravens", "Ravens militants", "Karl Ende"],
    ),
    "two offices": (
        "{+Karl Ende, the mayor,} met {+the Marish foreign minister, Mira Voss}. {+The minister} thanked {the mayor}.",
        ["Karl Ende", "Mira Voss", "Mira Voss", "Karl Ende"],
    ),
    "the journalist": (
        "{+Lucie Arnaud, a French journalist,} saw it. {+The French journalist} counted nine vans.",
        ["Lucie Arnaud", "Lucie Arnaud"],
    ),
    "the rebel": (
        "{+Samir Odeh, an opposition rebel,} was on the hill. {+The opposition rebel} heard two blasts.",
        ["Samir Odeh", "Samir Odeh"],
    ),
    "the speaker of a quotation": (
        '"{I} saw nothing," {+Karl Ende} told a court. Later {+he} wept.',
        ["Karl Ende", "Karl Ende", "Karl Ende"],
    ),
    "whose they are": (
        "{Karl Ende} was shot. {His bodyguards} fled to {Voss’s farm}, which Mira Voss had left.",
        ["Karl Ende", "Karl Ende’s bodyguards", "Mira Voss’s farm"],
    ),
    "the article of an Arabic name": (
        "{+Nabil al-Rashid} fled. {+Rashid} said {+Al-Rashid} was a common name.",
        ["Nabil al-Rashid", "Nabil al-Rashid", "Nabil al-Rashid"],
    ),
    "after a quotation": (
        "{+Lake politician and a member of the opposition “Shore Council” Mira Voss} spoke. {+Voss} left.",
        ["Mira Voss", "Mira Voss"],
    ),
    "a trade": ("{+Shopkeeper Anton Reed} saw smoke. {+The shopkeeper} ran.", ["Anton Reed", "Anton Reed"]),
}

BODIES = {
    "a body whose name begins like a rank": (
        "{+The General Staff} said so. {General Adel} and {+the Major Crimes Unit} did not.",
        ["General Staff", "Adel", "Major Crimes Unit"],
    ),
    "the army of any country": (
        "{+The Rwandan army} shelled Sake; {+the Kenyan police} and {+the Uzbek military} did not.",
        ["Rwandan army", "Kenyan police", "Uzbek military"],
    ),
    "an acronym after the name": (
        "The {Lake Defence Units (LDU)} advanced. {LDU} fighters and {the LDU} held the dam.",
        ["Lake Defence Units", "Lake Defence Units", "Lake Defence Units"],
    ),
    "an acronym before the name": (
        "The {LDU (Lake Defence Units)} advanced, and {the LDU} held the dam.",
        ["Lake Defence Units", "Lake Defence Units"],
    ),
    "an acronym of another language's letters": (
        "The {Northern Liberation Army (ELN)} signed. {The ELN} will disarm.",
        ["Northern Liberation Army", "Northern Liberation Army"],
    ),
    "a bracket that is no acronym of the name": (
        "{+Mira Voss (MP)} spoke for the police. {An MP} left.",
        ["Mira Voss", "MP"],
    ),
    "an acronym that the report never writes out": ("{The LDU} advanced.", ["LDU"]),
    "fighters of a body are the body": (
        "{Blue Front fighters} left, {members of the Blue Front} said.",
        ["Blue Front", "Blue Front"],
    ),
    "a country's soldiers are not the country": ("{Marish soldiers} left.", ["Marish soldiers"]),
    "the first word of a body": (
        "{The Lake Observatory for Peace} counted six dead. {+The Observatory} blamed no one. {+It} named two.",
        ["Lake Observatory for Peace"] * 3,
    ),
    "the monitor, first in the title": (
        "{+Monitor}: six dead\n\n{+The Britain-based Lake Observatory} said so. {+The Britain-based monitor} has "
        "a list. {+The monitoring group} is not paid.",
        ["Lake Observatory"] * 4,
    ),
    "the media outlet": (
        "{+The Lakeford Herald newspaper} printed it. {+The media outlet} named no source.",
        ["Lakeford Herald", "Lakeford Herald"],
    ),
    "the group": (
        "{The Blue Front} seized a mill. {The group} then left {it} to {Karl Ende}.",
        ["Blue Front", "Blue Front", "Blue Front", "Karl Ende"],
    ),
    "the statement is the word of the last who spoke in one, with a name or without": (
        "{+Karl Ende} waited. {+The campaign’s command} said in a written statement on Friday that it was over. "
        "{+Karl Ende} doubted it. {+The statement} named four, {+it} said.",
        ["Karl Ende", "campaign’s command", "Karl Ende", "campaign’s command", "campaign’s command"],
    ),
    "a ministry in a town is that town's": (
        "{+The Health Ministry in Gaza} counted ten, {+Foreign Ministry sources in Ankara} more. "
        "{+The Interior Ministry} in a statement named none.",
        ["Health Ministry in Gaza", "Foreign Ministry sources in Ankara", "Interior Ministry"],
    ),
    "one of several is a person": (
        "{the army} spoke. {+Karl Ende} left. {+One of the mediators, a retired judge}, said {+he} hoped for more.",
        ["army", "Karl Ende", "mediators, a retired judge", "mediators, a retired judge"],
    ),
    "a court in a town is not the town": (
        "{+The Azaz Sharia court} freed them. {+The Blue Front group} did not.",
        ["Azaz Sharia court", "Blue Front"],
    ),
    "the Forces are those that are called so": (
        "{The Rapid Support Forces} held the bridge. {+The Forces} denied it. {+The statement} was long, {+it} said.",
        ["Rapid Support Forces", "Rapid Support Forces", "Rapid Support Forces", "Rapid Support Forces"],
    ),
    "a force of movements keeps its whole name, and a command is not its town": (
        "{The Joint Force of Armed Struggle Movements} fled, {+RSF’s Khartoum command} said.",
        ["Joint Force of Armed Struggle Movements", "RSF’s Khartoum command"],
    ),
    "we, who tell the report": (
        "El Fasher. Shelling was light and {+we} record no deaths.",
        ["we"],
    ),
    "a statement is its issuer's": (
        "{+A Blue Front statement} named four. {+The statement} gave no dates.",
        ["Blue Front", "Blue Front"],
    ),
    "the army, of two": (
        "{The Marish army} shelled {the Tolian army}. {The army} lost ten.",
        ["Marish army", "Tolian army", "Tolian army"],
    ),
    "the army of the other country": (
        "{The Marish army} shelled. {The Tolian army} lost ten.",
        ["Marish army", "Tolian army"],
    ),
}

PLAIN = {
    "an unnamed source keeps its description": (
        "{+an unnamed UN diplomat with knowledge of the matter} hoped so.",
        ["unnamed UN diplomat with knowledge of the matter"],
    ),
    "the source again": (
        "{+A hospital source in Lakeford} counted six. {+The source} saw more.",
        ["hospital source in Lakeford", "hospital source in Lakeford"],
    ),
    "how many is not who": ("{At least 14 civilians} died, and {two nurses}.", ["civilians", "nurses"]),
    "others are not those before": (
        "{+The Lake Observatory} and {+other monitors} agree.",
        ["Lake Observatory", "other monitors"],
    ),
    "nobody before": ("{+He} said so.", ["He"]),
    "the country is no pronoun": ("{+Karl Ende} said {US} jets came.", ["Karl Ende", "US"]),
}

CAPITALS = {
    "an old wire": (
        "{+DEFENSE MINISTER GENERAL KARL ENDE} SPOKE. {+ENDE} SAID {HE} WOULD STAY. {+THE DEFENSE MINISTER} LEFT.",
        ["KARL ENDE"] * 4,
    ),
    "an acronym in an old wire": (
        "A COLUMN OF THE {LAKE PEOPLE'S ARMY (LPA)} CAME. {THE LPA} BURNED TWO TRUCKS.",
        ["LAKE PEOPLE'S ARMY", "LAKE PEOPLE'S ARMY"],
    ),
}

BARE = {
    "lost commas": (
        "{+Karl Ende the head of the Lake Observatory for Peace} spoke. {+The observatory} lists them. {+Ende} wept.",
        ["Karl Ende", "Lake Observatory for Peace", "Karl Ende"],
    ),
    "lost apostrophes": (
        "Marland sent troops. {+Marlands state news agency MNA} said so. {Marlands} army is small. {+MNA} saw it.",
        ["MNA", "Marland", "MNA"],
    ),
}


@pytest.mark.parametrize(
    ("story", "expected"),
    [pytest.param(*case, id=name) for cases in (PEOPLE, BODIES, PLAIN, CAPITALS, BARE) for name, case in cases.items()],
)
def test_each_mention_is_who_the_report_says(story: str, expected: list[str]) -> None:
    assert names(story) == expected


def test_a_station_is_called_by_its_whole_name() -> None:
    assert names("{+Radio Kivu} quoted a doctor. {+The radio station Okapi} did not.") == ["Radio Kivu", "Okapi"]


def test_the_reason_gives_the_rule_and_the_words() -> None:
    text, sources, parties = marked("{+Mira Voss, the governor,} spoke. {+She} left.")
    who = Who(text, sources, dict.fromkeys(parties))
    assert who.why(sources[0]) == "as written"
    assert who.why(sources[1]) == 'the nearest before it that "She" can stand for: "Mira Voss, the governor," at 0'


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("The Lakeland army came. {The army} shelled us, {+the Lake Liberation Army} said.", "army"),
        ("{The Lakeland army} came. {The army} shelled us, {+the Lake Liberation Army} said.", "Lakeland army"),
        ("{The Lebanese army} came. {The army} shelled us, {+the Lebanese army} said.", "Lebanese army"),
        ("{The group} shelled us, {+the Lake Monitoring Group} said.", "group"),
    ],
)
def test_nobody_tells_of_himself_as_of_somebody_else(story: str, expected: str) -> None:
    text, sources, parties = marked(story)
    who = Who(text, sources, dict.fromkeys(parties, sources[0]))
    assert who.name(parties[-1]) == expected


def test_two_who_tell_together_do_not_tell_of_themselves() -> None:
    text, sources, parties = marked("{The army} left, {+the Lake Army} and {+the Hill Army} said.")
    both = sources[0][0], sources[1][1]
    assert Who(text, sources, dict.fromkeys(parties, both)).name(parties[0]) == "army"


@pytest.mark.parametrize(
    ("officer", "forces"),
    [
        ("Lake Army spokesman Ann Lee", "Lake Army’s forces"),
        ("Ann Lee, a spokeswoman for the Lake Army,", "Lake Army’s forces"),
        ("LDU adviser Ann Lee", "LDU’s forces"),
        ("Ann Lee, an LDU commander,", "LDU’s forces"),
        ("defence minister Ann Lee", "Ann Lee’s forces"),
        ("Ann Lee", "Ann Lee’s forces"),
    ],
)
def test_an_officers_forces_are_those_of_the_body(officer: str, forces: str) -> None:
    assert names(f"“{{Our forces}} hold the bridge, and {{my son}} is there,” {{+{officer}}} said.")[:2] == [
        forces,
        "Ann Lee’s son",
    ]


def test_a_spokesmans_men_are_those_of_the_body() -> None:
    assert names("{+LDU spokesman Jon Lee} said that {his men} had won.")[1] == "LDU’s men"


def test_it_is_the_body_that_its_spokesman_speaks_for() -> None:
    story = "{The Lake Front} fled. {+Junta spokesman Ann Lee} said that {it} had won. {The Hill Front} came."
    text, sources, parties = marked(story)
    who = Who(text, sources, dict.fromkeys(parties, sources[0]))
    assert who.name(parties[1]) == "Junta"
    text, sources, parties = marked("{The Lake Front} fled. {+Junta spokesman Ann Lee} said that {its forces} had won.")
    assert Who(text, sources, dict.fromkeys(parties, sources[0])).name(parties[1]) == "Junta’s forces"


def test_the_joint_force_is_not_the_force_it_fights() -> None:
    story = "{The Rapid Lake Forces} fled. {+The joint force of the movements} said so. {+The force} did not."
    assert names(story)[1] == "joint force of the movements"


def test_a_body_is_not_the_person_who_speaks_for_it() -> None:
    assert names("{+Coalition spokesman Ryan Lee} spoke. {The coalition} bombed the town.")[1] == "coalition"


@pytest.mark.parametrize("town", ["Khan Younis", "Deir Ezzor"])
def test_a_town_near_the_spokesman_is_not_he(town: str) -> None:
    text = f"The spokesman said that shells had hit {town}."
    places = [(text.index(town), len(text) - 1)]
    assert Who(text, [(0, 13)], {}).name((0, 13)) == town  # it looks like a person's name
    assert Who(text, [(0, 13)], {}, places).name((0, 13)) == "spokesman"


@pytest.mark.parametrize(
    "name", ["Myanmar army", "Mali military", "DR Congo army", "DR Congo", "Doctors Without Borders"]
)
def test_a_name_is_kept_whole(name: str) -> None:
    assert names(f"{{The {name}}} came.") == [name]


def test_a_mention_that_was_not_announced_is_answered_too() -> None:
    text, sources, parties = marked("{+Mira Voss} told the Lake Post. Voss left.")
    who = Who(text, sources, dict.fromkeys(parties))
    at = text.rindex("Voss")
    assert who.name((at, at + 4)) == "Mira Voss"


def test_the_order_of_the_spans_does_not_matter() -> None:
    for story, expected in PEOPLE.values():
        text, sources, parties = marked(story)
        who = Who(text, sources[::-1], dict.fromkeys(parties[::-1]))
        assert [who.name(span) for span in sorted(sources + parties)] == expected


WORDS = st.sampled_from(
    [
        "the",
        "He",
        "its",
        "Mira",
        "Voss",
        "US",
        "(LDU)",
        "group",
        "said",
        "minister",
        ",",
        "’s",
        "of",
        "(",
        "\n",
        "“",
        "”",
        "7",
        "é",
    ]
)


@given(
    st.lists(WORDS, min_size=1, max_size=40), st.lists(st.tuples(st.integers(0, 120), st.integers(1, 30)), max_size=12)
)
def test_any_spans_of_any_text_have_a_name_and_a_reason(words: list[str], cuts: list[tuple[int, int]]) -> None:
    text = " ".join(words)
    spans = [(a, min(len(text), a + n)) for a, n in cuts if a < len(text)]
    who = Who(text, spans[::2], dict.fromkeys(spans[1::2]))
    for span in spans:
        assert isinstance(who.name(span), str)
        assert who.why(span)


def test_a_text_that_is_all_pronouns_and_names_takes_no_long_time() -> None:
    story = "{+Mira Voss} and {he} told {the group} of {Voss} (LDU). " * 1500
    started = time.process_time()
    assert len(names(story)) == 6000
    assert time.process_time() - started < 5  # 6,000 mentions; about 0.5 s here


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("the coalition and Furat Monitor", ["the coalition", "Furat Monitor"]),
        ("Moscow and Damascus", ["Moscow", "Damascus"]),
        ("one of the mediators and the RSF", ["one of the mediators", "the RSF"]),
        ("one of the officers and men", []),
        ("a commander in the alliance and a monitoring group", ["a commander in the alliance", "a monitoring group"]),
        ("the head of the hospital and nine clinics", []),
        ("a Harrow journalist and four residents", ["a Harrow journalist", "four residents"]),
        ("Turkish and Syrian officials", []),
        ("the Ministry of Foreign Affairs and Trade", []),
        ("the Food and Agriculture Organization", []),
        ("officials in Aleppo and Idlib", []),
        ("Foreign Affairs and Defense Minister John Smith", []),
        ("the Deputy Prime Minister and Defence Minister Hulusi Akar", []),
        ("the Islamic State and the Levant", []),
        ("Russia and the Syrian army", ["Russia", "the Syrian army"]),
        ("the health ministry and a", []),
        ("doctors and nurses", []),
        ("army and residents", ["army", "residents"]),
        ("a man and his brother", []),
        ("Lake politician and a member of the council Mira Voss", []),
        ("the army, the rebels and residents and aid workers", []),
        ("and", []),
    ],
)
def test_two_sources_in_one_phrase_are_told_apart_where_the_words_leave_no_doubt(words: str, parts: list[str]) -> None:
    assert [words[start:end] for start, end in parts_of(words, (0, len(words)))] == parts


def test_the_outlets_own_correspondent_is_nobodys_else() -> None:
    assert names("{ISIS} lost Kafr Kalbin, {+our correspondent in Azaz} reported.") == [
        "ISIS",
        "our correspondent in Azaz",
    ]


def test_our_agency_is_the_outlets_own_but_in_somebodys_mouth() -> None:
    text = "Jane Roe, a spokeswoman, told our agency that it fell. “Our agency was shelled,” she said."
    told, quoted = text.index("our agency"), text.index("Our agency")
    who = Who(text, [(0, 23), (len(text) - 9, len(text) - 6)], {(told, told + 10): None, (quoted, quoted + 10): None})
    assert [who.name((told, told + 10)), who.name((quoted, quoted + 10))] == ["our agency", "Jane Roe’s agency"]
