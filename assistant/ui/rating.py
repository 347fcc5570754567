"""Rating outside of campaigns: who rates, what is rated, by which criteria, what comes out."""

from dataclasses import dataclass

import streamlit as st

from assistant.accounts.records import Permission, Person
from assistant.evaluating.blinding import blind
from assistant.evaluating.ratings import AnswerToRate
from assistant.storage.tables import CRITERIA
from assistant.ui.answers import show_answer, show_text
from assistant.ui.session import explain_errors, services
from assistant.ui.text import count


@dataclass(frozen=True, slots=True)
class Scale:
    """A criterion as an annotator reads it."""

    name: str
    lowest: str  # what 1 means
    highest: str  # what 5 means


SCALES = {
    "pertinence": Scale("Pertinence", "ne répond pas à la question", "y répond entièrement"),
    "coherence": Scale("Cohérence", "se contredit ou se perd", "se suit d’un bout à l’autre"),
    "fluidite": Scale("Fluidité", "pénible à lire", "se lit sans effort, en bon français"),
    "exactitude_sources": Scale(
        "Exactitude des sources",
        "les sources ne disent pas cela",
        "chaque source, article et page, dit exactement cela",
    ),
}
_SAVED = "rating-saved"
_LAST = "rating-last"  # answer and annotator of the rating saved last in this session


def rate_freely(person: Person) -> None:
    """Show the next kept answer, the form, and the export."""
    st.write("Notez les réponses données par l’assistant, une à une, sur quatre critères de 1 à 5.")
    annotator = person.login if services().settings.accounts else _ask_annotator()
    with st.container():  # what stands below keeps its place when an answer goes
        if not annotator:
            st.info("Indiquez votre nom pour commencer\u00a0: il accompagne vos notes.")
        else:
            _show_progress(annotator)
            if answer := _next_answer(annotator):
                _show_answer_to_rate(answer)
                _ask_rating(answer, annotator)
    if services().evaluation.campaigns.blind_in(person.id):
        st.caption(
            "L’export des notes nomme ce qui a rédigé chaque réponse\u00a0: il vous sera proposé "
            "de nouveau quand les campagnes où vous notez seront closes."
        )
    else:
        _offer_export(None if person.role.allows(Permission.ADMINISTER) else annotator)


def _ask_annotator() -> str:
    """Ask who rates, where nobody signs in; it stays in the session and in the page’s address."""
    name = st.text_input(
        "Votre nom de relecteur",
        key="annotateur",
        max_chars=100,
        bind="query-params",
        placeholder="Par exemple\u00a0: Amina B.",
        width=420,
    )
    return " ".join(name.split())


def _show_progress(annotator: str) -> None:
    """Say how many answers this annotator has rated."""
    progress = services().ratings.progress(annotator)
    rated = count(progress.rated, "réponse notée", "réponses notées")
    share = progress.rated / progress.total if progress.total else 0.0
    st.progress(min(share, 1.0), f"{rated} sur {progress.total}")
    answer_id, name = st.session_state.get(_LAST, ("", ""))
    if answer_id and name == annotator:
        st.button("Annuler ma dernière note", on_click=_withdraw, icon=":material/undo:")


def _next_answer(annotator: str) -> AnswerToRate | None:
    """Give the next answer to rate, or say why there is none."""
    if st.session_state.pop(_SAVED, False):
        st.toast("Note enregistrée.", icon=":material/check:")
    answer = services().ratings.next_to_rate(annotator, skipped=frozenset(_skipped()))
    if answer:
        return answer
    if not services().ratings.progress(annotator).total:
        st.info("Aucune réponse n’a encore été donnée\u00a0: posez d’abord une question.")
    elif _skipped():
        st.info("Il ne reste que des réponses que vous avez passées.")
        st.button("Revoir les réponses passées", on_click=_skipped().clear)
    else:
        st.success("Toutes les réponses sont notées. Merci\u00a0!", icon=":material/check:")
    return None


def _show_answer_to_rate(answer: AnswerToRate) -> None:
    """Show the question, the answer and its sources."""
    with st.container(border=True):
        st.caption("Question")
        show_text(answer.content["question"])
    with st.container(border=True):
        st.caption("Réponse")
        show_answer(blind(answer.content), key=f"rated-{answer.id}")


def _ask_rating(answer: AnswerToRate, annotator: str) -> None:
    """Ask for the four criteria and keep them; none is chosen beforehand."""
    with st.form(f"rating-{answer.id}"):
        scores = {name: _ask_score(name, answer.id) for name in CRITERIA}
        comment = st.text_area("Commentaire (facultatif)", key=f"comment-{answer.id}")
        with st.container(horizontal=True):
            saved = st.form_submit_button("Enregistrer et passer à la suivante", type="primary")
            passed = st.form_submit_button("Passer")
    if passed:
        _skipped().append(answer.id)
        st.rerun()
    if saved:
        _keep(answer, annotator, scores, comment)


def _offer_export(annotator: str | None) -> None:
    """Offer an annotator's ratings as a file, or every one.

    They are made once this is opened, not when a file is clicked on: Streamlit forgets a deferred
    file at each rerun, and a click that comes meanwhile gives nothing.
    """
    whose = "les notes" if annotator is None else "mes notes"
    export = st.expander(f"Exporter {whose}", key="export-ratings", on_change="rerun")
    if not export.open:
        return
    with export, st.container(horizontal=True):
        st.download_button(
            "Télécharger en CSV",
            data=services().ratings.export_csv(annotator).encode("utf-8-sig"),  # for Excel
            file_name="notes.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key="export-csv",
        )
        st.download_button(
            "Télécharger en JSONL",
            data=services().ratings.export_jsonl(annotator).encode(),
            file_name="notes.jsonl",
            mime="application/x-ndjson",
            icon=":material/download:",
            on_click="ignore",
            key="export-jsonl",
        )


def _ask_score(criterion: str, answer_id: str) -> int | None:
    scale = SCALES[criterion]
    return st.radio(
        f"**{scale.name}**\u00a0: 1, {scale.lowest}\u00a0; 5, {scale.highest}",
        range(1, 6),
        index=None,
        horizontal=True,
        key=f"{criterion}-{answer_id}",
    )


def _keep(
    answer: AnswerToRate, annotator: str, scores: dict[str, int | None], comment: str
) -> None:
    given = {name: score for name, score in scores.items() if score is not None}
    missing = [SCALES[name].name for name in CRITERIA if name not in given]
    if missing:
        st.error(f"Il manque une note de 1 à 5 pour\u00a0: {', '.join(missing)}.")
        return
    with explain_errors():
        services().ratings.rate(answer.id, annotator, given, comment)
        st.session_state[_SAVED] = True
        st.session_state[_LAST] = (answer.id, annotator)
        st.rerun()


def _withdraw() -> None:
    """Delete the rating saved last; its answer comes back to be rated."""
    with explain_errors():
        services().ratings.withdraw(*st.session_state.pop(_LAST))


def _skipped() -> list[str]:
    """Give the answers passed in this session."""
    kept: list[str] = st.session_state.setdefault("skipped", [])
    return kept
