"""Whether a question speaks of something that it does not name: "Qui la préside ?", "ce délai".

Whoever is asked would have to say "who?". What names its subject first ("Le concurrent peut-il
retirer son offre ?") stands by itself. All texts here are as `flat` writes them.
"""

import re

from assistant.answering.follow_ups.plain import content, own_content

_MOST_WORDS = 5  # of its own: a longer question tells enough
_MOST_BESIDE_CE = 3

_INVERTED = re.compile(r"\b[^\W\d_]+-(?:t-)?(?:ils?|elles?)\b")
_IS_OF = r"(?:\w+ )?\w+ (?:d'|de |qu'|que )"  # "(il est) possible de", "vraiment permis que"
_IMPERSONAL = re.compile(
    r"\b(?:faut|fallait|faudrait|faudra|y a(?:vait|ura)?|existe|agit|passe|arrive|suffit|convient"
    r"|importe|manque)-(?:t-)?il\b"
    r"|-(?:t-)?il (?:y avoir|exister|pleuvoir|falloir|suffire|question)\b"
    rf"|\b(?:est|etait|serait)-il (?:{_IS_OF}|trop t)"
)
_SUBJECT = re.compile(
    r"^(?:est-ce qu'|si |s')?(?:ils?|elles?|celui-ci|celle-ci|ceux-ci|celles-ci) "
    rf"(?!(?:ne |n')?(?:faut|fallait|y a|s'agit|suffit|existe|reste)|(?:est|etait) {_IS_OF})"
)
_IT_IS = re.compile(r"(?:^|\s)(?:c'(?:est|etait)|cela|ca|ceci)\b")

_CLITIC = r"(?:l'|(?:le|la|les|en|y|lui|leur) )"
_INFINITIVE = (  # and no noun that ends like one
    r"(?:(?!dossier|cahier|papier|courrier|chantier|premier|dernier|metier|loyer|particulier)\w+er"
    r"|(?!pouvoir|avoir)\w+ir|faire|suivre|poursuivre|rendre|vendre|repondre|attendre|etendre|lire"
    r"|(?:inter)?dire|connaitre|exclure|conclure|\w*mettre|\w*prendre|\w*joindre|\w+duire|\w*crire)"
)
_WHO = re.compile(rf"^(?:(?:par|pour|à|a|avec|de) )?qui (?:ne |n')?{_CLITIC}\w")
_OBJECT = re.compile(
    r"(?:-(?:on|il|je|nous|vous) |\b(?:comment|ou|où|quand|pourquoi|peut|doit|faut|pour|on) )"
    rf"(?:ne |n'|pas )*{_CLITIC}{_INFINITIVE}\b"
    rf"|\b(?:comment|ou|où|quand|pourquoi|combien|que) {_CLITIC}\w+(?:-t)?-(?:on|vous|nous|je)\b"
)
_POSSESSIVE = re.compile(
    r"^(?:(?:par|pour|à|a|avec|de|dans|sous|sur|en|au) )?"
    r"(?:quel(?:le)?s? (?:est|sont|etait|etaient) |(?:ou|où) (?:est|sont) |quand )?"
    r"(?:son|sa|ses|leurs?) \w"
)
_THIS = re.compile(
    r"\b(?:ce|cet|cette|ces) "
    r"(?!qu|dont\b|sont\b|n'|type|genre|sens|jours?\b|mois|annee|derni|soit|a\b)"
    r"([^\W\d_]{3,})\b(?! d(?:e|es|u)\b)"  # "ce règlement des marchés" is named
)
_WHICH = re.compile(r"^(?:par |pour |dans |à )?(?:le|la|les)quel(?:le)?s?$")


def speaks_of_something_before(said: str) -> bool:
    """Whether a question, without its "et" and its sign, leans on one before."""
    leans = (_inverts, _has_subject, _says_it_is, _has_object, _possesses, _points)
    return len(own_content(said)) <= _MOST_WORDS and any(one(said) for one in leans)


def _inverts(said: str) -> bool:
    """Whether "il" stands for what has no name before it: "Dans quels cas peut-il …"."""
    found = _INVERTED.search(said)
    return bool(found and not _IMPERSONAL.search(said) and not _named(said[: found.start()]))


def _has_subject(said: str) -> bool:
    main_clause = said.partition(",")[2]  # "s’il est seul, un concurrent peut-il …"
    return bool(_SUBJECT.search(said)) and not own_content(main_clause)


def _says_it_is(said: str) -> bool:
    found = _IT_IS.search(said)
    return bool(found and not own_content(said[: found.start()])) and len(own_content(said)) <= 1


def _has_object(said: str) -> bool:
    found = _WHO.search(said) or _OBJECT.search(said)
    return bool(found and not _named(said[: found.start()]))


def _possesses(said: str) -> bool:
    return _POSSESSIVE.search(said) is not None


def _points(said: str) -> bool:
    """Whether it says "ce délai", "cette commission" of what no word before names."""
    found = _THIS.search(said)
    if not found:
        return _WHICH.search(said) is not None
    beside = own_content(f"{said[: found.start(1)]} {said[found.end() :]}")
    return not _named(said[: found.start()]) and len(beside) <= _MOST_BESIDE_CE


def _named(before: str) -> bool:
    """Whether a noun that a pronoun can stand for comes before it.

    What is asked for is none: "dans quel délai", "combien de membres".
    """
    asked = re.sub(r"\b(?:quel(?:le)?s? \w+|combien d(?:e |')\w+)", " ", before)
    return bool(content(asked))
