"""When a text is in force, on screen: what is known of it, and the form that changes it."""

from datetime import date

import streamlit as st

from assistant.answering.citations import instrument_phrase
from assistant.errors import ChangedMeanwhile, InvalidForce
from assistant.records import Document, Instrument
from assistant.searching.force_claims import ForceClaim, checked_force, checked_instrument
from assistant.searching.instrument_store import KeptForce, doubts_about
from assistant.searching.instruments import PROCUREMENT, KnownInstrument
from assistant.ui.audit import note_action
from assistant.ui.session import explain_errors, services
from assistant.ui.text import escape

_SAID = "force-said"  # what the last change was, shown once after the page was made again
_FORMAT = "%d/%m/%Y"

Seen = tuple[KeptForce, Instrument]
"""What was known when the form was opened: a change made by others since is not overwritten."""


def say_force_changed() -> None:
    """Say once what the last change was, and what is doubtful about the dates there are now."""
    if said := st.session_state.pop(_SAID, None):
        st.success(escape(said), icon=":material/check:")
        for doubt in doubts_about(services().instruments.instruments()):
            st.warning(escape(doubt), icon=":material/warning:")


def show_force(document: Document) -> None:
    """Say when a text is in force and who says so, and offer to change it."""
    kept = services().instruments.kept(document.instrument.number)
    st.caption(_said_of(kept.known))
    key = f"force-{document.id}"
    if st.toggle("Modifier les dates de vigueur ou le nom du texte", key=key):
        seen: Seen = st.session_state.setdefault(f"{key}-seen", (kept, document.instrument))
        _show_form(document, seen, key)
    else:
        st.session_state.pop(f"{key}-seen", None)


def force_line(known: KnownInstrument | None) -> str:
    """Write "En vigueur depuis le 01/09/2023", or that the dates are not known."""
    if known is None:
        return "Dates de vigueur non connues"
    force = known.force_on(date.today())
    return force[:1].upper() + force[1:]


def _said_of(known: KnownInstrument | None) -> str:
    if known is None:
        return f"{force_line(known)}\u00a0: ce texte est cherché à côté de celui qui s’applique."
    source = f" Source\u00a0: {escape(known.source)}."
    rule = f" {escape(known.transition)}" if known.transition else ""
    return f"{escape(force_line(known))}.{rule}{source}"


def _show_form(document: Document, seen: Seen, key: str) -> None:
    kept, instrument = seen
    with st.form(f"{key}-form"):
        claim = _ask_claim(kept, instrument, key)
        with st.container(horizontal=True):
            saved = st.form_submit_button("Enregistrer ces dates", type="primary")
            reset = st.form_submit_button("Rétablir les données d’origine")
    if saved or reset:
        with explain_errors():
            try:
                said = _reset(document, seen) if reset else _save(document, seen, claim)
            except ChangedMeanwhile:
                del st.session_state[f"{key}-seen"]  # shown now; saving again replaces it
                raise
            note_action("force_changed", said)
            st.session_state[_SAID] = said
            _forget(key)
            st.rerun()


def _ask_claim(kept: KeptForce, instrument: Instrument, key: str) -> ForceClaim:
    known = kept.known
    left, right = st.columns(2)
    number = left.text_input("Numéro du texte", instrument.number, key=f"{key}-number")
    title = right.text_input("Intitulé", instrument.title, key=f"{key}-title")
    left, right = st.columns(2)  # two rows: on a narrow screen each stays in its place
    start = left.text_input(
        "En vigueur à partir du",
        f"{known.start:{_FORMAT}}" if known else "",
        placeholder="01/09/2023",
        key=f"{key}-start",
    )
    repealed = right.text_input(
        "Abrogé à partir du (vide s’il est en vigueur)",
        f"{known.repealed_from:{_FORMAT}}" if known and known.repealed_from else "",
        placeholder="01/09/2023",
        key=f"{key}-repealed",
    )
    by = st.text_input("Abrogé par", known.repealed_by if known else "", key=f"{key}-by")
    rule = st.text_input(
        "Règle transitoire\u00a0: ce que le texte régit encore",
        known.transition if known else "",
        key=f"{key}-rule",
    )
    source = st.text_input(
        "Source, obligatoire si une date change",
        placeholder=known.source if known else "Article …, Bulletin officiel n° … du …",
        key=f"{key}-source",
    )
    governs = known is not None and known.family != ""
    if not (known and services().instruments.is_shipped(known.number)):
        governs = st.checkbox(
            "Ce texte régit à lui seul les procédures lancées pendant sa vigueur, comme les "
            "décrets relatifs aux marchés publics",
            value=known is not None and known.family == PROCUREMENT,
            key=f"{key}-governs",
        )
    return ForceClaim(number, title, start, repealed, by, rule, source, governs)


def _save(document: Document, seen: Seen, claim: ForceClaim) -> str:
    """Keep a claim: its dates under the number it names, and that number for the document."""
    kept, instrument = seen
    store, wanted = services().instruments, checked_instrument(claim)
    known = checked_force(claim, kept.known)
    there = kept if wanted.number == instrument.number else store.kept(wanted.number)
    if there is not kept and there.known:  # the text of that number has dates already
        _refuse_other_dates(known, kept.known, there.known)
        known = None
    if known:
        store.require(known.number, there.revision)
    if wanted != instrument:
        services().library.identify(document.id, wanted, seen=instrument)
    if known:
        store.save(known, seen=there.revision)
    if there is not kept:
        _forget_dates_of_nothing(instrument.number, kept)
    return _said(document, wanted)


def _refuse_other_dates(
    known: KnownInstrument | None, before: KnownInstrument | None, there: KnownInstrument
) -> None:
    """Refuse to change a number and the dates of the text it stands for, both at once."""
    if known and (before is None or (before.start, before.end) != (known.start, known.end)):
        raise InvalidForce(
            f"Le texte {there.number} a déjà des dates ({force_line(there).lower()}). "
            "Enregistrez d’abord le numéro seul, puis changez les dates s’il le faut."
        )


def _forget_dates_of_nothing(number: str, kept: KeptForce) -> None:
    """Forget the dates that were said of a wrong number, where no document has it any more."""
    numbers = {document.instrument.number for document in services().library.documents()}
    if kept.is_own and number not in numbers:
        services().instruments.reset(number, seen=kept.revision)


def _said(document: Document, instrument: Instrument) -> str:
    """Say what is kept now, and which file answers where two are of that text."""
    known = services().instruments.kept(instrument.number).known
    name = instrument_phrase(instrument.short_name)
    said = f"{name[:1].upper()}{name[1:]} : {force_line(known).lower()}."
    documents = services().library.documents()
    same = [d for d in documents if d.instrument.number == instrument.number]
    if same and same[0].id != document.id:
        said += f" C’est le fichier « {same[0].file_name} », ajouté après, qui répond."
    return said


def _reset(document: Document, seen: Seen) -> str:
    kept, instrument = seen
    services().instruments.reset(instrument.number, seen=kept.revision)
    read = services().library.read_instrument(document.id)
    if read != instrument:
        services().library.identify(document.id, read, seen=instrument)
    return f"Données d’origine rétablies pour « {document.file_name} »."


def _forget(key: str) -> None:
    """Close the form and forget what was typed."""
    for name in [n for n in st.session_state if str(n).startswith(key)]:
        del st.session_state[name]
