"""The configurations that can answer the questions of a campaign, without a restart."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from assistant.answer_records import Answer
from assistant.answering.answering import Answering, Searching, Writer
from assistant.answering.cache_use import CacheUse
from assistant.answering.history import History
from assistant.answering.models import EXTRACTIVE
from assistant.evaluating.ablation import configurations
from assistant.evaluating.campaign_items import Variant
from assistant.evaluating.configurations import made_under
from assistant.evaluating.questions import Question
from assistant.records import CrossReference
from assistant.searching.options import SearchOptions
from assistant.searching.results import Hit, SearchResult
from assistant.searching.search import Search
from assistant.settings import Settings
from assistant.storage.database import Database

PRESENT = "Réglages actuels"
NO_MODEL = "Extraits, sans modèle"


@dataclass(frozen=True, slots=True)
class PartialSearch:
    """Search with some of its parts."""

    whole: Search
    options: SearchOptions

    def search(
        self, question: str, *, within: str | None = None, launched: date | None = None
    ) -> SearchResult:
        """Search with these parts."""
        return self.whole.search(question, within=within, launched=launched, options=self.options)

    def neighbours(self, result: SearchResult, *, limit: int) -> list[Hit]:
        """Give the articles that the best hits refer to."""
        return self.whole.neighbours(result, limit=limit)

    def referred(self, hit: Hit, reference: CrossReference, result: SearchResult) -> Hit | None:
        """Give what an article refers to."""
        return self.whole.referred(hit, reference, result)


@dataclass(frozen=True, slots=True)
class Variants:
    """Makes the configurations; nothing of them is cached, and every answer is kept."""

    settings: Settings
    database: Database
    search: Search
    writer: Callable[[], Writer]

    def all(self) -> list[Variant]:
        """Give the present settings first, then those with one thing changed.

        Without the model, or with a search that lacks one of its parts. Another model takes a
        restart: have the same file answered once under each, in one campaign.
        """
        compared = configurations(with_encoder=bool(self.settings.embedding_model))
        found = [self._variant(PRESENT, self.search, self.writer)]
        if self.settings.model != EXTRACTIVE:
            found.append(self._variant(NO_MODEL, self.search, lambda: Writer(EXTRACTIVE, None)))
        for one in compared[1:]:
            searching = PartialSearch(self.search, one.options)
            found.append(self._variant(f"Recherche {one.label}", searching, self.writer))
        return found

    def present(self, name: str = PRESENT) -> Variant:
        """Give the present settings, under a name."""
        return self._variant(name, self.search, self.writer)

    def _variant(self, name: str, searching: Searching, writer: Callable[[], Writer]) -> Variant:
        history = History(self.database, name=name, settings=made_under(self.settings))
        answering = Answering(searching, history, writer, contact=self.settings.contact)

        def ask(question: Question) -> Answer:
            return answering.ask(
                question.text,
                within=question.within,
                launched=question.launched,
                cache=CacheUse.NONE,
            )

        return Variant(name, ask)
