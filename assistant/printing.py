"""What the command line prints: rows for programs, lines for people."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from assistant.answering.citations import citation_title, place_label
from assistant.answering.contract import regime_json
from assistant.reading.headings import parse_article
from assistant.reading.references import find_references
from assistant.records import Article, CrossReference, Document
from assistant.searching.catalogue import Ingestion

if TYPE_CHECKING:
    from assistant.searching.indexing import Copy
    from assistant.searching.results import SearchResult


def ingestion_json(ingestion: Ingestion) -> dict[str, Any]:
    """Give the line of a file."""
    document = ingestion.document
    instruments = [asdict(document.instrument)] if document else []
    return {
        "file": ingestion.file_name,
        "document_id": document.id if document else None,
        "status": ingestion.status,
        "instruments": instruments,
        "pages": document.page_count if document else 0,
        "ocr_pages": document.ocr_page_count if document else 0,
        "articles": document.article_count if document else 0,
        "annexes": document.annexe_count if document else 0,
        "passages": document.passage_count if document else 0,
        "seconds": round(ingestion.seconds, 3),
        "warnings": list(document.warnings) if document else [],
        "error": ingestion.error,
    }


def ingestion_text(row: dict[str, Any]) -> str:
    """Write that line for a person."""
    if row["error"]:
        return f"✗ {row['error']}"
    done = "indexé" if row["status"] == "indexed" else "déjà indexé, rien n’a changé"
    title = row["instruments"][0]["title"]
    counts = f"{row['pages']} pages, {row['articles']} articles, {row['passages']} passages"
    lines = [f"✓ {row['file']} : {done} ({counts}, {row['seconds']:.1f} s)", f"  {title}"]
    return "\n".join([*lines, *(f"  ⚠ {warning}" for warning in row["warnings"])])


def document_json(document: Document) -> dict[str, Any]:
    """Give a document, in the words of `ingest`."""
    return {
        "document_id": document.id,
        "file": document.file_name,
        "instruments": [asdict(document.instrument)],
        "pages": document.page_count,
        "ocr_pages": document.ocr_page_count,
        "articles": document.article_count,
        "annexes": document.annexe_count,
        "passages": document.passage_count,
        "warnings": list(document.warnings),
        "indexed_at": document.indexed_at,
    }


def document_text(row: dict[str, Any]) -> str:
    """Write a document on a line."""
    counts = f"{row['pages']} pages, {row['articles']} articles"
    title = row["instruments"][0]["title"]
    return f"{row['document_id']}  {title} ({row['file']}, {counts})"


def copy_json(copy: "Copy") -> dict[str, Any]:
    """Give the line of a document that was copied to a server."""
    document = copy.document
    return {
        "document_id": document.id,
        "file": document.file_name,
        "status": copy.status,
        "passages": copy.passages,
    }


def copy_text(row: dict[str, Any]) -> str:
    """Write that line for a person."""
    done = "copiés" if row["status"] == "copied" else "déjà sur le serveur"
    return f"✓ {row['file']} : {row['passages']} passages {done}"


def article_json(found: Article) -> dict[str, Any]:
    """Give what a list of articles says of one."""
    parsed = parse_article(found.heading)
    first = found.pages[0]
    return {
        "number": found.number,
        "heading": found.heading,
        "title": parsed.title if parsed else found.heading,
        "path": list(found.path),
        "page": first.pdf,
        "page_end": found.pages[-1].pdf,
        "printed_page": first.printed,
        "bo_page": first.bo,
        "characters": len(found.text),
    }


def article_text_json(document: Document, found: Article) -> dict[str, Any]:
    """Give an article with its words, its references and the boxes of its lines."""
    references = find_references(
        found.text, instrument=document.instrument.number, article=found.number
    )
    return {
        **article_json(found),
        "text": found.text,
        "references": [reference_json(reference, found.text) for reference in references],
        "boxes": [list(box) for box in (*found.heading_boxes, *found.boxes(0, len(found.text)))],
    }


def reference_json(reference: CrossReference, text: str) -> dict[str, Any]:
    """Give a reference found in a text, with its mention."""
    return {**asdict(reference), "text": text[reference.start : reference.end]}


def article_line(row: dict[str, Any]) -> str:
    """Write an article on a line."""
    official = f", BO p. {row['bo_page']}" if row["bo_page"] else ""
    return f"{row['heading'] or row['number']} (page {row['page']}{official})"


def search_json(result: "SearchResult") -> dict[str, Any]:
    """Give what a search found."""
    return {
        "question": result.question,
        "regime": regime_json(result.regime),
        "results": [
            {
                "rank": rank,
                "score": round(hit.ranked.score, 4),
                "instrument": hit.document.instrument.number,
                "article": hit.article.number,
                "heading": hit.article.heading,
                "page": hit.page,
                "passage": hit.ranked.passage.text,
            }
            for rank, hit in enumerate(result.hits, start=1)
        ],
        "seconds": round(result.seconds, 4),
    }


def search_text(row: dict[str, Any]) -> str:
    """Write what a search found."""
    lines = [row["regime"]["basis"]]
    for hit in row["results"]:
        place = f"{hit['instrument']}, page {hit['page']}"
        lines.append(f"{hit['rank']:>2}. {hit['heading'] or hit['article']} ({place})")
    return "\n".join(lines if row["results"] else [*lines, "Aucun article trouvé."])


def answer_text(row: dict[str, Any]) -> str:
    """Write an answer with its sources."""
    lines = [row["regime"]["basis"], "", row["answer"], ""]
    lines += [_citation_line(citation) for citation in row["citations"]]
    cached = f", réponse en cache du {row['written_at'][:10]}" if row["cached"] else ""
    return "\n".join([*lines, f"({row['model']}{cached})"])


def _citation_line(citation: dict[str, Any]) -> str:
    """Write "[1] Article 24, paragraphe 2, b) – Cautionnement – Décret n° … (page 20)"."""
    official = f", BO p. {citation['bo_page']}" if citation["bo_page"] else ""
    label = place_label(citation["article"], citation["paragraph"])
    title = citation_title(citation["article"], citation["heading"])
    parts = [label[0].upper() + label[1:], title, citation["instrument_name"]]
    name = " – ".join(filter(None, parts))
    force = f", {citation['force']}" if citation["force"] else ""
    return f"[{citation['label']}] {name} (page {citation['page']}{official}{force})"
