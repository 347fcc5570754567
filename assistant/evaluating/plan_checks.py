"""What of a campaign's plan cannot be kept, and what is to be done about it."""

import re
from collections.abc import Collection

from assistant.errors import InvalidCampaign
from assistant.evaluating.campaign_records import Campaign, CampaignPlan, CampaignState
from assistant.evaluating.criteria import DEFAULT_CRITERIA

_KEY = re.compile(r"[a-z][a-z0-9_]{0,49}")


def check_plan(plan: CampaignPlan) -> None:
    """Refuse a plan that cannot be kept.

    Raises:
        InvalidCampaign: with what is wrong, in French.
    """
    name = " ".join(plan.name.split())
    keys = [criterion.key for criterion in plan.criteria]
    problems = [
        (not name, "elle n’a pas de nom", "Donnez-lui un nom."),
        (len(name) > 200, "son nom est trop long", "Il tient en 200 caractères."),
        (not 0 <= plan.overlap_share <= 1, "la part commune est hors limites", "De 0 à 100 %."),
        (
            plan.overlap_raters not in (2, 3),
            "le nombre de relecteurs d’une réponse commune est hors limites",
            "Choisissez 2 ou 3.",
        ),
        (
            not all(_KEY.fullmatch(key) for key in keys),
            "le nom court d’un critère ne convient pas",
            "Employez des minuscules sans accent, des chiffres et des tirets bas.",
        ),
        (len(set(keys)) < len(keys), "deux critères ont le même nom court", "Changez l’un d’eux."),
        (
            not all(_is_whole(c.name, c.anchors) for c in plan.criteria),
            "un critère n’a pas de nom, ou pas de phrase pour chacun de ses cinq niveaux",
            "Écrivez ce que signifie chaque note de 1 à 5.",
        ),
        (
            bool(set(plan.raters) & set(plan.reviewers)),
            "une même personne y est relectrice et réviseuse",
            "Elle verrait les notes des autres : choisissez l’un des deux rôles.",
        ),
    ]
    for is_wrong, cause, remedy in problems:
        if is_wrong:
            raise InvalidCampaign(name, cause, remedy)


def check_change(
    campaign: Campaign, plan: CampaignPlan, *, rated: Collection[int], decided: Collection[int]
) -> None:
    """Refuse to change what ratings rest on already.

    `rated` are the people who began to rate in it, `decided` those who decided as reviewers.

    Raises:
        InvalidCampaign: with what cannot be changed, in French.
    """
    if campaign.state is CampaignState.DRAFT:
        return
    name = campaign.plan.name
    if campaign.state is CampaignState.CLOSED:
        raise InvalidCampaign(name, "elle est close", "Rien n’a été changé.")
    if (plan.criteria or DEFAULT_CRITERIA) != campaign.plan.criteria:
        raise InvalidCampaign(
            name,
            "ses critères ne changent plus une fois qu’elle est ouverte",
            "Créez-en une autre.",
        )
    before = campaign.plan.overlap_share, campaign.plan.overlap_raters
    if (plan.overlap_share, plan.overlap_raters) != before:
        raise InvalidCampaign(
            name,
            "sa part commune ne change plus une fois qu’elle est ouverte",
            "Créez-en une autre.",
        )
    reviewers = {*campaign.plan.reviewers, *decided}  # they could see what raters gave
    if set(rated) & set(plan.reviewers) or reviewers & set(plan.raters):
        raise InvalidCampaign(
            name,
            "une même personne y aurait été relectrice et réviseuse",
            "Elle verrait les notes des autres : nommez quelqu’un d’autre.",
        )
    if not plan.raters:
        raise InvalidCampaign(name, "elle n’aurait plus de relecteur", "Gardez-en un au moins.")


def _is_whole(name: str, anchors: tuple[str, ...]) -> bool:
    return bool(name.strip()) and len(anchors) == 5 and all(a.strip() for a in anchors)
