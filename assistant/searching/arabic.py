"""Arabic words as one form each, so that a question and what it should find are encoded alike.

A light stemmer in the manner of Larkey, Ballesteros and Connell, "Light stemming for Arabic
information retrieval" (2007): letters written in several ways become one, then conjunctions,
prepositions and the article go from the front, one ending from the back. Roots are not looked for.
"""

import re
import unicodedata

_WORD = re.compile("[\u0610-\u061a\u0620-\u065f\u0670-\u06d3\ufb50-\ufdff\ufe70-\ufefc]+")
_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670]")  # vowels, and what lengthens a word
_LETTERS = str.maketrans("أإآٱىةؤئ", "اااايهوي")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ENDINGS = ("ات", "ون", "ين", "ها", "هم", "يه", "ه", "ي")
_LEAST = 3  # letters that must be left: shorter, words are no longer told apart
_SHORT_NOUNS = frozenset("سند عقد ثمن طلب عرض ملف اجل مده حصه فسخ فتح نشر سحب رفض سقف شرط".split())  # noqa: SIM905
"""Three letters that are a word of the trade: the letter before them is "and", "by" or "for"."""


def normalise_arabic(text: str) -> str:
    """Give the text with each Arabic word in its one form, and Arabic digits as 0 to 9.

    What is not Arabic stays as it is. Not meant for reading: "والصفقات" becomes "صفق".
    """
    return _WORD.sub(lambda found: _form(found[0]), plain_digits(text))


def plain_digits(text: str) -> str:
    """Give the text with Arabic-Indic digits as 0 to 9, each in its place."""
    return text.translate(_DIGITS)


def has_arabic(text: str) -> bool:
    """Whether a word of the text is written in Arabic."""
    return bool(_WORD.search(text))


def _form(word: str) -> str:
    word = _MARKS.sub("", unicodedata.normalize("NFKC", word)).translate(_LETTERS)
    while (rest := _without_prefix(word)) != word:
        word = rest
    endings = (e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= _LEAST)
    return word.removesuffix(next(endings, ""))


def _without_prefix(word: str) -> str:
    """Take away one prefix, if enough is left.

    It is done again until nothing goes, so that "وثيقة" loses its first letter with the article
    and without it alike.
    """
    if word.startswith("لل"):  # "for the"; "للجنة" is "for" and "the commission", one ل unwritten
        return word[1:] if word.startswith("للجن") or len(word) < 2 + _LEAST else word[2:]
    if word.startswith("ال") and len(word) >= 2 + _LEAST:
        return word[2:]
    rest = word[1:]
    if word[:1] in tuple("وفبلك") and (len(rest) > _LEAST or rest in _SHORT_NOUNS):
        return rest
    return word
