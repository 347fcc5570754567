"""The marking form: what it asks of one answer, and what the browser hands back at every step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from assistant.evaluating.campaign_records import (
    ArticleRef,
    CitationVerdict,
    Criterion,
    Marks,
    Preference,
    SentenceVerdict,
    TaskKind,
)
from assistant.ui.session import services
from assistant.ui.sources import source_label
from assistant.ui.text import typeset

HERE = Path(__file__).parent
Answer = Mapping[str, Any]
"""An answer's JSON, as `blinding` leaves it."""

_SENTENCES = (
    (SentenceVerdict.GOOD, "Bonne"),
    (SentenceVerdict.TO_IMPROVE, "À améliorer"),
    (SentenceVerdict.WRONG, "Fausse"),
)
_CITATIONS = ((CitationVerdict.RIGHT, "Juste"), (CitationVerdict.BESIDE, "À côté"))
_MISSING = ((CitationVerdict.MISSING, "Manquante"),)
_PREFERENCES = (
    (Preference.FIRST, "La réponse 1"),
    (Preference.SECOND, "La réponse 2"),
    (Preference.TIE, "Égalité"),
)
_CHOOSING = (
    ("1 à 5", "note du critère où vous êtes, puis passage au suivant"),
    ("Tab, flèches", "d’un groupe à l’autre, d’un choix à l’autre"),
    ("Retour arrière", "retirer la note du groupe où vous êtes"),
)


@dataclass(frozen=True, slots=True)
class Marking:
    """What is marked, and how."""

    item_id: int
    kind: TaskKind
    answers: Sequence[Answer]
    criteria: Sequence[Criterion]
    marks: Marks  # given before
    state: str  # said above the form
    actions: Sequence[tuple[str, str]]  # kind and label; the first one submits
    keys: Sequence[tuple[str, str]]  # of these actions
    saves: bool  # at every step
    is_open: bool
    visit: str = ""  # from which something was handed over last
    refusal: str = ""  # why the last action could not be done
    handled: int = 0  # how many actions were done or refused: the form waits for its own
    steps: int = 0  # how many were handed over: two in one second would look alike, and the
    # browser, shown nothing new, would go on saying that the second is being saved


@dataclass(frozen=True, slots=True)
class Given:
    """What the browser handed over."""

    item_id: int
    marks: Marks
    visit: str  # of this answer, in one browser
    seconds: float  # spent during this visit, so far


def ask_marks(
    marking: Marking,
    *,
    key: str,
    on_step: Callable[[Given], None],
    on_action: Callable[[str, Given], None],
) -> None:
    """Show the form; what the browser hands over is told to the callbacks before all else."""

    def step() -> None:
        if handed := st.session_state[key].get("marks"):
            on_step(read_given(handed))

    def act() -> None:
        if action := st.session_state[key].get("action"):
            on_action(str(action["kind"]), read_given(action["marks"]))

    _component()(key=key, data=form_of(marking), on_marks_change=step, on_action_change=act)


@cache
def _component() -> Any:
    def read(name: str) -> str:
        return (HERE / name).read_text("utf-8")

    return st.components.v2.component(
        "notation",
        html=read("form.html"),
        css=read("form.css"),
        js=read("form.js") + read("form_fields.js"),
    )


def form_of(marking: Marking) -> dict[str, Any]:
    """Give what the browser needs to show the form: nothing of it says who wrote the answer."""
    compares = marking.kind is TaskKind.COMPARISON
    [first, *_] = marking.answers
    named = first["regime"]["instrument"]
    return {
        "item": marking.item_id,
        "sections": _preference() if compares else _sections(marking, first),
        "required": ["preferences"] if compares else ["scores"],
        "marks": _written(marking.marks),
        "answer": first["answer"],
        "corrects": None if compares else {"label": "Réponse corrigée"},
        "comments": {"label": "Pourquoi (facultatif)" if compares else "Commentaire"},
        "instruments": [] if compares else _instruments(),
        "instrument": named[0] if isinstance(named, list) and named else named or "",
        "actions": [
            {"kind": kind, "label": label, "primary": not place}
            for place, (kind, label) in enumerate(marking.actions)
        ],
        "keys": [*_CHOOSING, *marking.keys],
        "saves": marking.saves,
        "readonly": not marking.is_open,
        "state": marking.state,
        "visit": marking.visit,
        "refusal": marking.refusal,
        "handled": marking.handled,
        "steps": marking.steps,
    }


