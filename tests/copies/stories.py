"""Stories to copy from: invented, long enough that a part of one is a passage."""

from __future__ import annotations

from sayso.copies import Pair, Text, pairs_of

BRIDGE = (
    "Fighters of the Northern Brigade crossed the old bridge at Qasrin before dawn on Monday and took the customs "
    "house after an hour of shooting, three residents said. Two guards were killed and a baker who had opened early "
    "was wounded in the leg by a stray bullet. The brigade's spokesman, Salim Nader, said that his men would hold the "
    "bridge until the prisoners taken in March were let go. The army did not answer calls. By noon lorries with flour "
    "stood for two kilometres along the road to Tell Amar, and drivers were turning back to the depot."
)
MARKET = (
    "Rockets fell on the vegetable market of Tell Amar shortly after prayers, and at least nine people died there, "
    "according to the hospital, which has begun to ask for blood. A teacher who lives above the square counted four "
    "explosions within a minute. Nobody has said that they fired, and the council has closed all schools until Sunday."
)
RAIN = (
    "Heavy rain has washed out the track between the camp at Wadi Sabt and the clinic, so that nurses have to walk "
    "for three hours with their boxes on their backs. Aid workers asked the governor for gravel in October and have "
    "heard nothing since, while forty families moved their tents uphill by themselves on Saturday night."
)
STANDING = (
    "More than 12,000 people have been killed and some 300,000 displaced since the conflict began in 2009 with "
    "protests over the price of bread that were put down by the army, according to figures of the relief council."
)
FOOTER = (
    "Subscribe to our newsletter for the latest news. Follow us on our channels. All rights reserved. Terms of use and "
    "privacy policy. Contact us if you have a story to tell, and read more about the people who make the Herald."
)
SAID = (
    '"We have asked both sides for six weeks to let the lorries through, and both of them told us that the other one '
    'is to blame, while children in the town are eating grass and boiling leaves for their dinner," Mariam Haddad said.'
)


def text(id: str, *passages: str, **known: str) -> Text:
    """A report of these passages."""
    return Text(id=id, text="\n\n".join(passages), **known)


def pair_of(a: Text, b: Text, *others: Text) -> Pair:
    """The one pair that the two reports make, in a pool with others."""
    (pair,) = (pair for pair in pairs_of([a, b, *others]) if (pair.a, pair.b) == (a.id, b.id))
    return pair
