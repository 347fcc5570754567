"""A reading → its passages in an index, replacing those it had."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.reading.reader import article_documents
from assistant.records import Article, Document, Reading
from assistant.searching.catalogue import Catalogue
from assistant.searching.index import Indexes
from assistant.searching.key_store import KeyStore
from assistant.searching.passages import PassageParser, key_node_ids, key_nodes


@dataclass(frozen=True, slots=True)
class Copy:
    """What came of one document when an index was copied."""

    document: Document
    status: Literal["copied", "unchanged"]
    passages: int


def index_reading(
    indexes: Indexes, document_id: str, reading: Reading, store: KeyStore, *, anew: bool = True
) -> int:
    """Replace the passages of a document and its questions; gives how many passages it has now.

    Where only its name changed (`anew` is false) no passage is ever missing: each replaces itself.
    Two articles of one number, as a misprint makes them, have passages that replace each other.
    """
    articles = article_documents(reading, document_id=document_id)
    nodes = PassageParser().get_nodes_from_documents(articles)
    number = reading.instrument.number
    asked = store.keys_of(number, reading.articles)
    keys = key_nodes(reading.articles, asked, document_id=document_id, instrument=number)
    if anew:
        indexes.passages.delete(document_id)
    indexes.keys.delete(document_id)
    indexes.keys.add(keys)
    indexes.passages.add(nodes)
    return len({node.node_id for node in nodes})


def index_questions(
    indexes: Indexes, document: Document, articles: Sequence[Article], store: KeyStore
) -> None:
    """Replace the questions of some articles of a document by those there are now."""
    number = document.instrument.number
    asked = store.keys_of(number, articles)
    nodes = key_nodes(articles, asked, document_id=document.id, instrument=number)
    possible = {node_id for a in articles for node_id in key_node_ids(document.id, a.number)}
    indexes.keys.remove(possible - {node.node_id for node in nodes})
    indexes.keys.add(nodes)


def copy_documents(catalogue: Catalogue, target: Indexes, store: KeyStore) -> Iterator[Copy]:
    """Index the published documents in another index, oldest first, from what is kept of them.

    Those it holds already are left alone: a copy that was interrupted goes on where it was.
    """
    present = target.passages.counts()
    for document in reversed(catalogue.documents()):
        if present.get(document.id) == document.passage_count:
            yield Copy(document, "unchanged", document.passage_count)
        else:
            passages = index_reading(target, document.id, catalogue.reading(document.id), store)
            yield Copy(document, "copied", passages)
