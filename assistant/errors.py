"""Every error a person can act on.

AssistantError
├── UnreadableDocument      a PDF whose text cannot be had
├── UnknownDocument         a document that is not (or no longer) kept
├── UnknownJob              a file that was never sent, or long ago
├── UnknownAnswer           an answer that is not kept
├── NotReady                there is nothing to answer from yet
├── UnknownInstrument       an instrument, or an article of it, that is not indexed
├── InvalidQuestion         an empty or oversized question
├── UnknownConversation     a conversation that is not there, or somebody else's
├── InvalidAnswer           what a person answers, that cannot be kept
├── InvalidExpression       an expression that the lexicon cannot keep
├── InvalidForce            dates of force, or a text's name, that cannot be kept
├── ChangedMeanwhile        somebody else changed what was being edited
├── InvalidFile             a question file that cannot be used
├── InvalidAccount          a person, a password or a key that cannot be kept
├── NotSignedIn             nobody is signed in, or the sign-in is refused
├── Forbidden               the role of who is signed in does not allow it
├── TooManyRequests         one person or key asks too often
├── InvalidCampaign         a campaign that cannot be kept, opened or changed
├── InvalidRating           a rating, or a decision, that cannot be kept
├── StillBlind              what a rater must not see before the campaign is closed
├── InvalidSettings         settings that contradict each other
├── IndexInUse              another process has the embedded index open
├── DamagedIndex            the embedded index cannot be read
└── ModelUnavailable        the configured model cannot be loaded or reached
    ├── ModelBusy           too many people wait for it, or for too long
    └── OutOfMemory         what it is asked does not fit in its memory

The text of each is French and shown to the person as it is. Everything else is a bug: its
traceback goes to the log under a reference number, and the person is shown the number.
"""

import logging
import secrets

_log = logging.getLogger("assistant")


class AssistantError(Exception):
    """Something a person can act on: which thing, what is wrong, what to do."""


class UnreadableDocument(AssistantError):
    """A PDF whose text cannot be had."""

    def __init__(self, name: str, cause: str, remedy: str) -> None:
        """Say which file, what is wrong, and what to do about it."""
        super().__init__(f"« {name} » : {cause}. {remedy}")


class UnknownDocument(AssistantError):
    """A document identifier that stands for nothing kept."""

    def __init__(self, document_id: str) -> None:
        """Say which identifier, and where the right ones are listed."""
        super().__init__(
            f"Le document « {document_id} » n’existe pas ou a été supprimé. "
            "La page « Documents » et la commande « documents » donnent la liste à jour."
        )


class UnknownJob(AssistantError):
    """A file that was never sent to be read, or so long ago that nothing is known of it."""

    def __init__(self, job_id: int) -> None:
        """Say which, and where what was read is listed."""
        super().__init__(
            f"Aucun fichier n’a été envoyé sous le numéro {job_id}, ou il y a trop longtemps. "
            "La liste des documents dit ce qui a été lu."
        )


class UnknownAnswer(AssistantError):
    """An answer identifier that stands for nothing kept."""

    def __init__(self, answer_id: str) -> None:
        """Say which."""
        super().__init__(
            f"La réponse « {answer_id} » n’existe pas ou n’est plus conservée. "
            "Prenez l’identifiant « id » qu’une réponse donne."
        )


class NotReady(AssistantError):
    """There is nothing to answer from yet."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Aucun texte n’est indexé. Ajoutez un document, puis réessayez.")


class UnknownInstrument(AssistantError):
    """An instrument, or an article of one, that is not indexed."""

    def __init__(self, what: str, remedy: str) -> None:
        """Say what is missing and what could be asked for instead."""
        super().__init__(f"{what}. {remedy}")


class InvalidQuestion(AssistantError):
    """A question that cannot be searched."""


class UnknownConversation(AssistantError):
    """A conversation that is not there, or somebody else's: which of the two is not told."""

    def __init__(self) -> None:
        """Say what can be done."""
        super().__init__(
            "Cette conversation n’existe pas, a été supprimée, ou appartient à une autre personne. "
            "Choisissez l’une des vôtres, ou posez une question pour en commencer une."
        )


class InvalidAnswer(AssistantError):
    """What a person answers to a question, that cannot be kept."""


class InvalidExpression(AssistantError):
    """An expression that the lexicon cannot keep."""


