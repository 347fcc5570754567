"""What Arabic questions say of an article, in the words of the decrees: "المادة الأولى"."""

import re

_UNITS = (  # feminine, as "المادة" is; with and without what is written in several ways
    ("الأولى", "الاولى", "الأولي", "الواحدة", "الحادية"),
    ("الثانية",),
    ("الثالثة",),
    ("الرابعة",),
    ("الخامسة",),
    ("السادسة",),
    ("السابعة",),
    ("الثامنة",),
    ("التاسعة",),
    ("العاشرة",),
)
_TENS = ("عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع")
_ARTICLE = r"\b[وفبلك]?(?:ال|ل)?(?:مادة|ماده)"
_SAME_WORDS = (  # in this order: the longer before what it begins with
    (r"\bمن\s+(?=(?:ال)?(?:مرسوم|قانون|دستور|مدونة|ظهير|قرار|دفتر|ميثاق|اتفاقية))", "du "),
    (r"\b(?:ال)?مرسوم(?:\s+رقم)?", "décret"),
    (r"\b(?:ال)?قانون(?:\s+التنظيمي)?(?:\s+رقم)?", "loi"),
    (r"\b(?:ال)?دستور", "constitution"),
    (r"\b(?:ال)?مدونة", "code"),
    (r"\b(?:ال)?ظهير", "dahir"),
    (r"\b(?:ال)?قرار", "arrêté"),
    (r"\b(?:ال)?دفتر", "cahier"),
    (r"\b(?:ال)?(?:ميثاق|اتفاقية)", "convention"),
    (r"(?<=\d)\s+مكرر", " bis"),
)
_PLACES = (("الفقرة", "alinéa"), ("البند", "paragraphe"))


def _ordinals() -> dict[str, int]:
    """Give "الأولى" to "التاسعة والتسعون" with their numbers, and "المائة"."""
    units = {word: n for n, words in enumerate(_UNITS, start=1) for word in words}
    found = dict(units)
    found |= {f"{word} عشرة": 10 + n for word, n in units.items() if n < 10}
    for tens, stem in enumerate(_TENS, start=2):
        for ending in ("ون", "ين"):
            word = f"ال{stem}{ending}"
            found[word] = 10 * tens
            found |= {f"{unit} و{word}": 10 * tens + n for unit, n in units.items() if n < 10}
    found |= {"المائة": 100, "المئة": 100}
    hundred = {f"{word} بعد {h}": 100 + n for word, n in found.items() for h in ("المائة", "المئة")}
    return found | hundred


_ORDINALS = _ordinals()
_ORDINAL = "|".join(sorted(map(re.escape, _ORDINALS), key=len, reverse=True))
_NUMBER = rf"(?:\s*(?:رقم|عدد)?\s*(\d+)|\s+({_ORDINAL})(?!\w))"
_NAMED = re.compile(_ARTICLE + _NUMBER)
_HAS_ARABIC = re.compile("[\u0620-\u064a]")
_MARKS = re.compile("[\u0640\u064b-\u065f]")  # vowels, and what lengthens a word


def write_in_french(question: str) -> str:
    """Write "الفقرة الثانية من المادة 30 من المرسوم" as "alinéa 2 de l'article 30 du décret".

    Only what names a text, an article or a place in it: the rest of the question stays.
    """
    if not _HAS_ARABIC.search(question):
        return question
    text = _MARKS.sub("", question)
    for word, french in _PLACES:
        text = _write_place(text, word, french)
    text = _NAMED.sub(lambda found: f"article {_value(found)}", text)
    for word, french in _SAME_WORDS:
        text = re.sub(word, french, text)
    return re.sub(r"de l'\s+article", "de l'article", text)


def _write_place(text: str, word: str, french: str) -> str:
    place = re.compile(rf"\b{word}{_NUMBER}(?:\s+من(?=\s))?")
    return place.sub(lambda found: f"{french} {_value(found)} de l'", text)


def _value(found: re.Match[str]) -> int:
    return int(found[1]) if found[1] else _ORDINALS[found[2]]
