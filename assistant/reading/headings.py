"""What a heading looks like: articles, chapters and sections, annexes, tables of contents.

`article 163 ci-dessus` at the start of a line is a reference and `Article 127.–` a heading: a
heading begins with a capital and its number is followed by a mark or by the end of the line.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.records import CELL_END, Page

_DASH = r"[-–—]"
_WORDS = (
    r"premi[eè]re?|(?:deux|trois|quatr|cinqu|six|sept|huit|neuv|dix)i[eè]me|seconde?"
    r"|unique|préliminaire"
)
_ORDINAL = rf"{_WORDS}|[IVXLC]+|\d+"
_KINDS = rf"livre|titre|chapitre|sous\s?{_DASH}\s?section|section|partie"
_SUFFIX = r"bis|ter|quater|quinquies|sexies"

_ARTICLE = re.compile(
    rf"(?:ARTICLE|Article|ART|Art)\s?[.:]?\s*(?:[nN]\s?[°º]\s*)?(?P<number>(?i:premier|1\s?er|unique)|\d{{1,4}})"
    rf"(?:\s*(?P<suffix>(?i:{_SUFFIX}))\b)?\s*(?P<mark>(?:[.:]?\s*{_DASH}|[.:])(?!\d)|$)\s*(?P<title>.*)",
    re.DOTALL,
)
_BARE_ARTICLE = re.compile(  # "ARTICLE 3 OBJET DU MARCHE": capitals stand for the mark
    r"(?P<word>ARTICLE)\s+(?P<number>PREMIER|\d{1,3})(?P<suffix>)\s+(?P<title>[^\W\d_].{2,})",
    re.DOTALL,
)
_DIVISION = re.compile(
    rf"(?:(?P<kind>{_KINDS})\s+(?P<number>{_ORDINAL})|(?:{_WORDS})\s+(?P<kind_after>{_KINDS}))"
    rf"\s*(?P<mark>[.:]?\s*{_DASH}|[.:]|$)\s*(?P<title>.*)",
    re.DOTALL | re.IGNORECASE,
)
_ANNEXE = re.compile(
    rf"(?:Annexe|ANNEXE)s?\s*(?:[nN]\s?[°º]\s*)?(?P<number>\d+|[IVX]+|[A-Z])?\s*"
    rf"(?P<mark>[.:]|{_DASH}|$)\s*(?P<title>.*)",
    re.DOTALL,
)
_MODEL = re.compile(r"(?:MOD[EÈ]LES?|FORMULAIRES?)\b\s*(?:[nN]\s?[°º]\s*(?P<number>\d+))?")
_LONGEST_MODEL = 120  # characters
_CONTENTS_TITLE = re.compile(r"sommaire|table des mati[eè]res", re.IGNORECASE)
_RANKS = {"livre": 0, "partie": 0, "titre": 1, "chapitre": 2, "section": 3, "sous-section": 4}
_LONGEST_TITLE = 300  # characters; the longest of the two decrees has 190


@dataclass(frozen=True, slots=True)
class ArticleHeading:
    """The heading of an article, or a line that looks like one."""

    number: str  # "1", "4 bis"
    title: str  # what follows the mark, possibly the beginning of the text

    @property
    def rank(self) -> tuple[int, int]:
        """Order of articles: 4 < 4 bis < 4 ter < 5."""
        digits, _, suffix = self.number.partition(" ")
        return int(digits), _SUFFIX.split("|").index(suffix) + 1 if suffix else 0


@dataclass(frozen=True, slots=True)
class DivisionHeading:
    """The heading of a chapter, a section or a sub-section."""

    rank: int  # smaller stands higher
    label: str  # "Chapitre XII", as printed
    title: str  # may be empty: then the next paragraph is the title


@dataclass(frozen=True, slots=True)
class AnnexeHeading:
    """The heading of an annexe."""

    number: str | None  # None when it carries none: then it is counted
    title: str = ""
    is_model: bool = False  # a form to fill in, "MODELE D’ACTE D’ENGAGEMENT"


def parse_article(text: str) -> ArticleHeading | None:
    """Read the heading of an article at the start of `text`.

    The row of a table is no heading: price lists number their items "Article 1", "Article 2"…
    """
    found = _ARTICLE.match(text)
    if not found:
        bare = _BARE_ARTICLE.match(text)
        found = bare if bare and bare["title"].isupper() else None
    if not found or CELL_END in text:
        return None
    digits = found["number"].lower()
    number = digits if digits.isdigit() else "1"
    suffix = f" {found['suffix'].lower()}" if found["suffix"] else ""
    return ArticleHeading(number + suffix, found["title"].strip())


def parse_division(text: str) -> DivisionHeading | None:
    """Read the heading of a chapter or a section at the start of `text`."""
    found = _DIVISION.match(text)
    if not found or not text[0].isupper() or len(found["title"]) > _LONGEST_TITLE:
        return None
    kind = re.sub(rf"\s?{_DASH}\s?", "-", (found["kind"] or found["kind_after"]).lower())
    label = text[: found.start("mark")].strip()
    return DivisionHeading(_RANKS[kind], label, found["title"].strip())


def parse_annexe(text: str) -> AnnexeHeading | None:
    """Read the heading of an annexe at the start of `text`."""
    found = _ANNEXE.match(text)
    if not found or len(text) > _LONGEST_TITLE:
        return None
    return AnnexeHeading(found["number"], found["title"].strip())


def parse_model(text: str) -> AnnexeHeading | None:
    """Read the title of a form to fill in: in capitals, alone, after the last article."""
    found = _MODEL.match(text)
    letters = [c for c in text if c.isalpha()]
    if (
        not found
        or len(text) > _LONGEST_MODEL
        or sum(map(str.isupper, letters)) < 0.9 * len(letters)
    ):
        return None
    return AnnexeHeading(found["number"], text, is_model=True)


def begins_heading(text: str) -> bool:
    """Whether a line begins a heading of any kind."""
    return bool(
        parse_article(text) or parse_division(text) or parse_annexe(text) or parse_model(text)
    )


def is_contents_page(page: Page) -> bool:
    """Whether a page is a table of contents: lines of dots, or headings that end with a number.

    Recognition reads the dots before the number as anything: there a title, or many headings one
    after the other, will do.
    """
    texts = [line.text.replace(CELL_END, " ") for line in page.lines]
    if len(texts) < 5:
        return False
    dotted = sum(bool(re.search(r"(?:\.{5,}|…{2,})\s*\d{1,4}$", text)) for text in texts)
    numbered = sum(bool(re.search(r"(?:\D\s|\.{2,}\s?|…\s?)\d{1,4}$", text)) for text in texts)
    headed = sum(begins_heading(text) for text in texts)
    if dotted >= 0.5 * len(texts):
        return True
    if headed < 3:
        return False
    if page.lines[0].confidence is None:
        return numbered >= 0.5 * len(texts)
    titled = any(_CONTENTS_TITLE.fullmatch(text) for text in texts[:3])
    return titled or max(numbered, headed) >= 0.4 * len(texts)


def longest_sequence(headings: Sequence[ArticleHeading]) -> set[int]:
    """Give the indexes of a longest run of headings whose numbers only go up.

    What stands outside it is a quotation of another text or a reference printed like a heading.
    """
    return longest_run([heading.rank for heading in headings])


def longest_run(ranks: Sequence[tuple[int, ...]]) -> set[int]:
    """Give the indexes of a longest run of ranks that only go up.

    Patience sorting: `ends[k]` is the index of the smallest rank that ends a run of k + 1.
    """
    ends: list[int] = []
    before: list[int | None] = []
    for index, rank in enumerate(ranks):
        length = bisect_left(ends, rank, key=lambda i: ranks[i])
        before.append(ends[length - 1] if length else None)
        ends[length : length + 1] = [index]
    kept: set[int] = set()
    index_kept: int | None = ends[-1] if ends else None
    while index_kept is not None:
        kept.add(index_kept)
        index_kept = before[index_kept]
    return kept
