"""Whatever kills an ingestion, what answers is whole: KILLS=20 for more kills of each kind."""

import multiprocessing
import os
import signal
import time
from collections import Counter
from contextlib import suppress
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from assistant.searching.lexicon_store import LexiconStore
from assistant.searching.question_keys import load_question_keys
from assistant.searching.search import Search

from .open_library import (
    ARTICLES,
    DECREE,
    ManyArticlesReader,
    OpenLibrary,
    ingest_announced,
    open_library_of,
)

KILLS = int(os.environ.get("KILLS", "3"))
SEED = os.environ.get("KILLS_SEED", "2026")
STEPS = ("began", "keys", "passages", "indexed", "published")
"""Those of an ingestion: read and kept, questions, passages, then the database, then the end."""


class Ingestion:
    """The ingestion of a file in a child process, which says when each step begins."""

    def __init__(self, folder: Path, data: bytes) -> None:
        forks = multiprocessing.get_context("forkserver")
        forks.set_forkserver_preload(["tests.open_library"])
        self._steps, theirs = forks.Pipe(duplex=False)
        self._child = forks.Process(target=ingest_announced, args=(str(folder), data, theirs))
        self._child.start()
        theirs.close()

    def wait_for(self, step: str) -> None:
        """Wait until a step begins, or the child ends."""
        with suppress(EOFError):
            while self._steps.recv() != step:
                pass

    def kill(self) -> bool:
        """Kill the child; whether it lived."""
        self._child.kill()
        self._child.join()
        self._steps.close()
        return self._child.exitcode == -signal.SIGKILL

    def time_steps(self) -> dict[str, float]:
        """Let it end; gives how long each step took, in seconds."""
        begun = []
        for step in STEPS:
            self.wait_for(step)
            begun.append(time.monotonic())
        self._child.join()
        self._steps.close()
        lengths = (end - start for start, end in pairwise(begun))
        return dict(zip(STEPS, lengths, strict=False))


def kill_somewhere(folder: Path, data: bytes, lengths: dict[str, float], chance: Random) -> bool:
    """Kill an ingestion at a random moment of a random step; whether it had not ended yet.

    One time in two the step is drawn by its length, so that every moment is as likely; else each
    is as likely, so that the short ones are hit too: the last writes, between index and database.
    """
    steps = list(lengths)
    weights = list(lengths.values()) if chance.random() < 0.5 else [1.0] * len(steps)
    step = chance.choices(steps, weights)[0]
    ingestion = Ingestion(folder, data)
    ingestion.wait_for(step)
    time.sleep(chance.uniform(0, lengths[step]))
    return ingestion.kill()


def assert_whole(opened: OpenLibrary) -> None:
    """Nothing but of published documents, all of theirs, and one version of each text."""
    published = {d.id: d for d in opened.library.documents()}
    assert opened.index.counts() == dict.fromkeys(published, ARTICLES)
    with_keys = {d.id for d in published.values() if load_question_keys(d.instrument.number)}
    assert set(opened.keys.counts()) == with_keys
    assert len(set(opened.keys.counts().values())) <= 1
    assert opened.rows() == (len(published), ARTICLES * len(published))
    searched = opened.library.searched_documents()
    found = opened.index.search(
        "délai", limit=ARTICLES * (len(published) + 1), document_ids=[d.id for d in searched]
    )
    versions = Counter(
        (r.passage.instrument, r.passage.document_id, version_of(r.passage.text)) for r in found
    )
    assert sorted(v[:2] for v in versions) == sorted((d.instrument.number, d.id) for d in searched)
    assert set(versions.values()) == {ARTICLES}
    assert len({instrument for instrument, *_ in versions}) == len(versions)


def version_of(text: str) -> str:
    return text.strip().rstrip(".").rpartition(" ")[2]


def versions_answering(opened: OpenLibrary, instrument: str) -> set[str]:
    """Search as people do, and give the versions that what is found says it is of."""
    search = Search(
        opened.library,
        opened.indexes,
        LexiconStore(opened.database),
        max_question_characters=2000,
        today=date.today,
    )
    hits = search.search("Quel est le délai ?", limit=20, within=instrument).hits
    assert len(hits) == 20
    return {version_of(text) for h in hits for text in (h.article.text, h.ranked.passage.text)}


@pytest.mark.parametrize("replaced", [False, True], ids=["ingestion", "replacement"])
def test_after_a_kill_at_any_moment_no_document_is_partial_and_no_version_double(
    tmp_path: Path, *, replaced: bool
) -> None:
    chance = Random(f"{SEED} {replaced}")
    Ingestion(tmp_path, b"9-99-999|0").time_steps()  # the first child imports for all of them
    lengths = Ingestion(tmp_path, f"{DECREE}|0".encode()).time_steps()

    killed, before = 0, "0"
    for version in range(1, KILLS + 1):
        number = DECREE if replaced else f"9-{version}-100"
        data = f"{number}|{version}".encode()
        killed += kill_somewhere(tmp_path, data, lengths, chance)
        opened = open_library_of(tmp_path, ManyArticlesReader())
        assert_whole(opened)
        if replaced:
            [answering] = versions_answering(opened, DECREE)
            assert answering in (before, str(version))
        opened.library.ingest("encore.pdf", data)
        assert_whole(opened)
        assert versions_answering(opened, number) == {str(version)}
        before = str(version)
        opened.close()

    assert killed, f"no child lived longer than it was given: {lengths}"
