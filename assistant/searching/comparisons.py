"""Questions about what changed from one text to the next, or whether a rule still stands.

"Le plafond a-t-il été relevé", "faut-il toujours attendre quinze jours": both texts answer.
"Puis-je encore retirer mon pli", "après la séance, peut-on encore" are about the case at hand.
"""

import re

from assistant.searching.text_words import TEXT_WORD

_CHANGED = (
    r"(?:(?:chang|évolu|evolu|augment|relev|boug|baiss|diminu|modifi|mont|raccourc|allong|durc"
    r"|assoupl|remont|abaiss)(?:é|e|i)e?s?|(?:ré|ra)duite?s?|étendue?s?|élargie?s?)\b"
)
_OF_THE_CASE = (  # "a modifié son offre", "avant et après la séance": no text has changed there
    r"(?!\s+par\s+(?:avenant|arrêté)|\s+(?:(?:depuis|après|avant|pendant)\s+)?"
    rf"(?:d['’]|l['’]|(?:les?|la|des|une?|sa|son|ses|leurs?)\b(?!\s+(?:nouve\w+\s+)?{TEXT_WORD})))"
)
_RULE = (  # what only a text can change: a company or its manager changes for other reasons
    r"(?:plafonds?|seuils?|délais?|taux|montants?|pourcentages?|honoraires|règles?|composition"
    r"|durées?|validité|maximum|minimum|obligations?|conditions?|procédures?|primes?|limites?)"
)
_THEN = r"(?:avant|auparavant|autrefois)\b(?!\s+(?:l[ea]s?\b|l['’]|d[eu]\b|d['’]|que\b|une?\b|\d))"
_NOW = r"(?:maintenant|désormais|à présent|aujourd.hui)\b"
_COMPARES = re.compile(
    rf"\bcompar(?:e[rz]?|aison)\b[^.?!]*\b(?:{TEXT_WORD}|20\d\d)\b"
    rf"|\b{_RULE}\b[^.?!]*\b(?:a|ont)(?:-(?:t-)?(?:il|elle)s?)?\s+(?:été\s+)?{_CHANGED}{_OF_THE_CASE}"
    rf"|\b(?:a|ont)-(?:t-)?(?:il|elle)s?\s+(?:bougé|évolué|disparu|(?:été\s+)?supprimé)e?s?\b"
    rf"|\bqu.est.ce qui a changé{_OF_THE_CASE}"
    rf"|\b{_CHANGED}\s+(?:en\s+20\d\d|avec\s+le|par\s+(?:le|la)\s+{TEXT_WORD})"
    r"|\bqu.est.ce qui change\b(?!\s+(?:si|quand|lorsqu|entre\s+une?))"
    rf"|\b(?:quoi\s+de|qu.est.ce\s+qui\s+est)\s+(?:neuf|nouveau)\b|\bnouveautés?\b"
    rf"|\bqu['’](?:apporte|a\s+(?:apporté|changé))\s+(?:le|la)\s+(?:nouve\w+\s+)?{TEXT_WORD}"
    rf"|\bnouve\w+\s+{TEXT_WORD}\b[^.?!]*\bplus\s+(?:seulement|uniquement)\b"
    rf"|\b{_NOW}[^.?!]*\b(?:ancien(?:ne)?|précédente?)\s+{TEXT_WORD}|\bcomme\s+{_NOW}"
    rf"|\b(?:venue?|apparue?|introduite?|créée?|arrivée?)s?\s+(?:avec|par)\s+le\s+nouve\w+\s+{TEXT_WORD}"
    r"|\bhier\b[^.?!]*\baujourd.hui\b|\b(?:pareil|la même chose|identique)\s+"
    rf"(?:{_NOW}|(?:avec|dans|sous)\s+le\s+nouve\w+\s+{TEXT_WORD})"
    r"|\bresté(?:e|s|es)? (?:le|la|les) mêmes?\b|\b2013\s+(?:et|ou|à|vs\.?)\s+2023\b"
    r"|\bdeux\s+(?:décrets|textes)|\bpar rapport (?:à l.ancien|au décret)"
    rf"|\bavant et (?:maintenant|après|depuis)\b{_OF_THE_CASE}|\bsurvécu"
    rf"|\b{_THEN}[^.?!]*\b{_NOW}|\b(?:comme|qu['’])\s*{_THEN}"
    r"|\bwhat(?:['’]s|\s+is|\s+has)?\s+(?:changed|new|different)\b|\bcompared\s+(?:to|with)\s+20\d\d"
    r"|(?:هل|ماذا|ما\s+الذي)\s+تغيرت?\b|الفرق\s+بين\s+المرسوم",
    re.IGNORECASE,
)

