"""What of a question is searched: its subject, without the words that only choose the text."""

import re

from assistant.searching.dates import without_dates
from assistant.searching.months import MONTH
from assistant.searching.text_words import TEXT_WORD

_NUMBER = r"\d\s?[-–.]\s?\d\d\s?[-–.]\s?\d{3}"
_QUALIFIER = r"(?:ancien(?:ne)?|nouveau|nouvelle|actuel(?:le)?|précédente?|abrogée?)s?"
_LINK = (
    r"(?:\b(?:d['’]après|selon|sous|dans|avec|depuis|avant|entre|en vertu d[eu]|par rapport [aà]u?)"
    r"\s*)?(?:\b(?:les?|la|d[eu]s?|au|cet?|deux)\s+|\b[ld]['’])*"
)
_NAMES_A_TEXT = re.compile(
    rf"{_LINK}(?:{_QUALIFIER}\s+{TEXT_WORD}|{TEXT_WORD}(?=\s+(?:n\s?[°º]|{_NUMBER}|20\d\d"
    rf"|d[eu]\s+(?:\d|\w+\s+20\d\d|20\d\d))))(?:\s+n\s?[°º])?(?:\s*{_NUMBER})?"
    r"(?:\s+(?:d[eu]\s+)?(?:\d{1,2}(?:er)?\s+)?(?:\w+\s+)?20\d\d)?"
    rf"|\b(?:avant|depuis)\s+(?:la|le)\s+{TEXT_WORD}(?:\s+de\s+20\d\d)?|{_NUMBER}"
    r"|\b(?:(?:under|in|by|with|before|since)\s+)?(?:the\s+)?(?:old|new|former|previous|current|20\d\d)"
    r"\s+decree\b|(?:في|حسب|قبل|بموجب)?\s*المرسوم\s+(?:القديم|السابق|الجديد|الحالي)",
    re.IGNORECASE,
)
_ASKS_WHAT_CHANGED = re.compile(
    r"\bqu.est.ce qui (?:a changé|change)\b|\bcompare[rz]?\b|\bsurvécu\b|\bavant et maintenant\b"
    r"|\b(?:a|ont)(?:-(?:t-)?(?:il|elle)s?)?\s+(?:été\s+)?"
    r"(?:chang|évolu|augment|relev|boug|baiss|diminu|modifi)ée?s?\b"
    r"|\best-(?:il|elle) (?:le|la) même\b|\bresté(?:e|s|es)? (?:le|la|les) mêmes?\b"
    r"|\ben 20\d\d\b",
    re.IGNORECASE,
)

_LAUNCHED = re.compile(
    r"\b(?:(?:une? |l[ea] |l['’]|notre |mon )?"
    r"(?:appels? d['’]offres|AOO?R?|march[ée]s?|concours|avis|consultations?|proc[ée]dures?)\s+)?"
    r"(?:est |a [ée]t[ée] )?(?:lanc|publi|pass|initi)[ée]e?s?\s+"
    r"(?:(?:le|en|au|depuis|d[èe]s)\s+)?"
    r"(?=\d|(?:janv|f[ée]vr|mars|avril|mai|juin|juil|ao[ûu]t|sept|oct|nov|d[ée]c))"
    r"|\b(?:(?:an?|the|our)\s+)?(?:tenders?|calls?\s+for\s+(?:tenders?|bids)|contracts?|notices?"
    r"|procedures?)\s+(?:was\s+|were\s+)?(?:launched|published|issued|advertised)\s+"
    rf"(?:(?:on|in|before|after|since)\s+)?(?:the\s+)?(?=\d|{MONTH})"
    r"|(?:صفقة|صفقات|طلب(?:ات)?\s+(?:ال)?عروض)\s+(?:أطلقت?|أعلن(?:ت)?\s+عنها?|نشرت?)\s+"
    rf"(?:(?:في|يوم|بتاريخ|قبل|بعد|سنة)\s+)?(?=[\d٠-٩]|{MONTH})",
    re.IGNORECASE,
)
"""What says when a procedure was launched, before the date: it decides the regime alone."""


def subject_of(question: str) -> str:
    """Leave out the texts named, the dates, and "qu’est-ce qui a changé".

    They decide the regime and are then in the way: "selon le décret n° 2-12-349" would find the
    preamble, which prints the number. A question that says nothing else is kept as it is.
    """
    question = _LAUNCHED.sub(" ", question)
    subject = _ASKS_WHAT_CHANGED.sub(" ", without_dates(_NAMES_A_TEXT.sub(" ", question)))
    return subject if re.search(r"\w{4,}", subject) else question
