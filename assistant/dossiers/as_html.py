"""A dossier as one page of HTML that needs nothing else; every word in it is shown literally."""

import base64
import html
from collections.abc import Iterator
from string import Template

from assistant.dossiers.making import details
from assistant.dossiers.records import Dossier, DrawnPage, Source
from assistant.dossiers.words import (
    EXTRACT,
    found_line,
    made_line,
    missing_line,
    page_line,
    regime_line,
    verified,
)
from assistant.typesetting import Marked, to_html, typeset

# The policy refuses whatever is not in the file, should a text ever come alive.
_PAGE = Template("""<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<style>
body { font: 1rem/1.55 "Source Sans 3", "Segoe UI", "DejaVu Sans", sans-serif; color: #1b2429;
  background: #fff; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; } h3 { font-size: 1.05rem; }
p { margin: 0 0 .6rem; overflow-wrap: anywhere; }
mark { background: #ffe8a3; color: inherit; }
table { border-collapse: collapse; display: block; overflow-x: auto; margin: .6rem 0; }
td, th { border: 1px solid #9aa7ad; padding: .25rem .5rem; text-align: left; vertical-align: top; }
th { font-weight: 600; white-space: nowrap; }
img { width: 100%; border: 1px solid #d3dbde; }
figure { margin: 1rem 0; break-inside: avoid; }
figcaption, .note { color: #4a575d; font-size: .9rem; }
.question { font-size: 1.15rem; font-weight: 600; }
.retire { text-decoration: line-through; }
code { overflow-wrap: anywhere; }
</style>
</head>
<body>
<h1>$title</h1>
$body
</body>
</html>
""")


def dossier_html(dossier: Dossier) -> str:
    """Write a dossier."""
    return _PAGE.substitute(title="Dossier de réponse", body="\n".join(_parts(dossier)))


def _parts(dossier: Dossier) -> Iterator[str]:
    answer = dossier.answer
    yield _note(made_line(dossier))
    yield f'<p class="question">{_literal(dossier.typed)}</p>'
    if answer.question != dossier.typed:
        yield _note(f"Question comprise : {answer.question}")
    yield _note(regime_line(answer.regime))
    yield f"<h2>{found_line(answer.outcome)}</h2>{to_html(answer.text)}"
    for sentence, is_struck, reasons in verified(answer.sentences):
        style = ' class="retire"' if is_struck else ""
        yield f"<p{style}>{_literal(sentence)}</p>{_note(reasons)}"
    for source in dossier.sources:
        yield from _source_parts(source)
    yield "<h2>Ce qui a produit cette réponse</h2>"
    yield _table(details(dossier))
    yield _files(dossier)


def _source_parts(source: Source) -> Iterator[str]:
    yield f"<h2>{_literal(source.title)}</h2>"
    yield f"<p>{_literal(source.instrument)}</p>{_note(f'{source.force}.')}"
    for quotation in source.quotations:
        yield f"<p>[{quotation.label}] {_literal(quotation.citation)}</p>"
    if source.article:
        marks = [Marked(*quotation.span) for quotation in source.quotations]
        path = " › ".join(source.article.path)
        yield f"<h3>{EXTRACT}</h3>" + (_note(path) if path else "")
        yield to_html(source.article.text, inside=[marks])
    else:
        yield _note(missing_line(source))
        yield from (to_html(q.text) for q in source.quotations)
    yield from map(_figure, source.pages)


def _figure(page: DrawnPage) -> str:
    data, line = base64.b64encode(page.png).decode(), html.escape(page_line(page.numbers))
    image = f'<img src="data:image/png;base64,{data}" alt="{line}">'
    return f"<figure>{image}<figcaption>{line}</figcaption></figure>"


def _files(dossier: Dossier) -> str:
    files = {source.file_name: source.sha256 for source in dossier.sources if source.sha256}
    return _table([(name, f"SHA-256 : {digest}") for name, digest in files.items()])


def _table(pairs: list[tuple[str, str]]) -> str:
    rows = "".join(
        f"<tr><th>{_literal(name)}</th><td><code>{_literal(value)}</code></td></tr>"
        for name, value in pairs
    )
    return f"<table>{rows}</table>" if rows else ""


def _literal(text: str) -> str:
    return html.escape(typeset(text))


def _note(text: str) -> str:
    return f'<p class="note">{_literal(text)}</p>'
