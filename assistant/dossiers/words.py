"""The sentences of a dossier, the same in HTML and PDF."""

from collections.abc import Iterator, Sequence

from assistant.answer_records import Outcome, Sentence
from assistant.answering.citations import REREAD
from assistant.dossiers.records import Dossier, Source
from assistant.records import PageNumbers, Regime
from assistant.typesetting import moment

EXTRACT = "Article, mot pour mot ; l’extrait cité est marqué"
GONE = "Le document a été supprimé depuis : seul l’extrait cité est conservé."


def missing_line(source: Source) -> str:
    """Say why an article is not shown whole."""
    return REREAD if source.is_reread else GONE


def made_line(dossier: Dossier) -> str:
    """Say who made the dossier and when, and when the question was answered."""
    return (
        f"Établi le {moment(dossier.made_at)} par {dossier.made_by}. "
        f"Réponse du {moment(dossier.asked_at)}."
    )


def regime_line(regime: Regime) -> str:
    """Say which text was applied, why, and its status."""
    status = f"{regime.status.shown}. " if regime.status else ""
    return f"{status}{regime.basis}"


def found_line(outcome: Outcome) -> str:
    """Give the title of the answer."""
    return "Réponse" if outcome is Outcome.ANSWERED else "Aucune réponse dans les textes"


def verified(sentences: Sequence[Sentence]) -> Iterator[tuple[str, bool, str]]:
    """Give the sentences about which there are doubts, whether each was struck, and why."""
    for sentence in sentences:
        if sentence.findings:
            reasons = " ".join(finding.message for finding in sentence.findings)
            verdict = "À vérifier" if sentence.is_kept else "Phrase retirée"
            yield sentence.sentence, not sentence.is_kept, f"{verdict} : {reasons}"


def page_line(page: PageNumbers) -> str:
    """Write "Page 27 du PDF, page 26 imprimée, BO p. 934"."""
    numbers = [
        f"Page {page.pdf} du PDF",
        f"page {page.printed} imprimée" if page.printed else "",
        f"Bulletin officiel p. {page.bo}" if page.bo else "",
    ]
    return ", ".join(filter(None, numbers))
