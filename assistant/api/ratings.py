"""Rate an answer, and give every rating."""

from typing import Annotated, Literal

from fastapi import APIRouter, Body, Response

from assistant.api.opened import Administrator, Opened, Rater
from assistant.api.shapes import Scores
from assistant.errors import StillBlind

router = APIRouter(tags=["Notes"])


@router.put("/answers/{answer_id}/rating", status_code=204)
def rate(
    answer_id: str, scores: Annotated[Scores, Body()], services: Opened, person: Rater
) -> None:
    """Keep what the caller thinks of an answer, in the place of what they thought before."""
    given = scores.model_dump()
    comment = given.pop("comment")
    services.ratings.rate(answer_id, person.login, given, comment)


@router.get(
    "/ratings",
    response_class=Response,
    responses={200: {"content": {"application/x-ndjson": {}, "text/csv": {}}}},
)
def ratings(
    services: Opened,
    person: Administrator,
    format: Literal["jsonl", "csv"] = "jsonl",  # noqa: A002
) -> Response:
    """Give every rating, oldest first, to who rates in no open campaign: models are named."""
    if campaign := services.evaluation.campaigns.blind_in(person.id):
        raise StillBlind(campaign)
    if format == "csv":
        return Response(services.ratings.export_csv(), media_type="text/csv; charset=utf-8")
    return Response(services.ratings.export_jsonl(), media_type="application/x-ndjson")
