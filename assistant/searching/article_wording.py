"""The ways in which people name an article, written as the decrees print them: "article 30".

"art.30", "artcle n° 030", "l’article trente", "le 30e article", "36-2", "المادة الأولى",
"section 30 of the decree": what reads the cross-references of the law can then read them all.
"""

import re

from rapidfuzz.distance import DamerauLevenshtein
from text_to_num import alpha2digit

from assistant.searching.arabic_wording import write_in_french
from assistant.searching.english_wording import write_english_in_french

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_COUNTED = (  # what a number counts after "article :" is no article
    r"(?!\s*(?:jours?|mois|ans?|années?|heures?|%|dh|dirhams?|millions?|marchés?|pages?|lots?)\b)"
)
_WORD = r"[A-Za-zà-ÿÀ-Ÿ]"
_PLACE_WORD = r"(?:alin[ée]as?|al\.?|paragraphes?|par\.|§|points?|tirets?)"
_MISSPELT = re.compile(rf"\b(?!art\b)({_WORD}{{5,9}})(?=\s*(?:n\s?[°º.o]\s*)?\d|\s+premi)", re.I)
_NEARLY = ("article", "articles")
_DRESSED = re.compile(
    r"\bart(?:icle)?\b[.\s]*(?:(?:n\s?[°º]|no\b\.?|n\b\.?|num(?:[ée]ro|ber)?\b\.?|[:#(«\"“])\s*)+"
    rf"(?=\d)(\d+)(?!\d){_COUNTED}\s*[)»\"”]?",
    re.IGNORECASE,
)
_HYPHENED = re.compile(r"\bart(?:icle)?\.?(?:[-–]\s?|\s+[-–]\s+)(?=\d)", re.IGNORECASE)
_JOINED = re.compile(r"\b(art(?:icle)?s?)\.?(?=\d)", re.IGNORECASE)
_ROMAN = re.compile(
    r"\b(art(?:icle)?\.?\s+(?:n\s?[°º]\s*)?)(?=[IVXC])((?:C{0,1})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))"
    r"(?![\w’'-]|\.\S)",
    re.IGNORECASE,
)
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_IN_WORDS = re.compile(
    rf"(?<!\bun )\b((?:art(?:icle|\.)?|{_PLACE_WORD})\s+(?:n\s?[°º]\s?)?)"
    rf"({_WORD}+(?:[ -]{_WORD}+){{0,4}})",
    re.IGNORECASE,
)
_ONE = re.compile(
    rf"\b(art(?:icle|\.)?\s+|{_PLACE_WORD}\s+)un\b(?=\s*(?:$|[,.;:?!)]|d[ue]\b|dans\b|selon\b"
    rf"|{_PLACE_WORD}\s))",
    re.IGNORECASE,
)
_ORDINAL_WORD = re.compile(rf"\b({_WORD}+(?:[ -]{_WORD}+){{0,3}}i[èe]me)(?=\s+article\b)", re.I)
_ORDINAL = re.compile(
    r"(?<![-./\d])\b(premier|\d{1,3}(?=\s?(?:er|e|[eè]me|i[eè]me)\s))(?:\s?(?:er|e|[eè]me|i[eè]me))?"
    r"\s+article\b(?!\s+(?:n\s?[°º]\s*)?\d)",
    re.IGNORECASE,
)
_ORDINAL_AFTER = re.compile(
    r"\b(art(?:icle|\.)?\s+)(\d{1,3})\s?(?:e|[eè]me|i[eè]me)\b", re.IGNORECASE
)
_DEGREE = re.compile(r"\b(\d{1,2})\s?[°º]\s?(?=alin[ée]a)", re.IGNORECASE)
_LABEL = r"(?:[IVX]{1,4}|[A-Za-z]|\d{1,2})"
_SUBDIVIDED = re.compile(  # "36-2", "24.2", "24§2", "24-2-b", "24/2": the parts of article 24
    rf"\b(art(?:icle)?\.?\s*)(\d{{1,3}})\s?(?:[-–./§]\s?)((?!0)\d{{1,2}}|[a-z]|[IVX]{{1,4}}|[A-Z])"
    rf"((?:\s?[-–./]\s?{_LABEL}){{0,3}})\)?(?![\w/°]|[-–.,]\d)"
)
_LISTED = re.compile(  # "article 28, I, A, 1, a)": a letter says that these are no more articles
    rf"\b(art(?:icle)?\.?\s*\d{{1,3}})((?:\s*,\s*|\s+){_LABEL}\)?(?:(?:\s*,\s*|\s+){_LABEL}\)?){{0,4}})"
    r"(?=\s*(?:$|[?!.;:]|d[ue]\s))"
)
_BARE = re.compile(  # a question that is nothing but the number, as in a search box
    r"\W*(?:n\s?[°º]\s?)?(\d{1,3}|premier|1er)(?:\s?(?:bis|ter|quater))?"
    rf"(?:\s?[-–./§]\s?(?!0)\d{{1,2}}|[\s,]+{_PLACE_WORD}\s*\d{{1,2}}|\s*§\s*\d{{1,2}})?\s*[?.!]*",
    re.IGNORECASE,
)


