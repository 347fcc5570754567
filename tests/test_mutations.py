"""Bytes of the real decree changed at random: each file is read or refused, and nothing else.

A file takes seconds, so the gate tries a few; `make fuzz` tries 500 (`MUTATIONS=`).
"""

import os
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assistant.errors import UnreadableDocument
from assistant.reading.reading import read_pdf
from assistant.records import Reading

EXAMPLES = int(os.environ.get("MUTATIONS", "8"))

places = st.floats(0, 1, exclude_max=True)
changes = st.lists(
    st.tuples(
        places, st.sampled_from(["replace", "delete", "insert", "copy"]), st.binary(max_size=40)
    ),
    min_size=1,
    max_size=30,
)


def mutate(data: bytes, wanted: list[tuple[float, str, bytes]]) -> bytes:
    """Apply changes, each at a share of the length of what the file has become."""
    changed = bytearray(data)
    for share, kind, new in wanted:
        at = int(share * len(changed))
        match kind:
            case "replace":
                changed[at : at + len(new)] = new
            case "delete":
                del changed[at : at + 50 * len(new)]
            case "insert":
                changed[at:at] = new
            case "copy":
                changed[at:at] = changed[at // 2 : at // 2 + 50 * len(new)]
    return bytes(changed)


def read_or_refuse(data: bytes) -> Reading | str:
    try:
        return read_pdf("décret.pdf", data, max_pages=250, max_megabytes=50)
    except UnreadableDocument as refusal:
        return str(refusal)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],  # one failure is enough: shrinking would take hours
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(wanted=changes)
def test_a_damaged_decree_is_read_or_refused(
    shared_data: Path, wanted: list[tuple[float, str, bytes]]
) -> None:
    data = (shared_data / "decret-2-22-431/decret-2-22-431-fr.pdf").read_bytes()

    outcome = read_or_refuse(mutate(data, wanted))

    if isinstance(outcome, Reading):
        assert outcome.articles
    else:
        assert "« décret.pdf »" in outcome.replace("\u00a0", " ")
