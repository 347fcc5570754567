"""Make the project's own specimen: two fictional decrees, laid out like the Bulletin officiel.

    python documents/make_specimen.py [--output FOLDER]

The texts lie beside this script in `specimen/*.txt`; the same texts give the same bytes.
"""

import argparse
from functools import partial
from itertools import takewhile
from pathlib import Path

from specimen.drawing import draw_contents, draw_pages, measure_run, open_pdf
from specimen.lines import Measure, print_blocks
from specimen.pages import ONE_COLUMN, TWO_COLUMNS, PlacedLine, place_lines
from specimen.source import Kind, Source, read_source

HERE = Path(__file__).parent


def make_pdf(source: Source) -> bytes:
    """Print one decree: its contents, its articles in two columns, its annexe in one."""
    pdf = open_pdf(source.title)
    placed = _place_decree(source, partial(measure_run, pdf))
    draw_contents(pdf, source, placed)
    draw_pages(pdf, source, placed)
    return bytes(pdf.output())


def _place_decree(source: Source, measure: Measure) -> list[PlacedLine]:
    """Place every line of the decree; the annexe begins a page of its own."""
    body = tuple(takewhile(lambda block: block.kind is not Kind.ANNEXE, source.blocks))
    annexe = source.blocks[len(body) :]
    placed: list[PlacedLine] = []
    for blocks, columns in ((body, TWO_COLUMNS), (annexe, ONE_COLUMN)):
        lines = print_blocks(blocks, width=columns[0].width, measure=measure)
        first_page = placed[-1].page + 1 if placed else 1
        placed += place_lines(lines, columns, first_page=first_page)
    return placed


def main() -> None:
    """Write one PDF for each text."""
    parser = argparse.ArgumentParser(description="Fabrique les deux décrets fictifs du spécimen.")
    parser.add_argument("--output", type=Path, default=HERE, help="dossier où écrire les PDF")
    output = parser.parse_args().output
    for path in sorted((HERE / "specimen").glob("*.txt")):
        target = output / f"specimen-{path.stem}.pdf"
        target.write_bytes(make_pdf(read_source(path)))
        print(f"{target} : {target.stat().st_size} octets")


if __name__ == "__main__":
    main()
