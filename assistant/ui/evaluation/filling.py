"""Where the answers of a campaign come from: a sample, some chosen, or a file of questions."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from assistant.answer_records import Outcome
from assistant.evaluating.campaign_items import NotAnswered, Sample, Variant
from assistant.evaluating.campaign_records import Campaign, TaskKind
from assistant.evaluating.question_files import QuestionFile, read_question_file
from assistant.ui.session import explain_errors, services
from assistant.ui.text import count, escape

_LATEST = 300  # answers to choose from, one by one
_MOST_SHOWN = 10  # wrong lines, or questions without an answer
OUTCOMES = {
    Outcome.ANSWERED: "répondues",
    Outcome.NOT_FOUND: "sans réponse trouvée",
}
THUMBS = {1: "pouce levé", -1: "pouce baissé", None: "sans avis"}


def fill_campaign(campaign: Campaign) -> None:
    """Offer the ways in which a campaign gets its answers."""
    ways: dict[str, Callable[[Campaign], None]] = {
        "Tirage": _draw,
        "Choix": _choose,
        "Fichier de questions": _answer_file,
    }
    way = st.segmented_control(
        "Ajouter des réponses", list(ways), key=f"fill-{campaign.id}", default="Tirage"
    )
    if way:
        with explain_errors():
            ways[way](campaign)


def _draw(campaign: Campaign) -> None:
    """Draw from what was asked in production."""
    key = f"draw-{campaign.id}"
    with st.container(horizontal=True):
        size = st.number_input("Nombre", 1, 10_000, 50, key=f"{key}-size")
        since = _ask_day("Posées depuis le", f"{key}-since")
        until = _ask_day("jusqu’au", f"{key}-until")
        seed = st.number_input(
            "Tirage n°", 0, 10**6, 1, key=f"{key}-seed", help="Le même numéro tire les mêmes."
        )
    outcomes = st.pills(
        "Issue",
        list(OUTCOMES),
        selection_mode="multi",
        default=list(OUTCOMES),
        format_func=OUTCOMES.__getitem__,
        key=f"{key}-outcomes",
    )
    thumbs = st.pills(
        "Avis de qui a posé la question",
        list(THUMBS),
        selection_mode="multi",
        default=list(THUMBS),
        format_func=THUMBS.__getitem__,
        key=f"{key}-thumbs",
    )
    sample = Sample(int(size), int(seed), since, until, tuple(outcomes), tuple(thumbs))
    among = services().evaluation.items.count_sample(sample)
    st.caption(f"Tirage parmi {count(among, 'réponse')}.")
    if st.button("Tirer et ajouter", key=f"{key}-add"):
        services().evaluation.items.add_sample(campaign.id, sample)
        st.rerun()


def _ask_day(label: str, key: str) -> date | None:
    day: date | None = st.date_input(label, None, format="DD/MM/YYYY", key=key)
    return day


def _choose(campaign: Campaign) -> None:
    """Choose among the latest answers."""
    latest = {
        answer_id: f"{asked_at.astimezone():%d/%m/%Y %H:%M} · {content['question']}"
        for asked_at, answer_id, content in services().history.latest(_LATEST)
    }
    chosen = st.multiselect(
        f"Réponses, parmi les {_LATEST} dernières",
        list(latest),
        format_func=latest.__getitem__,
        key=f"choose-{campaign.id}",
        placeholder="Cherchez des mots de la question",
    )
    if st.button("Ajouter ces réponses", key=f"choose-add-{campaign.id}", disabled=not chosen):
        services().evaluation.items.add_answers(campaign.id, chosen)
        st.rerun()


def _answer_file(campaign: Campaign) -> None:
    """Have a file answered by one or several configurations."""
    key = f"file-{campaign.id}"
    given = st.file_uploader(
        "Fichier JSONL, ou CSV avec une colonne «\u00a0question\u00a0»",
        type=["jsonl", "csv"],
        key=key,
    )
    if given is None:
        return
    file = read_question_file(given.name, given.getvalue())
    st.write(f"{count(len(file.questions), 'question')}.")
    _show_lines([line.problem for line in file.wrong_lines])
    variants = {variant.name: variant for variant in services().variants().all()}
    names = st.multiselect(
        "Configurations qui y répondent",
        list(variants),
        list(variants)[:1],
        key=f"{key}-variants",
        placeholder="Choisissez",
    )
    compares = st.toggle(
        "Comparer à l’aveugle leurs réponses, deux à deux, au lieu de noter chacune",
        key=f"{key}-compares",
        disabled=len(names) < 2,
    )
    if st.button("Faire répondre et ajouter", key=f"{key}-add", disabled=not names):
        _answer(campaign, file, [variants[name] for name in names], compares=compares)


def _answer(
    campaign: Campaign, file: QuestionFile, variants: Sequence[Variant], *, compares: bool
) -> None:
    total = len(file.questions)

    def say(done: int) -> None:
        bar.progress(done / total, f"{count(done, 'question')} sur {total}")

    bar = st.progress(0.0, "Laissez cette page ouverte. Ce qui est répondu est gardé.")
    problems = services().evaluation.items.add_answered(
        campaign.id,
        file.questions,
        variants,
        kind=TaskKind.COMPARISON if compares and len(variants) > 1 else TaskKind.RATING,
        on_question=say,
    )
    if not problems:
        st.rerun()
    _show_lines([_problem(one) for one in problems])


def _problem(one: NotAnswered) -> str:
    return f"« {one.question} » ({one.variant}) : {one.problem}"


def _show_lines(lines: Sequence[str]) -> None:
    """Show what could not be used, the first lines of it."""
    for line in lines[:_MOST_SHOWN]:
        st.warning(escape(line), icon=":material/warning:")
    if len(lines) > _MOST_SHOWN:
        st.warning(f"… et {len(lines) - _MOST_SHOWN} autres.", icon=":material/warning:")
