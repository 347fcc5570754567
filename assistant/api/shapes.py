"""What goes in and out, as the OpenAPI document says it, in the words of the command line."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.answering.model_state import ModelState


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Given(BaseModel):
    model_config = ConfigDict(extra="allow")  # what a later version adds breaks no program


class Question(_Asked):
    """A question, asked of the texts that govern it or of one of them."""

    question: str
    within: str | None = Field(None, description="Numéro d’un texte indexé, « 2-22-431 »")
    launched: date | None = Field(None, description="Date de lancement de la procédure")
    refresh: bool = Field(False, description="Rédiger une nouvelle réponse, non celle du cache")


class Searched(_Asked):
    """What is searched, and how many articles are wanted."""

    question: str
    within: str | None = None
    launched: date | None = None
    k: int = Field(10, ge=1, le=50)


class Scores(_Asked):
    """What a person thinks of an answer, each criterion from 1 to 5."""

    pertinence: int = Field(ge=1, le=5)
    coherence: int = Field(ge=1, le=5)
    fluidite: int = Field(ge=1, le=5)
    exactitude_sources: int = Field(ge=1, le=5)
    comment: str = Field("", max_length=10_000)


class Title(_Asked):
    """What a conversation is to be called."""

    title: str = Field(max_length=200)


class RegimeShape(_Given):
    """The text that governs the question, and why."""

    instrument: str | list[str] | None
    status: str | None
    basis: str
    launched: date | None


class CitationShape(_Given):
    """An exact piece of an article; boxes are [page, x0, y0, x1, y1] in points, from top left."""

    label: int
    document_id: str
    instrument: str
    article: str
    paragraph: str | None
    heading: str
    page: int
    printed_page: int | None
    bo_page: int | None
    quote: str
    boxes: list[list[float]]


class FindingShape(_Given):
    """A doubt about a sentence; a serious one takes it out of the answer."""

    kind: str
    message: str
    serious: bool


class SentenceShape(_Given):
    """A sentence, and the labels of what supports it."""

    sentence: str
    labels: list[int]
    findings: list[FindingShape]


class TokensShape(_Given):
    """What a model read and wrote for an answer, counted by its own tokenizer."""

    prompt: int
    answer: int


class AnswerShape(_Given):
    """An answer with its sources, or a refusal."""

    id: str | None
    question: str
    outcome: str
    answer: str
    language: str
    regime: RegimeShape
    citations: list[CitationShape]
    sentences: list[SentenceShape]
    contact: str | None
    model: str
    cached: bool
    tokens: TokensShape | None = Field(
        description="null : aucun modèle n’a écrit, ou son moteur ne les compte pas"
    )
    seconds: dict[str, float | None]
    user_question: str
    retrieved_answer: str
    llm_generated_answer: str | None


class ConversationShape(_Given):
    """A conversation, without what was said in it."""

    id: str
    title: str
    changed_at: str = Field(description="ISO 8601, UTC")


class TurnShape(_Given):
    """A question and what came of it; neither answer nor error where it was interrupted."""

    asked_at: str
    question: str = Field(description="Comme elle a été écrite")
    completed: str | None = Field(description="Comme elle a été comprise, si elle se suivait")
    within: str | None
    launched: date | None
    answer: dict[str, Any] | None = Field(description="Comme la donne `/ask`, sans `id`")
    error: str | None
    human: dict[str, Any] | None = Field(description="Ce qu’une personne a répondu, si transmise")


class ConversationTurnsShape(ConversationShape):
    """A conversation with its turns, the oldest first."""

    turns: list[TurnShape]


class ResultShape(_Given):
    """An article that search proposes."""

    rank: int
    score: float
    instrument: str
    article: str
    heading: str
    page: int
    passage: str


class SearchShape(_Given):
    """What a search found, best first, an article once."""

    question: str
    regime: RegimeShape
    results: list[ResultShape]
    seconds: float


class ArticleShape(_Given):
    """An article of a text, without its words."""

    number: str
    heading: str
    path: list[str]
    page: int
    page_end: int
    printed_page: int | None
    bo_page: int | None
    characters: int


class ArticleTextShape(ArticleShape):
    """An article with its words, its references and where it is printed."""

    text: str
    references: list[dict[str, Any]]
    boxes: list[list[float]]


class DocumentShape(_Given):
    """A document that is searched."""

    document_id: str
    file: str
    instruments: list[dict[str, str]]
    pages: int
    ocr_pages: int
    articles: int
    annexes: int
    passages: int
    warnings: list[str]
    indexed_at: str


class IngestionShape(_Given):
    """A file that was sent, and how far it is."""

    id: int
    file: str
    state: str = Field(
        description="waiting, reading, recognising, indexing; indexed, unchanged, failed"
    )
    pages_read: int
    pages: int
    document_id: str | None
    error: str | None
    resumed: bool = Field(description="Envoyé avant le dernier démarrage du serveur")


class HealthShape(_Given):
    """That the assistant can answer, from how many documents and by which model."""

    status: str
    documents: int
    model: str
    model_state: ModelState


class Problem(BaseModel):
    """What went wrong (RFC 9457); `detail` is a French sentence that says what to do."""

    type: str
    title: str
    status: int
    detail: str