_STILL = r"(?:toujours|tjrs|tjs|tjours|désormais|dorénavant)\b(?!\s+(?:pas|rien|plus)\b)"
_IS_RULED = (  # "faut-il", "on doit", "c’est": whoever asks, the rule is meant
    r"(?:(?:faut|doit|doivent|peut|peuvent|est|sont|a|exige|existe|prévoit|reste)-(?:t-)?"
    r"(?:ils?|elles?|on|ce)|(?:il|on)\s+(?:faut|doit|peut)|c(?:['’]est|\s+est)?)"
)
_MAY = (
    r"(?:(?:faut|doit|doivent|peut|peuvent|exige|prévoit|a|existe)-(?:t-)?(?:ils?|elles?|on)"
    r"|on\s+(?:doit|peut))"
)
_STANDS = re.compile(
    rf"\b{_IS_RULED}\s+{_STILL}|\b\w+-(?:t-)?(?:ils?|elles?|on)\s+{_STILL}"
    rf"|\b(?:ça|cela|il|elle)\s+(?:l['’]est|vaut|tient)\s+(?:encore|{_STILL})"
    r"|\b(?:c['’]est|est-ce)\s+(?:encore|toujours)\s+(?:le cas|vrai|valable|pareil)\b"
    rf"|\b{_RULE}\b[^.?!]*\b{_STILL}"
    r"|\b(?:toujours|tjrs|encore)\s+(?:(?:le|la|les)\s+mêmes?\b|d[eu]\s+\d|\d)"
    r"|\b(?:is|are|must|can|does|do)\b[^.?!]{0,40}\bstill\b(?![^.?!]*\b(?:if|when|after|once)\b)"
    r"|\bno\s+longer\b|(?:ما|لا)\s*[زي]+ا?ز?ا?لت?\b|لم\s+[يت]عد\b",
    re.IGNORECASE,
)
_IS_STILL_ALLOWED = re.compile(rf"\b{_MAY}\s+encore\b|\b{_RULE}\b[^.?!]*\bencore\b", re.I)
_FOR_MYSELF = re.compile(
    r"\b(?:(?:je|moi|mon|ma|mes|notre|nos|i|my|our|we)\b|[jm]['’])", re.IGNORECASE
)
_IN_ITS_COURSE = re.compile(  # of a procedure: there, "encore" is a matter of time
    r"\b(?:une fois|déjà|séances?|clôture|date limite|retard|délai (?:est )?passé|lancée?s?"
    r"|après\s+(?:que|l[ea]s?\b)|minutes?|jours?\s+avant|publiée?s?|arrêtée)\b"
    r"|\b(?:après|avant)\s+l['’]|\bavant\s+l[ea]s?\b",
    re.IGNORECASE,
)


def asks_what_changed(question: str) -> bool:
    """Whether it asks for the difference between two texts."""
    return _COMPARES.search(question) is not None


def asks_whether_it_stands(question: str) -> bool:
    """Whether it asks if a rule is still so: what it was before is told beside what it is."""
    if re.search(r"\b(?:dois-je|devons-nous)\s+(?:toujours|tjrs)\b", question, re.IGNORECASE):
        return True
    stands = _STANDS.search(question) is not None
    allowed = _IS_STILL_ALLOWED.search(question) and not _IN_ITS_COURSE.search(question)
    return bool(stands or allowed) and not _FOR_MYSELF.search(question)
