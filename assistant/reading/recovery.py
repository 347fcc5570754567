"""Pages without a usable text layer: which they are, and what recognition makes of them.

A page of good text is never recognised. One with little text is, when it shows marks that the text
does not account for: a scan with a stamp of text over it. A blank page is left alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.reading import tesseract
from assistant.reading.kept_pages import KeptPages
from assistant.reading.legibility import Flaw, find_flaw, letters
from assistant.reading.raw_pages import RawPage
from assistant.reading.recognition import find_marked, recognise_pages

_LITTLE_TEXT = 200  # letters; the cover of the decree has 83, a page of it 3 000
_LETTERS_ALONE = 60  # fragments of one letter, most of a page
_FEWEST_LETTERS = 20  # a recognised page with fewer is a picture, or a stain
_UNSURE_PAGE = 0.5  # mean confidence below which what was recognised is not text
_UNSURE_LINE = 0.7
_MANY_UNSURE = 0.2  # of the lines of a page


@dataclass(frozen=True, slots=True)
class Recovered:
    """The pages of a file, those recognised put in the place of what they had."""

    pages: list[RawPage]
    recognised: tuple[int, ...] = ()  # 1-based
    unread: tuple[int, ...] = ()  # show marks, and no usable text was had of them
    spoilt: tuple[int, ...] = ()  # keep a text layer whose accents are wrong
    is_tesseract_missing: bool = False  # … and some page needed it


def recover_pages(
    data: bytes,
    pages: Sequence[RawPage],
    *,
    kept_in: Path | None,
    on_page: Callable[[int, int], None],
) -> Recovered:
    """Recognise the pages whose text layer is missing or unusable."""
    flaws = {page.number: flaw for page in pages if (flaw := _flaw_of(page))}
    little = [p.number for p in pages if p.number not in flaws and letters(p.text) < _LITTLE_TEXT]
    needed = sorted(flaws.keys() | find_marked(data, little))
    if not needed:
        return Recovered(list(pages))
    can_recognise = tesseract.can_recognise()
    found: Mapping[int, RawPage] = {}
    if can_recognise:
        kept = KeptPages(kept_in, data)
        found = recognise_pages(data, needed, kept=kept, on_page=on_page)
    chosen = [_choose(page, flaws, found.get(page.number)) for page in pages]
    taken = tuple(c.number for c in chosen if c is found.get(c.number))
    left = [c for c in chosen if c.number in needed and c.number not in taken]
    return Recovered(
        pages=chosen,
        recognised=taken,
        unread=tuple(c.number for c in left if letters(c.text) < _FEWEST_LETTERS),
        spoilt=tuple(c.number for c in left if c.fragments and c.number in flaws),
        is_tesseract_missing=not can_recognise,
    )


def _flaw_of(page: RawPage) -> Flaw | None:
    """Give what is wrong with a text layer; one drawn sideways comes letter by letter."""
    alone = sum(len(fragment.text) == 1 for fragment in page.fragments)
    if alone > max(_LETTERS_ALONE, len(page.fragments) / 2):
        return Flaw.STRANGE_CODES
    return find_flaw(page.text)


def _choose(page: RawPage, flaws: Mapping[int, Flaw], found: RawPage | None) -> RawPage:
    """Take what was recognised only where it is better than the layer of the page.

    Of a layer that is kept for want of better, wrong letters are dropped: no one may quote them.
    """
    flaw = flaws.get(page.number)
    if found and _is_text(found):
        better = find_flaw(found.text) is None
        if better and (flaw or letters(found.text) > 2 * letters(page.text)):
            return found
        if flaw and not flaw.spares_words:
            return found
    if flaw and not flaw.spares_words:
        return replace(page, fragments=())
    return page


def _is_text(page: RawPage) -> bool:
    return letters(page.text) >= _FEWEST_LETTERS and mean_confidence(page) >= _UNSURE_PAGE


def mean_confidence(page: RawPage) -> float:
    """Mean of what Tesseract thinks of the lines of a page, by letter, from 0 to 1."""
    total = sum(len(f.text) for f in page.fragments)
    return sum(len(f.text) * (f.confidence or 0.0) for f in page.fragments) / max(1, total)


def recovery_warnings(recovered: Recovered) -> list[str]:
    """Say in French which pages were recognised, and which could not be."""
    warnings = []
    if hidden := [page.number for page in recovered.pages if page.hidden]:
        warnings.append(
            f"Pages qui portent du texte qu’on ne voit pas\u00a0: {listed(hidden)}. Écrit dans la "
            "couleur du fond, recouvert ou minuscule, il n’est ni indexé ni cité."
        )
    if recovered.recognised:
        warnings.append(
            f"Pages lues par reconnaissance de caractères\u00a0: {listed(recovered.recognised)}. "
            "Vérifiez sur l’original les nombres et les montants qui en sont cités."
        )
    if uncertain := [p.number for p in recovered.pages if _has_many_unsure_lines(p)]:
        warnings.append(
            f"Pages dont beaucoup de lignes sont incertaines\u00a0: {listed(uncertain)}. "
            "Relisez-les sur l’original, ou ajoutez une meilleure numérisation."
        )
    missing = recovered.is_tesseract_missing
    remedy = (
        "La reconnaissance de caractères n’est pas installée\u00a0: installez-la avec "
        f"{tesseract.INSTALL}, supprimez ce document puis ajoutez-le à nouveau."
        if missing
        else "Si elles portent du texte, il n’est pas indexé\u00a0: vérifiez-les sur l’original."
    )
    if recovered.unread:
        warnings.append(f"Pages sans texte lisible\u00a0: {listed(recovered.unread)}. {remedy}")
    if recovered.spoilt:
        warnings.append(
            f"Pages dont le texte perd ou confond ses accents\u00a0: {listed(recovered.spoilt)}. "
            + (remedy if missing else "Vérifiez sur l’original ce qui en est cité.")
        )
    return warnings


def _has_many_unsure_lines(page: RawPage) -> bool:
    sure = [f.confidence for f in page.fragments if f.confidence is not None]
    return sum(c < _UNSURE_LINE for c in sure) > max(2, _MANY_UNSURE * len(sure))


def listed(numbers: Sequence[int]) -> str:
    """Write page numbers as a person does: "3, 6 à 17, 20"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = [f"{run[0]} à {run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs]
    return ", ".join(shown[:12]) + ("…" if len(shown) > 12 else "")
