"""From sentences and citations to the answer; from nothing to a refusal that helps."""

import re
import time
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer_records import Answer, Citation, Outcome, Seconds, Sentence
from assistant.answering.changed_thresholds import note_on_thresholds
from assistant.answering.citations import article_label, heading_title, instrument_phrase
from assistant.answering.contract import NEAREST
from assistant.answering.models import EXTRACTIVE
from assistant.answering.reviewed_answers import REVIEWED, Reviewed
from assistant.reading.numbering import paragraph_of, paragraph_span
from assistant.searching.lookup import ArticleAsked
from assistant.searching.results import Hit, SearchResult


class Draft:
    """An answer being made: what was found, and the time it takes."""

    def __init__(self, result: SearchResult, contact: str | None, start: float) -> None:
        """Begin at `start`, a `time.monotonic()`."""
        self.result = result
        self._contact = contact
        self._start = start
        self._first_token: float | None = None

    def note_first_token(self) -> None:
        """Note that there is something to read."""
        if self._first_token is None:
            self._first_token = time.monotonic() - self._start

    def note(self, event: object) -> None:
        """Note that there is something to read, if this is text."""
        if isinstance(event, str):
            self.note_first_token()

    def finish(
        self, model: str, sentences: Sequence[Sentence], citations: Sequence[Citation]
    ) -> Answer:
        """Give the answer, or a refusal when nothing of it can be kept."""
        kept = [sentence for sentence in sentences if sentence.is_kept]
        if not kept:
            return self.refuse(model, sentences)
        self.note_first_token()
        between = "\n\n" if model == EXTRACTIVE else " "
        said = [_missing_text(self.result), _silent_text(self.result)]
        said.append(_note_on_place(self.result))
        said += [_with_labels(sentence) for sentence in kept]
        said.append(note_on_thresholds(citations, self.result))
        text = between.join(filter(None, said))
        return self._answer(Outcome.ANSWERED, text, model, sentences, citations)

    def refuse(self, model: str, sentences: Sequence[Sentence] = ()) -> Answer:
        """Say that the texts do not answer, why, and what can be done."""
        outcome = Outcome.NOT_FOUND if self.result.indexed else Outcome.NO_DOCUMENTS
        text = _refusal(self.result, self._contact)
        return self._answer(outcome, text, model, sentences, ())

    def repeat(self, original: Answer) -> Answer:
        """Give an answer that was written for someone who asked the same."""
        self.note_first_token()
        found = self._answer(original.outcome, original.text, original.model, (), ())
        return replace(
            found,
            sentences=original.sentences,
            citations=original.citations,
            contact=original.contact,
            cached=True,
            original=original.id,
            written_at=original.written_at,
        )

    def review(self, reviewed: Reviewed) -> Answer:
        """Give what a person answered to who asked the same."""
        self.note_first_token()
        return replace(
            self._answer(
                Outcome.ANSWERED,
                reviewed.with_labels,
                REVIEWED,
                [reviewed.sentence],
                reviewed.citations,
            ),
            review=reviewed.review,
        )

    def _answer(
        self,
        outcome: Outcome,
        text: str,
        model: str,
        sentences: Sequence[Sentence],
        citations: Sequence[Citation],
    ) -> Answer:
        result = self.result
        return Answer(
            question=result.question,
            outcome=outcome,
            text=text,
            regime=result.regime,
            citations=tuple(replace(c, force=_force(c, result)) for c in citations),
            sentences=tuple(sentences),
            contact=None if outcome is Outcome.ANSWERED else self._contact,
            model=model,
            seconds=Seconds(result.seconds, self._first_token, time.monotonic() - self._start),
            nearest=tuple(hit.ranked for hit in result.hits),
            searched=tuple(document.id for document in result.searched),
        )


def _force(citation: Citation, result: SearchResult) -> str | None:
    """Say whether the text of a citation is in force today, where its dates are known."""
    known = result.instruments.find(citation.instrument)
    return known.force_on(result.today) if known else None


def _with_labels(sentence: Sentence) -> str:
    stop = sentence.sentence[-1] if sentence.sentence[-1] in ".!?" else ""
    marks = "".join(f"[{label}]" for label in sentence.labels)
    return f"{sentence.sentence.removesuffix(stop)} {marks}{stop}"


