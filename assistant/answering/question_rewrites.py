"""Ways of asking that ask the same thing: each pattern, and what is written in its place.

They are applied in this order to a question in lower case, without accents or apostrophes, whose
inverted pronouns are marked ("peut ~il"). A rule stands here only if no question changes its
meaning by it: what is not known is left as it is, and costs a second answer at most.
"""

import re

Rule = tuple[re.Pattern[str], str]

WHAT = "~quel"
"""Marks a question that asks what something is, so that it needs no verb."""
YES_NO = "~si"
"""Marks a question that is answered by yes or no."""
PARTICIPLE, VERB = "+", "!"
"""After a word that a rewriting made a participle ("signé"), or a verb of one ("signe")."""

_DET = r"(?:les?|la|l|une?|des|du|de|d|mon|ma|mes|son|sa|ses|votre|vos|notre|nos)"
_QUEL = r"quel(?:le)?s?"
_ASKED = r"(?:quand|ouq|comment|pourquoi|(?:dans|par|pour) (?:quel(?:le)?s? \w+|qui)|a qui|combien)"
_TO = r"(?:de|d|a)"
_BE = r"(?:est|sont|suis|sommes)"
_SO_TIED = r"(?:oblige|tenu|contraint|astreint)e?s?"


def _rules(*pairs: tuple[str, str]) -> tuple[Rule, ...]:
    return tuple(
        (re.compile(rf"(?<!\S)(?:{pattern})(?!\S)"), written) for pattern, written in pairs
    )


def _first(*pairs: tuple[str, str]) -> tuple[Rule, ...]:
    """Compile rules for the beginning of a question."""
    return tuple((re.compile(rf"^(?:{pattern})(?!\S)"), written) for pattern, written in pairs)


POLITE: tuple[Rule, ...] = (
    *_rules(
        (r"s il (?:vous|te) plait|svp|stp|merci(?: (?:d avance|beaucoup|bien|par avance))?", ""),
    ),
    *_first(
        (r"bonjour|bonsoir|salut|salam|madame|monsieur|cordialement|alors|et|donc|,", ""),
        (
            r"(?:j ai )?(?:une|ma|petite) (?:petite )?question(?: est)?(?: la suivante)?|question",
            "",
        ),
        (
            r"(?:pouvez|pourriez|peux|pourrais|voulez|voudriez) (?:~)?(?:vous|tu)(?: bien)?"
            r"(?: (?:me|m|nous))? (?:dire|indiquer|preciser|rappeler|expliquer|donner|confirmer"
            r"|communiquer|faire savoir|citer|lister)",
            "",
        ),
        (r"(?:savez|sais) (?:~)?(?:vous|tu)", ""),
        (
            r"(?:je|j|nous|on) (?:voudrais|aimerais|souhaite|souhaiterais|veux|desire|cherche"
            r"|voudrions|aimerions|souhaitons|souhaiterions|cherchons)(?: bien)?"
            r"(?: a)?(?: (?:savoir|connaitre|comprendre))?",
            "",
        ),
        (
            r"(?:je|j|nous) (?:ai besoin de|avons besoin de|me demande|nous demandons)"
            r"(?: savoir| connaitre)?",
            "",
        ),
        (
            r"(?:dites|dis|indiquez|indique|precisez|precise|rappelez|rappelle|expliquez|explique"
            r"|donnez|donne|citez|cite|listez|enumerez|affichez|affiche|montrez|montre)"
            r"(?: (?:~)?(?:moi|nous))",
            "",
        ),
        (r"(?:indiquez|precisez|rappelez|donnez|citez|listez|enumerez|affichez)", ""),
        (r"ce qu est", "c est quoi"),
        (r"ce qu(?:e)?", "que"),
        (r"ce qui", "quoi"),
    ),
)
"""Taken from the beginning again and again: they stand one before the other."""

