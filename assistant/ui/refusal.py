"""Under a refusal: the nearest articles to read, and a human to ask."""

import html
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from assistant.accounts.records import Person
from assistant.answer_records import Outcome
from assistant.answering.citations import citation_title, place_label
from assistant.answering.conversations import Turn
from assistant.answering.human_records import HumanQuestion, Standing
from assistant.ui.answers import show_answer, show_text
from assistant.ui.session import explain_errors, services
from assistant.ui.text import day, escape, to_html


def help_after_refusal(who: Person, turn: Turn, sent: HumanQuestion | None) -> None:
    """Show the nearest articles, and what became of the question with a human."""
    if turn.answer is None or turn.answer["outcome"] != Outcome.NOT_FOUND:
        return
    show_nearest(turn.answer.get("nearest", ()), key=f"near-{turn.id}")
    if sent:
        _show_sent(sent)
        return
    st.button(
        "Transmettre la question à une personne",
        key=f"send-{turn.id}",
        icon=":material/forward_to_inbox:",
        on_click=partial(_send, who, turn.id),
    )
    st.caption(
        "Elle part avec votre nom, les questions d’avant dans cette conversation, le texte "
        "applicable et les articles les plus proches. La réponse viendra ici."
    )


@st.fragment
def show_nearest(nearest: Sequence[Mapping[str, Any]], *, key: str) -> None:
    """Show a line for each of the nearest articles; its text is fetched when it is opened."""
    for place, found in enumerate(nearest):
        label = place_label(found["article"], None)
        title = citation_title(found["article"], found["heading"])
        text = f"texte n°\u00a0{found['instrument']}"
        line = " – ".join(filter(None, [label[0].upper() + label[1:], title, text]))
        source = st.expander(escape(line), key=f"{key}-{place}", on_change="rerun")
        if source.open:
            with source, explain_errors():
                article = services().library.article(found["document_id"], found["article"])
                heading = html.escape(article.heading)
                st.html(
                    f'<div class="texte"><p><strong>{heading}</strong></p>'
                    f"{to_html(article.text)}</div>"
                )


def _send(who: Person, turn_id: int) -> None:
    with explain_errors():
        services().human_questions.send(who, turn_id)


def _show_sent(sent: HumanQuestion) -> None:
    at = day(sent.sent_at.isoformat())
    if sent.standing is Standing.OPEN:
        st.info(
            f"Question transmise le {at}. La réponse d’une personne s’affichera ici.",
            icon=":material/schedule_send:",
        )
    elif sent.content:
        if sent.is_outdated:
            st.warning("Un article cité a changé depuis cette réponse.", icon=":material/history:")
        show_answer(sent.content, key=f"human-{sent.id}")
    else:
        assert sent.closed_at is not None
        closed = day(sent.closed_at.isoformat())
        st.info(
            f"Question transmise le {at}. Selon {escape(sent.reviewer)}, le {closed}, les textes "
            "ne règlent pas ce point\u00a0:",
            icon=":material/block:",
        )
        show_text(sent.text)