class InvalidForce(AssistantError):
    """Dates of force, or the name of a text, that cannot be kept."""


class ChangedMeanwhile(AssistantError):
    """Somebody else changed what was being edited: nothing is overwritten unseen."""

    def __init__(self, what: str, now: str) -> None:
        """Say what was changed, and what it says now (a part of a sentence)."""
        super().__init__(
            f"{what} a été modifié par une autre personne pendant votre saisie : rien n’a été "
            f"enregistré. Il est maintenant : {now}. Enregistrez de nouveau pour le remplacer, "
            "ou fermez ce volet."
        )


class WithdrawnQuestion(AssistantError):
    """A question sent to a human, whose author deleted its conversation."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "Cette question a été retirée par son auteur : elle n’attend plus de réponse."
        )


class InvalidFile(AssistantError):
    """A question file that cannot be used."""

    def __init__(self, name: str, cause: str, remedy: str) -> None:
        """Say which file, what is wrong (with the line), and what to do about it."""
        super().__init__(f"« {name} » : {cause}. {remedy}")


class InvalidAccount(AssistantError):
    """A person, a password or an API key that cannot be kept."""


class NotSignedIn(AssistantError):
    """Nobody is signed in, or the sign-in is refused."""


class Forbidden(AssistantError):
    """The role of who is signed in, or the scope of the key, does not allow this."""


class TooManyRequests(AssistantError):
    """One person or key asks too often."""

    def __init__(self, seconds: int) -> None:
        """Say in how many seconds the next request is answered."""
        super().__init__(f"Trop de demandes à la fois. Réessayez dans {seconds} s.")
        self.seconds = seconds


class InvalidCampaign(AssistantError):
    """A campaign that cannot be kept, opened or changed."""

    def __init__(self, name: str, cause: str, remedy: str) -> None:
        """Say which campaign, what is wrong, and what to do about it."""
        super().__init__(f"Campagne « {name} » : {cause}. {remedy}")


class InvalidRating(AssistantError):
    """A rating, or a decision, that cannot be kept."""


class StillBlind(AssistantError):
    """What a rater must not see before the campaign is closed."""

    def __init__(self, campaign: str) -> None:
        """Say of which campaign, and when it can be seen."""
        super().__init__(
            f"Vous notez dans la campagne « {campaign} » : les configurations, les notes des "
            "autres et les résultats vous seront montrés une fois qu’elle sera close."
        )


class InvalidSettings(AssistantError):
    """Settings that contradict each other or cannot be used."""


class IndexInUse(AssistantError):
    """Another process has the embedded index open."""

    def __init__(self, folder: str) -> None:
        """Say which folder, and the two ways out."""
        super().__init__(
            f"L’index du dossier « {folder} » est déjà ouvert par un autre programme "
            "(l’application ou une autre commande). Arrêtez-le, choisissez un autre dossier "
            "avec ASSISTANT_DATA_DIR, ou employez un serveur Qdrant avec ASSISTANT_QDRANT_URL."
        )


class DamagedIndex(AssistantError):
    """The embedded index opens but cannot be read."""

    def __init__(self, folder: str) -> None:
        """Say which folder, and how it is rebuilt."""
        super().__init__(
            f"L’index du dossier « {folder} » est endommagé. Arrêtez l’application, supprimez ce "
            "dossier, puis relancez-la : l’index est reconstruit d’après la base de données."
        )


class ModelUnavailable(AssistantError):
    """The configured model cannot be loaded or reached."""

    def __init__(self, model: str, cause: str, remedy: str) -> None:
        """Say which model, what is wrong, and what to do about it."""
        super().__init__(f"Modèle « {model} » : {cause}. {remedy}")


class ModelBusy(ModelUnavailable):
    """Too many people wait for the model, or one has waited for too long."""


class OutOfMemory(ModelUnavailable):
    """What the model is asked does not fit in its memory: a shorter prompt may."""


def report_bug(error: BaseException) -> str:
    """Log a bug with its traceback; gives the French sentence with its reference number."""
    reference = secrets.token_hex(4)
    _log.error("bug %s", reference, exc_info=error)
    return (
        f"Une erreur inattendue s’est produite (référence {reference}). Rien n’a été perdu : "
        "recommencez, et si elle se répète, transmettez cette référence à l’administrateur."
    )
