"""The questions and answers of the open conversation, and the next question."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import streamlit as st

from assistant.accounts.records import Person
from assistant.answering.cache_use import CacheUse
from assistant.answering.conversations import Asked, Conversation, Turn
from assistant.answering.human_records import HumanQuestion
from assistant.answering.understanding import understand
from assistant.errors import InvalidQuestion
from assistant.ui.answers import show_answer, show_text
from assistant.ui.conversations import DRAFT, QUESTION, enter_conversation, offer_export
from assistant.ui.dossier import offer_dossier
from assistant.ui.identity import count_request
from assistant.ui.refusal import help_after_refusal
from assistant.ui.scope import Scope, show_next
from assistant.ui.session import explain_errors, say_error, services
from assistant.ui.text import escape
from assistant.ui.writing import watch_writing

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

_LONGEST_SHOWN = 300  # characters


@dataclass(frozen=True, slots=True)
class Again:
    """A question that is to be asked again."""

    asked: Asked
    cache: CacheUse


def ask_question() -> str | None:
    """Show the box where questions are typed; a refused question comes back into it."""
    if draft := st.session_state.pop(DRAFT, None):
        st.session_state[QUESTION] = draft
    return st.chat_input("Votre question", key=QUESTION, submit_mode="stop")


def show_turns(who: Person, conversation: Conversation | None) -> Again | None:
    """Show what was asked and answered; gives what is to be asked again, if anything."""
    if conversation is None:
        return None
    turns = services().conversations.turns(who, conversation.id)
    sent = services().human_questions.of_conversation(conversation.id)
    again = [asked for turn in turns if (asked := _show_turn(who, turn, sent.get(turn.id)))]
    if turns:
        with st.expander("Exporter la conversation", icon=":material/ios_share:"):
            offer_export(conversation, turns, sent)
    return again[0] if again else None


def answer(who: Person, conversation: Conversation | None, question: str, scope: Scope) -> None:
    """Answer a question, completed from the turns before, while the person watches."""
    with explain_errors():
        asked = Asked(question, None, scope.within, scope.launched)
        turns = services().conversations.turns(who, conversation.id) if conversation else []
        understood = understand(asked, turns, governing=services().search.governing)
        _answer(who, conversation, Again(understood, CacheUse.NORMAL))


def answer_again(who: Person, conversation: Conversation | None, again: Again) -> None:
    """Answer a question of an earlier turn once more, in a turn of its own."""
    with explain_errors():
        _answer(who, conversation, again)


def _answer(who: Person, conversation: Conversation | None, again: Again) -> None:
    """Keep the turn, write its answer, keep that: whatever ends it leaves a turn that says so."""
    count_request(who)
    asked, kept = again.asked, services().conversations
    open_id = conversation.id if conversation else None
    place, turn_id = kept.begin(who, asked, conversation_id=open_id)
    enter_conversation(place)  # before the answer: a refresh meanwhile finds the question again
    show_next(Scope(asked.within, asked.launched))
    written, sentence = None, None
    _show_question(asked)
    try:
        with st.chat_message("assistant", avatar=":material/gavel:"):
            written = watch_writing(
                services().answering.stream(
                    asked.completed or asked.question,
                    within=asked.within,
                    launched=asked.launched,
                    cache=again.cache,
                )
            )
    except Exception as error:  # noqa: BLE001 - the turn keeps the sentence
        sentence = say_error(error)
        if isinstance(error, InvalidQuestion):
            st.session_state[DRAFT] = asked.question
    finally:  # also when the person stops it, which is no `Exception`
        kept.end(turn_id, answer=written, error=sentence)
    st.rerun()


def _show_turn(who: Person, turn: Turn, sent: HumanQuestion | None) -> Again | None:
    """Show a turn; gives the question that is to be asked again, if the person wants that.

    `sent`: what became of its question with a human, if it was sent to one.
    """
    with _show_question(turn.asked, is_answered=turn.answer is not None):
        again = _offer_as_typed(turn)
    with st.chat_message("assistant", avatar=":material/gavel:"), explain_errors():
        if turn.answer:
            show_answer(turn.answer, key=f"source-{turn.id}")
            again = _offer_rewriting(turn) or again
            help_after_refusal(who, turn, sent)
            _ask_thumb(turn)
            offer_dossier(who, turn)
        elif turn.error:
            st.error(escape(turn.error), icon=":material/error:")
        elif turn.is_running:
            _wait_for(turn.id)
        else:
            again = _offer_asking_again(turn) or again
    return again


def _show_question(asked: Asked, *, is_answered: bool = False) -> "DeltaGenerator":
    """Show a question, and as what it was understood; gives its place on the screen."""
    place = st.chat_message("user", avatar=":material/person:")
    with place:
        show_text(asked.question if is_answered else _shortened(asked.question))
        if asked.completed:
            st.caption(f"Question comprise\u00a0: {escape(asked.completed)}")
    return place


def _shortened(question: str) -> str:
    """Cut a question that was not answered; it stands whole in the box again."""
    return question if len(question) <= _LONGEST_SHOWN else f"{question[:_LONGEST_SHOWN]}…"


def _offer_as_typed(turn: Turn) -> Again | None:
    """Offer to ask a completed question without what was added to it."""
    if turn.asked.completed and st.button(
        "Poser la question telle quelle", key=f"as-typed-{turn.id}", type="tertiary"
    ):
        return Again(replace(turn.asked, completed=None), CacheUse.NORMAL)
    return None


def _offer_rewriting(turn: Turn) -> Again | None:
    """Offer to have an answer of the cache written again."""
    if (
        turn.answer
        and turn.answer["cached"]
        and st.button("Rédiger à nouveau", key=f"again-{turn.id}", icon=":material/refresh:")
    ):
        return Again(turn.asked, CacheUse.REFRESH)
    return None


@st.fragment(run_every=1.0)  # seconds
def _wait_for(turn_id: int) -> None:
    """Show a turn once it is answered: another tab asked, or this one before it was refreshed."""
    if not services().conversations.is_running(turn_id):
        st.rerun()
    st.caption("La réponse est en cours de rédaction. Elle s’affichera ici.")


def _offer_asking_again(turn: Turn) -> Again | None:
    st.caption("La réponse a été interrompue.")
    if st.button("Poser de nouveau", key=f"anew-{turn.id}", icon=":material/refresh:"):
        return Again(turn.asked, CacheUse.NORMAL)
    return None


def _ask_thumb(turn: Turn) -> None:
    """Let the reader say whether an answer helped, and keep it."""
    answer_id, key = turn.answer_id, f"thumb-{turn.id}"
    assert answer_id is not None

    def keep() -> None:
        value = st.session_state[key]
        thumb = None if value is None else 1 if value else -1
        with explain_errors():
            services().history.set_thumb(answer_id, thumb)

    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Cette réponse vous aide-t-elle\u00a0?", width="content")
        st.feedback("thumbs", key=key, on_change=keep, persist_state="session")
