"""The labels of a sentence: "[1]", "[1, 2]", "[Extrait 3]", "(source 1)"."""

import re

_NUMBERS = r"(\d{1,3}(?:\s*(?:[,;–-]|et)\s*\d{1,3})*)"
_LABELS = re.compile(
    rf"[\[【]\s*(?:extraits?|sources?|passages?)?\s*(?:n°\s*)?{_NUMBERS}\s*[\]】]"
    rf"|\(\s*(?:extraits?|sources?|passages?)\s*(?:n°\s*)?\[?{_NUMBERS}\]?\s*\)",
    re.IGNORECASE,
)
_GROUP = r"(?:[\[【][^\]】\n]{1,20}[\]】]|\((?:extrait|source|passage)[^)\n]{1,20}\))"
_BETWEEN = re.compile(rf"(?<=[\]】)])\s*(?:[,;]|et)\s*(?={_GROUP})", re.IGNORECASE)
_AFTER_STOP = re.compile(rf"([.!?;][»”\"]?)\s*((?:{_GROUP}\s*)+)", re.IGNORECASE)


def gather_labels(text: str) -> str:
    """Put the labels that come after the end of a sentence before it: "… jours. [2]"."""
    return _AFTER_STOP.sub(r" \2\1 ", _BETWEEN.sub("", text))


def read_labels(sentence: str) -> tuple[int, ...]:
    """Give the labels of a sentence, each once, in order."""
    groups = (found[1] or found[2] for found in _LABELS.finditer(sentence))
    return tuple(dict.fromkeys(number for group in groups for number in _numbers(group)))


def without_labels(sentence: str) -> str:
    """Give a sentence as it is shown: without labels, nor the spaces they leave."""
    return re.sub(r"\s+([.!?;,])", r"\1", " ".join(_LABELS.sub(" ", sentence).split()))


def _numbers(group: str) -> list[int]:
    """Read "1, 2" and "1-3" as the labels they stand for."""
    numbers: list[int] = []
    for first, last in re.findall(r"(\d+)(?:\s*[–-]\s*(\d+))?", group):
        numbers += range(int(first), int(last or first) + 1)
    return numbers
