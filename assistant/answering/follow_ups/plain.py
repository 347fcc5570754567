"""The words of a question, and which of them say what it is about."""

import re
import unicodedata

_KEPT = "àù"  # "à" is not "a" (has), and "où" (where) is not "ou" (or)
_WORD = re.compile(r"[^\W_]+")

_LITTLE = frozenset(
    """
    le la les l un une des de du d au aux a à ce cet cette ces celui celle ceux celles ci là
    et ou où mais donc alors aussi également sinon si s que qu qui quoi quel quelle quels quelles
    dont lequel laquelle lesquels lesquelles combien comment pourquoi quand jusque jusqu
    pour par dans en sur sous avec sans avant apres entre chez vers selon pendant depuis lors hors
    partir moins plus tres bien pas ne n non oui tout tous toute toutes meme memes encore toujours
    je j tu il elle on nous vous ils elles me m te t se lui leur leurs y son sa ses mon ma mes
    notre nos votre vos est es sont etait etaient sera seront etre ete ai as avoir ont avait
    doit doivent devait dois devons devez peut peuvent pouvait puis pouvons pouvez faut fallait va
    vont suis sommes ca cela c dit dire precise preciser peux veux merci svp ok
    pr ds exactement precisement
    """.split()  # noqa: SIM905 - words are read best as words
)
"""Words that say nothing of a subject, as `flat` writes them."""

_ASKED_OF_ANYTHING = frozenset(
    """
    delai delais duree durees temps jour jours mois annee annees an ans heure heures date dates
    montant montants somme seuil seuils plafond plafonds taux pourcentage part limite limites
    minimum maximum minimal minimale maximal maximale nombre prix
    condition conditions sanction sanctions exception exceptions consequence consequences cas
    membre membres composition president forme contenu modalite modalites etape etapes piece pieces
    raison raisons motif motifs lieu base bases calcul formule regle regles principe definition
    difference penalite penalites critere criteres exemple exemples detail details source sources
    article articles texte faire fait font decide decider calcule calculer procede
    proceder signe signer verifie verifier compte compter appliquer applique prevu prevue
    obligatoire obligatoires possible possibles detailler expliquer court commence maniere facon
    quoi chose moment hauteur
    """.split()  # noqa: SIM905 - words are read best as words
)
"""Words that can be asked of any subject: alone they ask it of the subject before."""


def flat(text: str) -> str:
    """Write a text in small letters without accents, each character in its place.

    "à" and "où" keep theirs, which is all that tells them from other words.
    """
    return "".join(map(_flat, text))


def _flat(character: str) -> str:
    small = character.lower()[:1] or character
    if small in "’ʼ":
        return "'"
    return small if small in _KEPT else unicodedata.normalize("NFKD", small)[0]


def content(flat_text: str) -> list[str]:
    """Give the words that say something, in order."""
    return [word for word in _WORD.findall(flat_text) if word not in _LITTLE]


def own_content(flat_text: str) -> list[str]:
    """Give the words that only a subject of its own has: neither little, nor asked of anything."""
    return [word for word in content(flat_text) if word not in _ASKED_OF_ANYTHING]


def stem_of(question: str) -> str:
    """Give a question without the signs at its end."""
    return question.strip().rstrip("?!.… \u00a0\u202f").rstrip()


def end(stem: str) -> str:
    """Write a stem as a question."""
    stem = re.sub(r"\s+([,.])", r"\1", " ".join(stem.split())).strip(" ,:;")
    return f"{stem[:1].upper()}{stem[1:]}\u00a0?"


def lower_first(text: str) -> str:
    """Write the first letter small, unless the word is an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] in "’' -" else text
