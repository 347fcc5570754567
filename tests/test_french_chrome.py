"""Streamlit's own words: those that are translated are still where they are looked for."""

import re

import pytest

from assistant.ui.french_chrome import PAGE, SCRIPTS, STATIC


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_words_of_streamlit_that_are_translated_are_still_there(script: str) -> None:
    files = (STATIC / "static" / "js").glob(f"{script}.*.js")
    text = "\n".join(path.read_text("utf-8") for path in files)

    gone = []
    for pattern, french in SCRIPTS[script].items():  # in their order: one may hide another
        gone += [] if re.search(pattern, text) else [pattern]
        text = re.sub(pattern, french, text)
    assert gone == []


def test_the_words_of_the_page_that_are_translated_are_still_there() -> None:
    text = (STATIC / "index.html").read_text("utf-8")

    assert [pattern for pattern in PAGE if not re.search(pattern, text)] == []
