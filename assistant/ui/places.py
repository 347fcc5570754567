"""Where the files of the screens are."""

from pathlib import Path

HERE = Path(__file__).parent
PAGES = HERE.parents[1] / "pages"

DOCUMENTS = HERE.parents[1] / "documents"
"""Where people put their PDFs, beside the project's specimen."""
