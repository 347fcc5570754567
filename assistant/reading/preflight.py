"""Look at a PDF before anything is parsed: type, size, encryption, truncation, number of pages.

pypdf is used because its own limits refuse cyclic and oversized page trees in a third of a second
(FACTS), where other parsers hang or take gigabytes.
"""

import io

from assistant.errors import UnreadableDocument

_TAIL = 1024  # bytes in which a complete file has its end mark


def check_bytes(name: str, data: bytes, *, max_megabytes: int) -> None:
    """Refuse what can be refused without parsing.

    Raises:
        UnreadableDocument: the file is empty, too large or not a PDF.
    """
    if not data:
        raise UnreadableDocument(
            name, "le fichier est vide", "Téléchargez-le ou exportez-le à nouveau."
        )
    if len(data) > max_megabytes * 1_000_000:
        raise UnreadableDocument(
            name,
            f"le fichier pèse {len(data) / 1e6:.0f} Mo, plus que les {max_megabytes} Mo admis",
            "Découpez-le, ou faites relever la limite (ASSISTANT_MAX_FILE_MEGABYTES).",
        )
    if b"%PDF-" not in data[:1024]:
        raise UnreadableDocument(
            name,
            "ce n’est pas un fichier PDF",
            "Ouvrez-le dans son logiciel d’origine et enregistrez-le au format PDF.",
        )


def count_pages(name: str, data: bytes) -> int:
    """Open the file as far as its list of pages and give their number.

    Raises:
        UnreadableDocument: it needs a password, is truncated or damaged, or has no page.
    """
    from pypdf import PdfReader  # a tenth of a second that the first screen need not wait
    from pypdf.errors import FileNotDecryptedError, PyPdfError

    truncated = b"%%EOF" not in data.rstrip(b"\0\r\n\t ")[-_TAIL:]
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            reader.decrypt("")  # opens what only restricts its owner; the rest fails below
        pages = len(reader.pages)
    except FileNotDecryptedError as error:
        raise UnreadableDocument(
            name,
            "le fichier est protégé par un mot de passe",
            "Enregistrez-en une copie sans mot de passe, puis ajoutez cette copie.",
        ) from error
    except (PyPdfError, ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        cause = "le fichier est tronqué" if truncated else "le fichier est endommagé"
        raise UnreadableDocument(
            name, cause, "Téléchargez-le à nouveau depuis sa source, en entier."
        ) from error
    if not pages:
        raise UnreadableDocument(
            name,
            "le fichier ne contient aucune page",
            "Vérifiez-le, ou demandez-en une autre copie.",
        )
    return pages