def read_given(handed: Mapping[str, Any]) -> Given:
    """Read what the browser handed over.

    Raises:
        ValueError: no form of ours writes that.
    """
    preference = handed["preferences"].get("preference")
    marks = Marks(
        scores={key: int(score) for key, score in handed["scores"].items()},
        sentences={int(n): SentenceVerdict(v) for n, v in handed["sentences"].items()},
        citations={label: CitationVerdict(v) for label, v in handed["citations"].items()},
        corrected_answer=str(handed["corrected_answer"]),
        right_articles=tuple(ArticleRef(*map(str, one)) for one in handed["right_articles"]),
        comment=str(handed["comment"]),
        preference=Preference(preference) if preference else None,
    )
    return Given(int(handed["item"]), marks, str(handed["visit"]), float(handed["seconds"]))


def _written(marks: Marks) -> dict[str, Any]:
    """Give marks as the form keeps them; the reverse of `read_given`."""
    preference = {"preference": marks.preference.value} if marks.preference else {}
    return {
        "scores": {key: str(score) for key, score in marks.scores.items()},
        "sentences": {str(place): verdict.value for place, verdict in marks.sentences.items()},
        "citations": {label: verdict.value for label, verdict in marks.citations.items()},
        "preferences": preference,
        "corrected_answer": marks.corrected_answer,
        "right_articles": [[a.instrument, a.number] for a in marks.right_articles],
        "comment": marks.comment,
    }


def _sections(marking: Marking, answer: Answer) -> list[dict[str, Any]]:
    kept = [
        (place, sentence)
        for place, sentence in enumerate(answer["sentences"])
        if not any(finding["serious"] for finding in sentence["findings"])
    ]
    sentences = [
        _group("sentences", str(place), f"Phrase {number}", _SENTENCES, sentence["sentence"])
        for number, (place, sentence) in enumerate(kept, start=1)
    ]
    citations = [
        _group("citations", str(one["label"]), source_label(one), _CITATIONS)
        for one in answer["citations"]
    ]
    citations += [
        _group("citations", f"sentence-{place}", f"Phrase {number}, sans citation", _MISSING)
        for number, (place, sentence) in enumerate(kept, start=1)
        if not sentence["labels"]
    ]
    sections = [
        {"title": "", "groups": [_criterion(criterion) for criterion in marking.criteria]},
        {"title": "Phrase par phrase", "groups": sentences},
        {"title": "Citations", "groups": citations},
    ]
    return [section for section in sections if section["groups"]]


def _preference() -> list[dict[str, Any]]:
    name = "Quelle réponse préférez-vous\u00a0?"
    return [
        {"title": "", "groups": [_group("preferences", "preference", name, _PREFERENCES)]},
    ]


def _criterion(criterion: Criterion) -> dict[str, Any]:
    levels = [
        {"value": str(value), "label": str(value), "meaning": typeset(anchor)}
        for value, anchor in enumerate(criterion.anchors, start=1)
    ]
    return {
        "part": "scores",
        "key": criterion.key,
        "name": criterion.name,
        "quote": "",
        "levels": levels,
    }


def _group(
    part: str,
    key: str,
    name: str,
    levels: Sequence[tuple[SentenceVerdict | CitationVerdict | Preference, str]],
    quote: str = "",
) -> dict[str, Any]:
    return {
        "part": part,
        "key": key,
        "name": name,
        "quote": typeset(quote),
        "levels": [{"value": v.value, "label": label, "meaning": ""} for v, label in levels],
    }


def _instruments() -> list[dict[str, Any]]:
    library = services().library
    return [
        {
            "number": document.instrument.number,
            "name": document.instrument.short_name,
            "articles": list(library.numbers_of(document.id)),
        }
        for document in library.searched_documents()
    ]