def _refusal(result: SearchResult, contact: str | None) -> str:
    if not result.indexed:
        return (
            "Aucun document n’est indexé : il n’y a encore rien à interroger. Ajoutez un texte "
            "dans la page « Documents », ou chargez-y le spécimen."
        )
    sentences = [_missing_text(result)]
    if result.asked and result.ranges:
        sentences += [
            f"Le {instrument_phrase(r.instrument_name)} n’a pas d’article "
            f"{result.asked.number}\u00a0: ses articles vont de {r.first} à {r.last}."
            for r in result.ranges
        ]
    elif result.elsewhere and result.searched:
        sentences.append(
            "Cet article est celui d’un autre texte que ceux qui sont consultés ici "
            f"({_names(result)})\u00a0: ajoutez ce texte dans la page «\u00a0Documents\u00a0»."
        )
    elif result.searched:
        names = _names(result)
        sentences.append(f"Je ne trouve pas la réponse dans les textes consultés\u00a0: {names}.")
        if result.hits:
            nearest = ", ".join(_name(hit) for hit in result.hits[:NEAREST])
            sentences.append(f"Articles les plus proches, à vérifier : {nearest}.")
    if contact:
        sentences.append(f"Pour une réponse, adressez-vous à : {contact}.")
    return " ".join(filter(None, sentences))


def _missing_text(result: SearchResult) -> str:
    """Name the texts that govern the question and are not there."""
    searched = {document.instrument.number for document in result.searched}
    missing = [number for number in result.regime.instruments if number not in searched]
    if not result.regime.instruments:
        return result.regime.basis
    if not missing:
        return ""
    known = [result.instruments.find(number) for number in missing]
    names = " et ".join(k.name if k else n for k, n in zip(known, missing, strict=True))
    return (
        f"Cette question relève du {names}, que l’assistant n’a pas : "
        "ajoutez ce texte dans la page « Documents »."
    )


def _names(result: SearchResult) -> str:
    """Name the texts that were searched, those that govern first, at most two."""
    governing = set(result.regime.instruments)
    ordered = sorted(result.searched, key=lambda d: d.instrument.number not in governing)
    names = " et ".join(instrument_phrase(d.instrument.short_name) for d in ordered[:2])
    more = len(ordered) - 2
    return names if more < 1 else f"{names} et {more} autre{'s' if more > 1 else ''}"


def _note_on_place(result: SearchResult) -> str:
    """Say that the article asked for has no such place, or how an alinéa of it was counted."""
    asked = result.asked
    first = result.hits[0] if result.hits else None
    if not asked or not asked.paragraph or first is None or first.article.number != asked.number:
        return ""
    text = first.article.text
    span = paragraph_span(text, asked.paragraph)
    if span is None:
        return (
            f"Je n’ai pas reconnu cette subdivision ({asked.paragraph}) dans l’article "
            f"{asked.number}\u00a0: voici comment il commence."
        )
    place = paragraph_of(text, *span) or ""
    if not re.fullmatch(r"alinéa \d+", asked.paragraph) or place in ("", asked.paragraph):
        return ""
    return (
        f"L’{asked.paragraph} est compté ici ligne à ligne, depuis le début de l’article\u00a0: "
        f"{place}.{_other_place(text, asked, span)}"
    )


def _other_place(text: str, asked: ArticleAsked, span: tuple[int, int]) -> str:
    """Name the paragraph of the same number, which people call an alinéa too, as the law does."""
    other = f"paragraphe {(asked.paragraph or '').removeprefix('alinéa ')}"
    if paragraph_span(text, other) in (None, span):
        return ""
    return f" Si vous cherchez le {other}, demandez «\u00a0article {asked.number}, {other}\u00a0»."


def _silent_text(result: SearchResult) -> str:
    """Name the texts of a comparison in which nothing close enough was found."""
    if len(result.regime.instruments) < 2:
        return ""
    found = {hit.document.instrument.number for hit in result.hits}
    silent = [d for d in result.searched if d.instrument.number not in found]
    names = " et ".join(instrument_phrase(d.instrument.short_name) for d in silent)
    return f"Je n’ai rien trouvé d’assez proche dans le {names}." if silent else ""


def _name(hit: Hit) -> str:
    title = heading_title(hit.article.heading)
    label = article_label(hit.article.number)
    return f"{label} ({title})" if title and hit.article.is_numbered else label