SAME: tuple[Rule, ...] = (
    *_rules(
        (r"(quand|ouq|comment|pourquoi|combien(?: de \w+)?|qui|quoi) est ~?ce qu?e?", r"\1"),
        (r"qui est ~?ce qui", "qui"),
        (r"(?:a quel moment|a quelle date|a quelle heure)", "quand"),
        (r"de quelle (?:maniere|facon)|par quel moyen", "comment"),
        (r"pour (?:quelle raison|quelles raisons|quel motif|quels motifs)", "pourquoi"),
        (r"(?:a quel endroit|en quel lieu|a quel lieu)", "ouq"),
        (
            r"(?:dans|sous|en) (?:quels? delais?|combien de temps)|sous quels? delais?",
            "dans quel delai",
        ),
        (r"(?:pendant|durant) combien de (temps|jours|mois|semaines|ans|annees)", r"combien de \1"),
        (r"combien de temps (.+) (?:restent|reste|demeurent|demeure)", r"combien de temps \1 sont"),
        (r"dans quels? (?:cas|circonstances?|hypotheses?)", "dans quel cas"),
        (r"(?:a|sous|dans) quelles? conditions?", "dans quelle condition"),
        (r"(?:y a ~il|existe ~(?:il|elle)|existent ~(?:ils|elles)|il y a|il existe)", "existe"),
        (
            rf"(?:{_BE} ~(?:il|ce)|c est|il est) (?:possible|permis|autorise|loisible) {_TO}",
            "peut ~on",
        ),
        (
            r"(?:a|ai|avons|ont)(?: (~\w+))? (?:le droit|la possibilite|la faculte"
            r"|l autorisation) (?:de|d)",
            r"peut \1",
        ),
        (r"(?:a|ai|avons|ont)(?: (~\w+))? l obligation (?:de|d)", r"doit \1"),
        (r"faut ~il|il faut", "doit ~on"),
        (
            rf"(?:{_BE} ~(?:il|ce)|c est|il est) (?:obligatoire|necessaire|imperatif) {_TO}",
            "doit ~on",
        ),
        (rf"{_BE}(?: (~\w+))? {_SO_TIED} {_TO}", r"doit \1"),
        (r"je (?:peux|puis)|nous pouvons|on peut", "peut ~on"),
        (r"je dois|nous devons|on doit", "doit ~on"),
        (r"peux|puis|peuvent|pouvons|pouvez|pourra|pourrait|pourraient|pourront", "peut"),
        (r"dois|doivent|devons|devez|devra|devront", "doit"),
        (r"maximal|maximale|maximales|maximaux|maximums|max", "maximum"),
        (r"minimal|minimale|minimales|minimaux|minimums|min", "minimum"),
        (r"plafonds?", "montant maximum"),
        (r"soumissionnaires?", "concurrent"),
        (r"(?:caution|garantie) (provisoires?|definitives?)", r"cautionnement \1"),
        (r"garantie de soumission", "cautionnement provisoire"),
        (r"combien (?:de|d) (\w+) (?:compte|comprend|comporte)(?:nt)?", r"combien de \1 de"),
        (r"(?:avoir recours|faire appel) (?=(?:a|au|aux) )", "recourir "),
        (r"definitives", "definitifs"),
        (r"definitive", "definitif"),
    ),
)
"""Everywhere in a question."""

