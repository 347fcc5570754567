import os
import subprocess
import sys
from pathlib import Path

from assistant.settings import Settings
from assistant.wiring import open_services

ROOT = Path(__file__).parents[1]
HEAVY = ("llama_index", "torch", "transformers", "pandas", "scipy", "sklearn", "qdrant_client")

OPENED = f"""
import sys
import streamlit_app
from assistant.ui.session import services
documents = services().library.documents()
print(len(documents), [name for name in {HEAVY} if name in sys.modules])
services.close()
"""


def test_what_takes_long_to_import_is_not_waited_for_by_the_first_screen(
    tmp_path: Path, specimens: list[Path]
) -> None:
    settings = Settings(data_dir=tmp_path, model="extractive")
    indexed = open_services(settings)
    indexed.library.ingest(specimens[0].name, specimens[0].read_bytes())
    indexed.close()
    environment = os.environ | {
        "ASSISTANT_DATA_DIR": str(tmp_path),
        "ASSISTANT_MODEL": "extractive",
        "ASSISTANT_ACCOUNTS": "off",
    }

    child = subprocess.run(
        [sys.executable, "-c", OPENED],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert child.stdout.strip() == "1 []"
