"""The criteria that come with the assistant, in French, with what each level means."""

from assistant.evaluating.campaign_records import Criterion

DEFAULT_CRITERIA = (
    Criterion(
        "pertinence",
        "Pertinence",
        (
            "Ne répond pas à la question posée.",
            "Effleure la question ; l’essentiel de la réponse est à côté.",
            "Répond en partie, ou répond aussi à autre chose.",
            "Répond à la question, avec un détail inutile ou décalé.",
            "Répond exactement à la question posée.",
        ),
    ),
    Criterion(
        "coherence",
        "Cohérence",
        (
            "Se contredit, ou ne se comprend pas.",
            "Plusieurs phrases ne se suivent pas.",
            "Se comprend, malgré une rupture ou une redite.",
            "Se suit bien ; un enchaînement pourrait être plus net.",
            "Se suit d’un bout à l’autre, sans contradiction ni redite.",
        ),
    ),
    Criterion(
        "fluidite",
        "Fluidité",
        (
            "Pénible à lire : phrases inachevées ou autre langue que le français.",
            "Plusieurs phrases sont à relire pour être comprises.",
            "Lisible, avec des lourdeurs ou des fautes.",
            "Bon français, avec une maladresse.",
            "Se lit sans effort, en bon français administratif.",
        ),
    ),
    Criterion(
        "exactitude",
        "Exactitude",
        (
            "Ce qui est affirmé est faux en droit.",
            "Une erreur importante : montant, délai, condition ou texte applicable.",
            "Juste pour l’essentiel, avec une erreur de détail ou une nuance perdue.",
            "Juste ; une précision manque pour éviter un malentendu.",
            "Entièrement juste au regard du texte applicable.",
        ),
    ),
    Criterion(
        "fidelite_sources",
        "Fidélité aux sources",
        (
            "Les sources citées ne disent pas cela, ou il n’y en a aucune.",
            "La plupart des phrases ne sont pas dans les sources citées.",
            "Une phrase ou une citation n’est pas appuyée.",
            "Tout est appuyé ; une citation pourrait être plus précise.",
            "Chaque phrase est appuyée par la source citée, article et page.",
        ),
    ),
    Criterion(
        "completude",
        "Complétude",
        (
            "L’essentiel manque.",
            "Plusieurs conditions, exceptions ou délais manquent.",
            "Une condition ou une exception utile manque.",
            "Complet, à un détail près.",
            "Rien ne manque de ce que le texte dit sur la question.",
        ),
    ),
    Criterion(
        "utilisable",
        "Utilisable telle quelle",
        (
            "Inutilisable : il faut tout reprendre.",
            "À réécrire en grande partie.",
            "À corriger avant de s’en servir.",
            "Utilisable après une retouche de forme.",
            "Peut être envoyée telle quelle à un service ou à un concurrent.",
        ),
    ),
)

DEFAULT_GUIDELINES = """\
**Avant de noter**, lisez la question, puis la réponse, puis les articles cités.

- Notez ce que dit la réponse, non ce que vous savez par ailleurs qu’elle aurait pu dire.
- Le texte applicable est celui de la date de lancement de la procédure ; une réponse juste tirée \
d’un autre décret n’est pas exacte.
- Une réponse qui dit ne pas trouver, alors que le texte répond, n’est pas pertinente ; si le \
texte ne répond pas, elle l’est.
- Chaque critère se note seul : une réponse peut être fluide et fausse.
- Si vous hésitez entre deux notes, relisez la phrase de chaque niveau et prenez la plus basse.
- Si vous ne pouvez pas noter (question incompréhensible, domaine inconnu), écartez la réponse \
et dites pourquoi.
"""
