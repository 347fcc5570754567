"""What English questions say of an article, in the words of the decrees: "of the labour code"."""

import re

_KINDS = {
    "decree": "décret",
    "law": "loi",
    "act": "loi",
    "code": "code",
    "constitution": "constitution",
    "dahir": "dahir",
    "order": "arrêté",
    "regulations?": "règlement",
    "contract": "contrat",
    "convention": "convention",
}
_NOUN = "|".join(_KINDS)
_OF_TEXT = re.compile(
    rf"\b(?:of|in|from|under)\s+(?:the\s+)?((?:(?!the\b)[a-z]+\s+){{0,2}}?)({_NOUN})\b"
    r"(?:\s+(?:no\.?|number)?\s*(?=\d))?",
    re.IGNORECASE,
)
_DATED = re.compile(r"\bthe\s+(20\d\d)\s+decree\b|\b(20\d\d)\s+decree\b", re.IGNORECASE)
_SECTION = re.compile(
    r"\bsections?\s+(\d{1,3})(?=\s+(?:of|in)\s+(?:the\s+)?(?:20\d\d|decree|new|old))", re.I
)
_PARAGRAPH = re.compile(r"\b(?:sub-?)?paragraphs?\s+(\d{1,2})\s+of\s+(?:the\s+)?", re.IGNORECASE)
_NTH = re.compile(
    r"\b(first|second|third|fourth|fifth|last)\s+(?:sub-?)?paragraph\s+of\s+(?:the\s+)?", re.I
)
_ORDINALS = {
    "first": "premier",
    "second": "deuxième",
    "third": "troisième",
    "fourth": "quatrième",
    "fifth": "cinquième",
    "last": "dernier",
}


def write_english_in_french(question: str) -> str:
    """Write "article 30 of the 2023 decree" as "article 30 du décret de 2023".

    Only what names a text, an article or a place in it: the rest of the question stays.
    """
    text = _SECTION.sub(r"article \1", question)
    text = _PARAGRAPH.sub(r"paragraphe \1 de l'", text)
    text = _NTH.sub(lambda found: f"{_ORDINALS[found[1].lower()]} alinéa de l'", text)
    text = re.sub(
        r"\b(?:of|in|from|under)\s+(?=the\s+20\d\d\s+decree|20\d\d\s+decree)", "du ", text
    )
    text = _DATED.sub(lambda found: f"décret de {found[1] or found[2]}", text)
    return _OF_TEXT.sub(_of_text, text)


def _of_text(found: re.Match[str]) -> str:
    noun = found[2].lower()
    kind = next(french for english, french in _KINDS.items() if re.fullmatch(english, noun))
    numbered = " n° " if found[0][-1:].isspace() else ""
    qualifier = {"new": "nouveau ", "old": "ancien ", "former": "ancien "}.get(
        found[1].strip().lower(), ""
    )
    return f"du {qualifier}{kind}{numbered}"
