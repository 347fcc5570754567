"""What a question asks, in one form: two questions of one form have one answer.

Nothing is compared by likeness: a semantic cache takes the opposite question for the same one
(negations, 2013 and 2023, amounts). What is not known to mean the same makes another form, and
costs a second answer at most.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answering.question_figures import plain_figures
from assistant.answering.question_rewrites import (
    ENDINGS,
    OPENINGS,
    PARTICIPLE,
    POLITE,
    SAME,
    VERB,
    VOICES,
    WHAT,
    YES_NO,
    Rule,
)
from assistant.searching.expressions import without_accents, word_spans
from assistant.searching.lexicon import Lexicon

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "–": "-", "‑": "-"})
_INVERTED = re.compile(r"(?:-t)?-(ils?|elles?|on|je|nous|vous|tu|ce)\b")
_INVERTED_SLOPPY = re.compile(
    r"\b(peut|doit|faut|est|sont|peuvent|doivent)(?: t)? (ils?|elles?|on)(?= )"
    r"|\b(a|y a) t (il|elle|on)\b"
)
_CLAUSE = re.compile(
    r"^((?:pour|en|dans|si|s|lorsqu?e?|quand|avec|sans|lors|avant|apres|concernant|sous|selon)"
    r"(?= )(?!.*\b(?:quel|quelle|quels|quelles|combien|qui)\b.*,)[^,]*) , ([^,]+)$"
)
_BE = re.compile(r"(?<!\S)(?:est|sont|suis|sommes)(?!\S)")
_HAS_VERB = re.compile(r"(?<!\S)(?:peut|doit|etre|existe|a ~\w+|\w+ ~(?:ils?|elles?|on))(?!\S)")
_ASKS = re.compile(
    r"(?<!\S)(?:quel(?:le)?s?|qui|quoi|ouq|comment|pourquoi|combien|definition)(?!\S)"
    r"|^(?:que|quand) "
)
_DROPPED = frozenset(("le la les l un une du de d des " + WHAT).split())
_LITTLE = frozenset(
    ["a", "au", "aux", "avec", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour"]
)
_FIRST, _SECOND, _THIRD = "1", "2", "3"
_SUBJECTS = {"je": _FIRST, "j": _FIRST, "~je": _FIRST, "~nous": _FIRST, "~vous": _SECOND} | {
    "~tu": _SECOND, "tu": _SECOND, "on": "", "~on": "", "~ce": ""
}  # fmt: skip
_OWNERS = {
    **dict.fromkeys(("mon", "ma", "mes", "notre", "nos"), _FIRST),
    **dict.fromkeys(("ton", "ta", "tes", "votre", "vos"), _SECOND),
    **dict.fromkeys(("son", "sa", "ses"), _THIRD),
}
_INVERTED_THIRD = ("~il", "~elle", "~ils", "~elles")
_PLURALS_APART = frozenset(("travaux",))


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """The words that decide the answer, in their order, each in one form."""

    text: str
    stressed: frozenset[str] | None
    """Words that end in "é", which tell "payé" from "paye"; None: typed without any accent."""

    def is_form_of(self, other: "QuestionForm") -> bool:
        """Whether both are forms of one question."""
        if self.stressed is None or other.stressed is None:
            return self.text == other.text
        return self.text == other.text and self.stressed == other.stressed


def read_form(question: str, lexicon: Lexicon) -> QuestionForm:
    """Give the form of a question; `lexicon` tells what abbreviations stand for."""
    question = question.translate(_APOSTROPHES)
    spelled, phrases = _spell_out(question, lexicon)
    text = plain_figures(re.sub(r"où\b", "ouq", spelled, flags=re.IGNORECASE).lower())
    text = _in_one_order(_as_words(text))
    words = _words_that_count(text)
    tokens = [_singular(word.rstrip(PARTICIPLE + VERB)) for word in words]
    stressed = _stressed_words(question, phrases)
    if stressed is not None:
        made = {
            mark: {_singular(w[:-1]) for w in words if w[-1] == mark} for mark in PARTICIPLE + VERB
        }
        stressed = (stressed & set(tokens) | made[PARTICIPLE]) - made[VERB]
    return QuestionForm(" ".join(tokens), stressed)


def _spell_out(question: str, lexicon: Lexicon) -> tuple[str, list[str]]:
    """Write abbreviations as what their letters stand for, and take the accents away.

    Gives what was written for them too, with its accents.
    """
    plain = without_accents(re.sub(r"(?<![A-Za-z])[Oo]ù\b", "ouq", question))
    spans = word_spans(plain)
    phrases = []
    for match in reversed(lexicon.abbreviations.matches(question)):
        start, end = spans[match.start][0], spans[match.end - 1][1]
        if len(match.law) == 1 and _is_acronym(plain[start:end], match.law[0]):
            phrases.append(match.law[0].translate(_APOSTROPHES))
            plain = f"{plain[:start]} {without_accents(phrases[-1])} {plain[end:]}"
    return plain, phrases


def _is_acronym(short: str, phrase: str) -> bool:
    """Whether the letters begin the words: "RG" is no "cautionnement définitif" for sure."""
    words = re.findall(r"\w+", without_accents(phrase).lower())
    letters = re.sub(r"[\W_]", "", short).lower()
    initials = "".join(w[0] for w in words if w not in _LITTLE)
    return len(initials) > 1 and letters in (initials, f"{initials}s")


def _as_words(text: str) -> str:
    """Separate words by one space and clauses by " , "; inverted pronouns are marked."""
    text = _INVERTED.sub(r" ~\1", text)
    text = re.sub(r"[\"«»()\[\]'’/-]", " ", re.sub(r"[.?!;:…]+", " , ", text))
    text = re.sub(r"[^\w\s,~%]", " ", text)
    text = " ".join(text.replace(",", " , ").split())
    text = _INVERTED_SLOPPY.sub(lambda f: f"{f[1] or f[3]} ~{f[2] or f[4]}", text)
    return text.strip(" ,")


def _in_one_order(text: str) -> str:
    asked = _apply(POLITE, text, again=True)
    if asked != text and "," not in asked:  # "dites-moi si…"; "si…, que faire" is a condition
        asked = re.sub(r"^s(?:i|(?= ~?ils? ))(?!\S)", YES_NO, asked)
    text = asked
    if text.startswith("ou "):  # "ou deposer", typed without accents: nothing stands before "or"
        text = f"ouq {text[3:]}"
    if found := _CLAUSE.match(text):
        text = f"{found[2]} {found[1]}"
    text = _apply(SAME, text)
    text = _apply(ENDINGS, _apply(OPENINGS, text, again=True))
    text = _BE.sub("etre", text.replace(",", " "))
    mark = YES_NO if YES_NO in text else ""
    text = " ".join(text.replace(YES_NO, " ").split())
    if not mark and WHAT not in text and _HAS_VERB.search(text) and not _ASKS.search(text):
        mark = YES_NO
    return f"{mark} {_apply(VOICES, text)}".strip()


def _apply(rules: Iterable[Rule], text: str, *, again: bool = False) -> str:
    """Rewrite by each rule in turn; `again`: until none of them has anything to rewrite."""
    before = None
    while text != before:
        before = text
        for pattern, written in rules:
            text = " ".join(pattern.sub(written, text).split()).strip(" ,")
        if not again:
            break
    return text


def _words_that_count(text: str) -> list[str]:
    """Leave out articles, and the pronouns and possessives that name nobody else."""
    words = text.split()
    inverted = {i for i, word in enumerate(words) if word in _INVERTED_THIRD}
    subjects = {_SUBJECTS[word] for word in words if word in _SUBJECTS}
    if any(i <= 2 for i in inverted):  # "peut-il", "quand peut-il": no noun stands before
        subjects.add(_THIRD)
    owners = {_OWNERS[word] for word in words if word in _OWNERS}
    same = not owners or (len(owners) == 1 and owners <= (subjects - {""} or {_THIRD}))
    kept = []
    for position, word in enumerate(words):
        if word in _DROPPED or word == "~" or (position in inverted and (same or position > 2)):
            continue
        if word in _OWNERS or word in _SUBJECTS:
            if same:
                continue
            kept.append(f"p{_OWNERS.get(word) or _SUBJECTS.get(word) or 'on'}")
        else:
            kept.append(word)
    return kept


def _singular(word: str) -> str:
    """Take away the marks of plural and agreement; stems would make "marché" of "marcher"."""
    if word in _PLURALS_APART or word[0] in "~0123456789":
        return word
    if len(word) > 3 and word[-1] == "s":
        word = word[:-1]
    elif len(word) > 4 and word.endswith("aux"):
        word = f"{word[:-3]}al"
    elif len(word) > 5 and word.endswith("ent") and not word.endswith("ment"):
        word = word[:-2]
    return word[:-1] if word.endswith("ee") else word


def _stressed_words(question: str, phrases: Iterable[str]) -> frozenset[str] | None:
    """Give the words in "é", in one form; None for a question without any accent.

    `phrases` are the abbreviations of the question, spelled out.
    """
    composed = unicodedata.normalize("NFC", question.lower())
    if without_accents(composed) == composed:
        return None
    found = re.findall(r"\w*ée?s?\b", " ".join((composed, *phrases)))
    return frozenset(_singular(without_accents(word)) for word in found)
