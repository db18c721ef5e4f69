"""What page makers call the parts of a page: words in `class` and `id`, grouped by what they say of a line.

Names are cut at capitals, digits and marks ("articleBody-2" is article, body), and each word is looked up whole: a
rule on substrings takes "thread" for "ad". The groups come from the lists readability, trafilatura and Firefox's
reader view have gathered over the years; only words seen on many sites stand here.
"""

from __future__ import annotations

import re
from functools import lru_cache

GROUPS: dict[str, str] = {
    "article": "article articles artikel articulo articolo story news noticia noticias nota",
    "body": "body text texte texto testo content contents contenido conteudo contenuto entry post main paragraph prose "
    "richtext wysiwyg",
    "lede": "lead lede intro standfirst deck dek summary excerpt subtitle subtitulo sub subhead subheadline teaser "
    "abstract description chapo",
    "title": "title titulo titolo titre headline heading hed",
    "byline": "byline by signature firma imza author authors autor autore writer contributor contributors vcard bio fn",
    "date": "date time datetime timestamp published pubdate updated modified fecha data dateline created",
    "meta": "meta metadata info details kicker eyebrow category categories section breadcrumb breadcrumbs crumbs "
    "credits",
    "caption": "caption captions cap credit photographer legend legende leyenda copyright gallery slideshow "
    "carousel slide slick lightbox",
    "image": "image images img photo photos picture figure media thumbnail thumb foto video videos player",
    "related": "related relacionadas relacionados recommended recommendation recommendations more also popular "
    "trending read latest recent promo promos recirc recirculation suggested outbrain taboola similar next previous "
    "prev further mostread ranking top",
    "teaser": "card cards tile tiles item items list listing feed grid block blocks widget widgets module box",
    "share": "share sharing social shares facebook twitter whatsapp email print follow tools toolbar buttons button "
    "btn icons icon addthis",
    "comment": "comment comments commenting disqus reply replies respond discussion forum",
    "nav": "nav navbar navigation menu menus submenu breadcrumb dropdown hamburger pagination pager search sitemap",
    "chrome": "header footer masthead sidebar aside rail column topbar bottom bar copyright site logo banner",
    "ad": "ad ads advert advertisement advertising advertorial sponsor sponsored sponsors promotion banner dfp adsense "
    "commercial",
    "signup": "newsletter newsletters subscribe subscription signup login register modal popup overlay cookie "
    "cookies consent gdpr alert donate form",
    "tag": "tag tags tagged topics topic keywords keyword labels",
    "quote": "quote pullquote blockquote tweet embed embedded instagram callout factbox infobox sidebox",
    "hidden": "hidden hide invisible offscreen sr screenreader visually",
}
NAMES = tuple(GROUPS)
_BIT = {word: 0 for words in GROUPS.values() for word in words.split()}
for _at, _words in enumerate(GROUPS.values()):
    for _word in _words.split():
        _BIT[_word] |= 1 << _at
_CUT = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
LONGEST = 400  # characters of class and id that are read: real names are shorter, hostile ones have no end


@lru_cache(maxsize=8192)
def mark_bits(names: str) -> int:
    """The groups that the words of `names` belong to, as bits in the order of `NAMES`.

    >>> [NAMES[at] for at in range(len(NAMES)) if mark_bits("articleBody-2") >> at & 1]
    ['article', 'body']
    """
    bits = 0
    for word in _CUT.findall(names):
        bits |= _BIT.get(word.lower(), 0)
    return bits
