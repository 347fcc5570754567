"""The questions that people sent: read with what they were asked in, and answered."""

from functools import partial

import streamlit as st

from assistant.accounts.records import Person
from assistant.answering.citations import article_label, citation_title
from assistant.answering.human_questions import Quoted
from assistant.answering.human_records import HumanQuestion, Standing
from assistant.records import Article
from assistant.ui.answers import show_answer, show_text
from assistant.ui.refusal import show_nearest
from assistant.ui.session import explain_errors, services
from assistant.ui.text import day, escape, to_html

_NAMES = {
    Standing.OPEN: "À traiter",
    Standing.ANSWERED: "Répondues",
    Standing.OUTSIDE: "Hors des textes",
    Standing.WITHDRAWN: "Retirées",
}
_DONE = "human-question-done"
_LONGEST_LABEL = 90  # characters of a paragraph, where one is chosen
_MOST_CITED = 5


def choose_standing() -> Standing:
    """Let the person choose which questions are shown."""
    if done := st.session_state.pop(_DONE, None):
        st.toast(done, icon=":material/check:")
    chosen = st.segmented_control(
        "Questions",
        list(Standing),
        default=Standing.OPEN,
        required=True,
        format_func=lambda standing: _NAMES[standing],
        key="standing",
        label_visibility="collapsed",
    )
    return Standing(chosen or Standing.OPEN)


def show_human_questions(who: Person, standing: Standing) -> None:
    """Show the questions that stand so."""
    questions = services().human_questions.standing(standing)
    if not questions:
        st.info("Aucune question ici pour l’instant.", icon=":material/inbox:")
    for question in questions:
        with st.container(border=True), explain_errors():
            _show_question(question)
            if standing is Standing.OPEN:
                _ask_answer(who, question)
            else:
                _show_closed(who, question)


def _show_question(question: HumanQuestion) -> None:
    show_text(question.question)
    st.caption(
        f"Posée par {escape(question.asker)}, le {day(question.sent_at.isoformat())} · "
        f"{escape(question.regime['basis'])}"
    )
    if question.earlier:
        with st.expander("Questions d’avant, dans la même conversation"):
            show_text("\n".join(question.earlier))
    if question.nearest and question.standing is Standing.OPEN:
        st.caption("Articles les plus proches\u00a0:")
        show_nearest(question.nearest, key=f"near-human-{question.id}")


def _show_closed(who: Person, question: HumanQuestion) -> None:
    if question.standing is Standing.WITHDRAWN:
        assert question.closed_at is not None
        at = day(question.closed_at.isoformat())
        st.caption(f"Retirée par son auteur le {at}, avec sa conversation.")
        return
    if question.is_outdated:
        st.warning(
            "Un article cité a changé, ou n’est plus indexé\u00a0: cette réponse n’est plus "
            "donnée. Rouvrez la question pour la revoir.",
            icon=":material/history:",
        )
    if question.content:
        show_answer(question.content, key=f"closed-{question.id}")
    else:
        st.caption(f"Close par {escape(question.reviewer)}")
        show_text(question.text)
    st.button(
        "Rouvrir la question",
        key=f"reopen-{question.id}",
        icon=":material/undo:",
        on_click=partial(_reopen, who, question.id),
    )


def _reopen(who: Person, question_id: int) -> None:
    with explain_errors():
        services().human_questions.reopen(who, question_id)


def _ask_answer(who: Person, question: HumanQuestion) -> None:
    """Ask for the answer and its articles; the fields are shown once they are opened."""
    opened = st.expander(
        "Répondre", key=f"answer-{question.id}", on_change="rerun", icon=":material/edit:"
    )
    if not opened.open:
        return
    with opened:
        text = st.text_area(
            "Votre réponse", value=question.text, key=f"text-{question.id}", max_chars=4000
        )
        quoted = _choose_quotes(question, text)
        with st.container(horizontal=True):
            answered = st.button(
                "Enregistrer la réponse", type="primary", key=f"keep-{question.id}"
            )
            outside = st.button("Les textes ne règlent pas ce point", key=f"outside-{question.id}")
        st.caption(
            "La réponse s’affiche chez la personne qui a posé la question, avec votre nom, et "
            "répond désormais à la même question, posée pour la même date de lancement, ou sans "
            "date si celle-ci n’en a pas. Elle est retirée quand un article cité change."
        )
    with explain_errors():
        if answered:
            services().human_questions.answer(who, question.id, text, quoted)
            _end("Réponse enregistrée.")
        if outside:
            services().human_questions.close(who, question.id, text)
            _end("Question close.")


def _end(said: str) -> None:
    st.session_state[_DONE] = said
    st.rerun()


def _choose_quotes(question: HumanQuestion, text: str) -> list[Quoted]:
    """Let the person choose articles of one text, and of each what is quoted."""
    names = {
        d.instrument.number: d.instrument.short_name
        for d in services().library.searched_documents()
    }
    governing = question.regime["instrument"]
    numbers = sorted(names, key=lambda number: number != governing)
    if not numbers:
        st.info("Aucun texte n’est indexé.")
        return []
    instrument = st.selectbox(
        "Texte",
        numbers,
        format_func=lambda number: names[number],
        key=f"instrument-{question.id}",
    )
    _, articles = services().library.articles(instrument)
    by_number = {article.number: article for article in articles}
    chosen = st.multiselect(
        "Articles qui répondent",
        list(by_number),
        format_func=lambda number: _article_name(by_number[number]),
        key=f"articles-{question.id}-{instrument}",
        max_selections=_MOST_CITED,
        placeholder="Numéro ou mot de l’intitulé",
    )
    said = f"{question.question} {text}"
    return [
        Quoted(instrument, number, _choose_span(question, by_number[number], said))
        for number in chosen
    ]


def _article_name(article: Article) -> str:
    label = article_label(article.number)
    title = citation_title(article.number, article.heading)
    return f"{label} – {title}" if title else label


def _choose_span(question: HumanQuestion, article: Article, said: str) -> tuple[int, int]:
    """Let the person choose what is quoted; what says most of the answer comes first."""
    spans = services().human_questions.spans(article, said)
    span = st.selectbox(
        f"Extrait de l’{article_label(article.number)}",
        spans,
        format_func=lambda s: _shortened(article.text[s[0] : s[1]]),
        key=f"span-{question.id}-{article.number}",
    )
    st.html(f'<div class="texte">{to_html(article.text[span[0] : span[1]])}</div>')
    return span


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_LABEL else f"{line[:_LONGEST_LABEL]}…"
