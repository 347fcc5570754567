"""The real decrees, where they are beside the checkout."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.settings import Settings
from assistant.wiring import Services, open_services

SHARED = Path(__file__).parents[2] / "shared/data"
DECREE_2023 = SHARED / "decret-2-22-431/decret-2-22-431-fr.pdf"
DECREE_2013 = SHARED / "decret-2-12-349/decret-2-12-349-fr-traduction.pdf"
DECREES = (DECREE_2023, DECREE_2013)


@contextmanager
def open_with_decrees(**settings: Any) -> Iterator[Services]:
    """Open the services in a folder of their own, with both decrees indexed."""
    with tempfile.TemporaryDirectory() as folder:
        services = open_services(Settings(data_dir=Path(folder), model="extractive", **settings))
        try:
            for path in DECREES:
                services.library.ingest(path.name, path.read_bytes())
            yield services
        finally:
            services.close()
