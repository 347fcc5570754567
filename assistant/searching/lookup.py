"""An article asked for by its number: the question goes straight to it, with no ranking."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.references import find_references
from assistant.records import CrossReference
from assistant.searching.article_wording import write_plainly

_HERE = "ici"  # stands for the text that governs, when the question names no other
_OTHER_TEXT = re.compile(
    r"\b(?:loi|dahir|code|arrêté|circulaire|constitution|ccag|cpc|cps|règlement|convention)\b"
    r"(?!.*\bdécret\b)",
    re.IGNORECASE,
)
"""What names another text before "article 12": "Code de commerce, article 12"."""
_OTHER_AFTER = re.compile(
    r"(?:[\s,]*(?:\bal\w*\.?|§|\bparagraphe|\bpoint)\s*\w+)*[\s,(]*(?:"
    r"(?:d[eu]s?\s+(?:l[ae]\s+|l['’])?)?(?:loi|dahir|code|constitution|cgi|cctp|ccag\w*|cps|cpc|doc)\b"
    r"|(?:du|dudit)\s+(?:rc|dce|dao|contrat|bordereau|march[ée])\b)",
    re.IGNORECASE,
)
"""What names it after: "art. 30 CGI", "article 12 de la loi"."""
_PLACE = (  # "al. 2", "paragraphe 2, b)": it may stand between an article and its text
    r"(?:[\s,]*(?:(?:al(?:in[ée]as?|\.)?|par(?:agraphes?|\.)?|§|points?|tirets?)\s*[\w°]{1,8}\)?"
    r"|[a-z]\b\)?|\d{1,2}\)))*"
)
_OF_THE_DECREE = re.compile(
    _PLACE + r"[\s,)]*(?:d[ue]|dans|selon)\s+(?:l[ea]s?|l['’]|cet?|ce)?\s*"
    r"(?:(?:nouveau|ancien|présent|même)\s+)?"
    r"(?:décret|texte|réglementation|réforme|20\d\d|(?:règlement|code)\s+des\s+march[ée]s)",
    re.IGNORECASE,
)
_NO_NUMBER_OF_OURS = re.compile(r"\b(?:article|art\.?)\s+(?:n\s?[°º]\s?)?(-\d+|0+|\d{5,})\b", re.I)
"""Numbers that no article has: the text is then told to have none such."""
_IS_LABEL = re.compile(r"[ivx]+|premier|première|dernier|avant|\w+i[èe]me|er|e|eme|ème|al|nde?")
_ASKING = """
a about actuel affiche afficher ai aide alinéa alinéas ancien août art article avoir avril
besoin bis bonjour c can ce ces cet cette cherche chercher ci comment connaître consulter
contenu contient d dans de decree demande des dessous dessus dire dis disposition dispositions
dit dmp does donne donner donnez du décembre décret en entier est et exact explique exprime fr
février give il indique intégral intégralité is j janvier je juillet juin l la le les lire lis
lit ma mai marché marchés maroc marocain mars me merci moi montre montrer n no nos nous
nouveau nouvelle novembre octobre of on ou où par paragraphe parle plaît please point porte
pour pourriez pouvez précise présent prévoient prévoit public publics qu quater que quel
quelle quels qui quoi rappeler rappelle read relatif règlement réglementation s savoir say
says selon septembre show state stipule sur svp tell ter text texte the tiret trouve trouver
tu un under va veux vigueur voir voudrais vous what y you à énonce énoncé أعطني اعطني الجديد
الصفقات العمومية القديم المادة المتعلق ب بالصفقات تقول تنص رقم على عليه في ما ماذا ماهو ماهي
محتوى مضمون من نص هو هي يقول
"""
"""Words of a question that asks for an article and says nothing more to search by."""


@dataclass(frozen=True, slots=True)
class ArticleAsked:
    """The one article that a question names."""

    number: str  # "36", "1", "4 bis"
    paragraph: str | None = None  # "paragraphe 2, b", when the question names one place in it


@dataclass(frozen=True, slots=True)
class ArticleRange:
    """The articles that a text has."""

    instrument_name: str
    first: str
    last: str


def article_asked(question: str, *, among: Sequence[str] = ()) -> ArticleAsked | None:
    """Read the article that a question names; None when it names none, or several.

    An article of another text than those of `among` (their numbers) is not ours: "l’article 5 de
    la loi n° 69-00".
    """
    text = write_plainly(question)
    named = _articles_named(text)
    if not named:
        impossible = _NO_NUMBER_OF_OURS.search(text)
        return ArticleAsked(_without_zeros(impossible[1])) if impossible else None
    if len({r.article for r in named}) != 1 or not all(_is_ours(r, text, among) for r in named):
        return None
    places = [r.paragraph for r in named if r.paragraph]
    return ArticleAsked(_without_zeros(str(named[0].article)), ", ".join(_inner(places)) or None)


def names_another_text(question: str, *, among: Sequence[str] = ()) -> bool:
    """Whether the articles that a question names are all of texts that are not `among` ours."""
    text = write_plainly(question)
    named = _articles_named(text)
    return bool(named) and not any(_is_ours(reference, text, among) for reference in named)


def is_look_up(question: str) -> bool:
    """Whether a question that names an article says nothing more: "Que dit l’article 30 ?"."""
    asking = frozenset(_ASKING.split())
    words = re.findall(r"[^\W\d_]+", write_plainly(question).lower())
    return all(word in asking or len(word) == 1 or _IS_LABEL.fullmatch(word) for word in words)


def _articles_named(text: str) -> list[CrossReference]:
    return [r for r in find_references(text, instrument=_HERE, article="") if r.article]


def _without_zeros(number: str) -> str:
    return number.lstrip("0") or "0"


def _is_ours(reference: CrossReference, text: str, among: Sequence[str]) -> bool:
    if reference.instrument is None:  # of something without a number: a code, "le décret de 2023"
        return _OF_THE_DECREE.match(text, reference.end) is not None
    if reference.instrument == _HERE:
        before = _OTHER_TEXT.search(text, 0, reference.start)
        return before is None and _OTHER_AFTER.match(text, reference.end) is None
    return reference.instrument in among


def _inner(places: Sequence[str]) -> list[str]:
    """Join "paragraphe 2" and "paragraphe b", as "article 36, paragraphe 2, b)" is read."""
    return [place.removeprefix("paragraphe ") if i else place for i, place in enumerate(places)]
