"""A reading → its passages in an index, replacing those it had.

LlamaIndex, which makes nodes of them, is imported when there is something to index: it takes a
second of processor, and this module is opened with the library.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.records import Article, Document, Reading
from assistant.searching.catalogue import Catalogue
from assistant.searching.index import Indexes
from assistant.searching.key_store import KeyStore
from assistant.searching.passages import key_node_ids


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
    from assistant.reading.article_documents import article_documents
    from assistant.searching.passage_nodes import PassageParser, key_nodes

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
    possible = {node_id for a in articles for node_id in key_node_ids(document.id, a.number)}
    if not any(asked.values()):
        indexes.keys.remove(possible)
        return
    from assistant.searching.passage_nodes import key_nodes

    nodes = key_nodes(articles, asked, document_id=document.id, instrument=number)
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