def write_plainly(question: str) -> str:
    """Write "art.30", "article trente" and "المادة 30" as "article 30"; the rest stays as it is.

    What is said of the article's place is written so too: "24-2" is "article 24, paragraphe 2".
    """
    text = write_english_in_french(write_in_french(question.translate(_DIGITS)))
    if _BARE.fullmatch(text):
        text = f"article {text.strip()}"
    text = _MISSPELT.sub(_respelt, text)
    text = _DRESSED.sub(r"article \1 ", _JOINED.sub(r"\1 ", text))
    text = _HYPHENED.sub("article ", text)
    text = _ROMAN.sub(_roman_in_figures, text)
    text = _words_in_figures(text)
    text = _ORDINAL_AFTER.sub(r"\1\2", _ORDINAL.sub(r"article \1", text))
    text = _SUBDIVIDED.sub(_subdivided, _DEGREE.sub(r"\1e ", text))
    return _LISTED.sub(_listed, text)


def _respelt(found: re.Match[str]) -> str:
    """Correct "artcle", "aticle", "artilce": one slip of the fingers, before a number."""
    word = found[1].lower()
    near = [w for w in _NEARLY if DamerauLevenshtein.distance(word, w, score_cutoff=1) <= 1]
    return f"{near[0]} " if near and word not in _NEARLY else found[0]


def _words_in_figures(text: str) -> str:
    text = _ONE.sub(r"\g<1>1", text)
    text = _ORDINAL_WORD.sub(lambda found: alpha2digit(found[1], "fr"), text)
    return _IN_WORDS.sub(lambda found: found[1] + _figure(found[2]), text)


def _figure(words: str) -> str:
    words = re.sub(r"^z[ée]ro\b", "0", words, flags=re.IGNORECASE)
    if re.match(r"une?\b", words, re.IGNORECASE):
        return words  # "un article un peu long"; `_ONE` has written the others
    figures = alpha2digit(words, "fr", threshold=0)  # "deux" too, which stays a word otherwise
    if figures == words:
        figures = alpha2digit(words, "en")
    return re.sub(r"^premi[eè]re?\b", "premier", figures, flags=re.IGNORECASE)


def _roman_in_figures(found: re.Match[str]) -> str:
    """Write "article XXX" as "article 30"; in small letters only what can be no word."""
    numeral = found[2]
    if not (numeral.isupper() and numeral != "C") and not re.fullmatch("[xv]*i+|i[xv]", numeral):
        return found[0]
    values = [_ROMAN_DIGITS[letter] for letter in numeral.upper()]
    following = [*values[1:], 0]
    total = sum(v if v >= after else -v for v, after in zip(values, following, strict=True))
    return f"{found[1]}{total}"


def _subdivided(found: re.Match[str]) -> str:
    labels = [found[3], *re.findall(_LABEL, found[4])]
    return f"{found[1]}{found[2]}, paragraphe {', '.join(labels)}"


def _listed(found: re.Match[str]) -> str:
    labels = re.findall(rf"\b{_LABEL}\b", found[2])
    if all(label.isdigit() for label in labels):
        return found[0]
    return f"{found[1]}, paragraphe {', '.join(labels)}"
