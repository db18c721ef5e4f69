"""What stands right beside a verb and says that nothing of the kind happened."""

import pytest

from sayso.reading.negation import is_negated

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