OPENINGS: tuple[Rule, ...] = _first(
    (r"(?:est ~?ce qu?e?)", YES_NO),
    (
        rf"{_QUEL} (?:est|sont) ~?(?:ce )?(?:{_DET} )?nombre (?:de|d)|quel nombre (?:de|d)",
        "combien de",
    ),
    (r"combien existe(?: (?:de|d))?|combien (?:de|d) (?=\w+ existe)", "combien de"),
    (rf"{_QUEL} (?:est|sont) {_DET} (\w+) qu?e?(?= (?:{_DET} |on |~on))", r"quel \1"),
    (rf"(?:{_QUEL} (?:est|sont) )?(?:la )?definition (?:de|d|du|des)", "definition"),
    (
        r"que (?:signifie|signifient|veut dire|veulent dire|designe)|qu entend ~on par",
        "definition",
    ),
    (r"comment (?:definit ~on|definir|se definit)", "definition"),
    (rf"{_QUEL} (?:est|sont)(?: ~ce)?", WHAT),
    (r"c est quoi (?:une?)|qu est ~?ce qu(?:e c est qu)? (?:une?)", "definition"),
    (r"c est quoi|c quoi", WHAT),
    (r"qu est ~?ce qu?e? (?=.*\b(?:peut|doit|~on|~il|~elle)\b)", "que "),
    (r"qu est ~?ce que (?=(?:la|le|les|l) )", "definition"),
    (r"qu est ~?ce que", "que"),
    (r"qu est ~?ce qui", "quoi"),
    (
        r"(?:a|de) combien (?:s eleve(?:nt)?|se monte(?:nt)?|est fixee?|sont fixee?s|est|sont)"
        r"(?: ~\w+)?",
        WHAT,
    ),
    (
        r"que (?:dit|disent|prevoit|prevoient|stipule|stipulent|dispose|disposent|enonce)"
        rf"(?: {_DET} (?:decrets?|lois?|textes?|reglementation) "
        r"(?:sur|concernant|au sujet|a propos|en matiere))?",
        WHAT,
    ),
    (rf"{_DET} (?:texte|contenu) (?:de|d)(?: l)?(?= (?:article|annexe))", WHAT),
    (rf"{_DET} liste (?:des|de|d)", WHAT),
)

ENDINGS: tuple[Rule, ...] = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"^(?:une? )(.+?)(?: ,)? (?:c est|ce sont) quoi$", r"definition \1"),
        (r"^(.+?)(?: ,)? (?:c est|ce sont) (?:quoi|combien)$", rf"{WHAT} \1"),
        (r"^(?:a combien )?(.+?) s eleve(?:nt)?(?: a combien| ~\w+)$", rf"{WHAT} \1"),
        (r"^(.+?) (?:est|sont) (?:de|fixee?s? a) combien$", rf"{WHAT} \1"),
        (
            rf"^(?!.*\b(?:{_QUEL}|qui|que|quand|comment|combien) )(.+?) "
            r"(quand|comment|pourquoi|ouq|combien(?: de \w+)?|[ap]\w{0,2} qui|dans quel delai)$",
            r"\2 \1",
        ),
    )
)
"""What asks at the end of a question goes to its beginning."""

_OF = (
    r"(?:(?! (?:par|a|au|aux|pour|dans|avec|sans|contre|avant|apres|entre|en|sur|sous|chez|si"
    r"|ne|n|que|qui) ).)*"
)
_NP = rf"(?!{_ASKED} ){_OF}"
VOICES: tuple[Rule, ...] = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        # "quand sont ouverts les plis" → "quand les plis sont ouverts"
        (rf"^({_ASKED}) (peut |doit )?(etre) (\w+) ((?:les?|la|l|une?) {_OF})$", r"\1 \5 \2\3 \4"),
        (rf"^({_ASKED}) se (\w+) ((?:les?|la|l|une?) {_OF})$", r"\1 \3 se \2"),
        (rf"^que (peut |doit )(\w+) ((?:les?|la|l|une?) {_OF})$", r"que \3 \1\2"),
        # "comment calcule-t-on la caution" → "comment la caution est calculée"
        (rf"^({_ASKED}) (\w+e) ~on ({_OF})$", r"\1 \3 etre \2+"),
        # "par qui le marché est-il signé" → "qui signe le marché"
        (rf"^par qui ({_OF}) etre (?:~\w+ )?(\w+?e)e?s?$", r"qui \2! \1"),
        # "l’offre peut-elle être retirée par le concurrent" → "le concurrent peut retirer l’offre"
        (
            rf"^({_NP}) (peut|doit) (?:~\w+ )?etre (\w+?e)e?s? par ((?:les?|la|l|une?) {_OF})$",
            r"\4 \2 \3r! \1",
        ),
        (
            rf"^((?:{_ASKED} )?)({_NP}) (peut|doit) (?:~\w+ )?etre (\w+?e)e?s?"
            r"((?: (?:par|dans|en|avant|apres|sans|pour) .*)?)$",
            r"\1\3 ~on \4r! \2\5",
        ),
    )
)
"""The passive and the inverted order, where nobody's part can be mistaken."""
