"""What stands right beside a verb and says that nothing of the kind happened."""

import pytest

from sayso.reading.negation import is_called_false, is_negated

NEGATED = [
    "The army has not yet fully [retaken] the bridge.",
    "Its jets hadn’t [flown] on Sunday.",
    "The brigade never [attacked] the convoy, he said.",
    "No one was [arrested] at the gate.",
    "Not one metre has been [given back].",
    "None of the rebel units has [crossed] the river.",
    "Neither the garrison nor the volunteers have [withdrawn].",
    "Our guns [shelled] nobody at Tarin.",
    "Officially neither Danish nor Dutch troops are taking part in frontline [operations].",
    "The brigade did not carry out any [strikes] on the quarter.",
    "There is no [coordination] between the two staffs, he noted.",
    "The night was quiet. No artillery [exchanges] by nine.",
]
TOLD = [
    "If the bridge is not [retaken] by Friday, the road is lost.",
    "They said they would have stayed had the town not [fallen], whether or not it was [shelled].",
    "The highway opens provided that it is not [shelled].",
    "The ministry will neither confirm nor deny that it has [detained] him.",
    "There is no word that the plane was [shot down].",
    "The army no longer [holds] the hill.",
    "No fewer than 30 people were [abducted] at the ferry.",
    "It has not only [captured] the ford but holds it.",
    "There was no sign of the [attack] on the mill.",
    "There were no witnesses of the [ambush].",
    "The two sides did not reach the ford before the [shelling].",
    "No relief will come so long as the road is not [reopened].",
    "He has not slept.\n[Shelling] of the market began at six.",
    "The soldiers [took] the school; nothing else was said.",
]


@pytest.mark.parametrize(
    ("words", "cue", "untrue"),
    [
        ('An army spokesman called the reports of deaths "lies" spread by the militia.', "called", True),
        ("He described the charge as baseless.", "described", True),
        ("The ministry dismissed it as fake news.", "dismissed", True),
        ("The ministry has called the account a fabrication.", "called", True),
        ("It called for an end to lies.", "called", False),
        ("He called the attack a massacre.", "called", False),
        ("He called the attack a massacre. The ministry told lies.", "called", False),
        ("He called the report not false.", "called", False),
        ("He said it was a lie.", "said", False),
    ],
)
def test_what_is_called_a_lie_is_denied(words: str, cue: str, untrue: bool) -> None:
    at = words.index(cue)
    assert is_called_false(words, (at, at + len(cue))) is untrue


def trigger_of(marked: str) -> tuple[str, tuple[int, int]]:
    start = marked.rindex("[")
    plain = marked[:start].replace("[", "").replace("]", "")
    word = marked[start + 1 : marked.rindex("]")]
    return plain + word + marked[marked.rindex("]") + 1 :], (len(plain), len(plain) + len(word))


@pytest.mark.parametrize("marked", NEGATED)
def test_what_is_said_not_to_have_happened(marked: str) -> None:
    assert is_negated(*trigger_of(marked))


@pytest.mark.parametrize("marked", TOLD)
def test_what_is_not_denied(marked: str) -> None:
    assert not is_negated(*trigger_of(marked))
