"""Places inside an article: "b) et c) du paragraphe 2 du I", as paths from outer to inner.

place  := "paragraphe" labels | ordinals "alinéa" | labels
chain  := place ("du" place)*                   what follows "du" stands around what precedes
places := chain (("," | "et" | "ou") "au" chain)*
"""

from dataclasses import replace
from itertools import product

from assistant.reading.grammar.connectors import determiner, separator
from assistant.reading.grammar.labels import (
    PLACE_WORDS,
    Label,
    Paths,
    closes_label,
    read_labels,
    read_ordinals,
)
from assistant.reading.grammar.tokens import Tokens


def read_places(tokens: Tokens, at: int) -> tuple[list[Paths], int] | None:
    """Read chains joined by "et", "ou" and commas, one list of paths for each."""
    read = _read_chain(tokens, at)
    if read is None:
        return None
    chains, end = [read[0]], read[1]
    while (after := separator(tokens, end)) is not None:
        following = _read_chain(tokens, determiner(tokens, after))
        if following is None:
            break
        chains.append(following[0])
        end = following[1]
    return _complete(chains), end


def read_inner_places(tokens: Tokens, at: int) -> tuple[Paths, int] | None:
    """Read "paragraphe 3, alinéa 2", which follows an article's number: from outer to inner."""
    paths, end = [()], at  # type: tuple[Paths, int]
    while True:
        after = end + (tokens[end].text in (",", "-"))
        bare = tokens[end].text != ","
        read = _read_chain(tokens, after, juxtaposed=False)
        if read is None or not (read[0][0][0].word or (bare and _fits_bare(tokens, end, read[0]))):
            break
        paths, end = [out + inner for out, inner in product(paths, read[0])], read[1]
    return (paths, end) if end > at else None


def _fits_bare(tokens: Tokens, at: int, paths: Paths) -> bool:
    """Whether labels without a word belong to the number before: "28-I-A", "28 b)", not "28 A"."""
    label = paths[0][0]
    touches = tokens[at].text == "-" and tokens[at].start == tokens[at - 1].end
    return label.marked or (touches and label.text.isalpha() and label.text.isupper())


def _read_chain(tokens: Tokens, at: int, *, juxtaposed: bool = True) -> tuple[Paths, int] | None:
    read = _read_place(tokens, at)
    if read is None:
        return None
    paths, end = read
    while (outer := _read_outer(tokens, end, paths[0][0], juxtaposed=juxtaposed)) is not None:
        falls = (
            tokens[end].word not in ("du", "de", "des") and outer[0][0][0].rank > paths[0][0].rank
        )
        pairs = product(outer[0], paths)
        paths = [inner + around if falls else around + inner for around, inner in pairs]
        end = outer[1]
    return paths, end


def _read_outer(
    tokens: Tokens, at: int, inner: Label, *, juxtaposed: bool
) -> tuple[Paths, int] | None:
    """Read the place around another: "du I", ", paragraphe 1", "paragraphe 1)"."""
    after = at + (tokens[at].text == ",")
    past = after
    if tokens[past].word in ("du", "de", "des"):
        past = determiner(tokens, past)
    read = _read_place(tokens, past)
    if read is None or read[0][0][0].kind == inner.kind:
        return None
    outer = read[0][0][0]
    if past == after and not (juxtaposed and outer.word):
        return None  # "b) c)" and "alinéa 2, 3)" are not places inside one another
    fits = outer.word or outer.marked or closes_label(tokens, read[1])
    return read if fits else None


def _read_place(tokens: Tokens, at: int) -> tuple[Paths, int] | None:
    if (word := PLACE_WORDS.get(tokens[at].word)) is not None:
        after = at + 1 + (tokens[at + 1].text == ".")
        after += tokens[after].kind == "sign"
        read = read_labels(tokens, after, worded=True)
    else:
        read = read_ordinals(tokens, at)
        if read is not None:
            word, read = PLACE_WORDS[tokens[read[1]].word], (read[0], read[1] + 1)
        else:
            read = read_labels(tokens, at, worded=False)
    if read is None:
        return None
    return [(replace(path[0], word=word), *path[1:]) for path in read[0]], read[1]


def _complete(chains: list[Paths]) -> list[Paths]:
    """Give each chain what stands around a later one of its kind.

    "du 1 du A et du B du II" is 1 of A of II and B of II; "1 du A du I et 1 du II" stays.
    """
    completed = [chains[-1]]
    for paths in reversed(chains[:-1]):
        following = completed[0][0]
        kinds = [label.kind for label in following]
        depth = kinds.index(paths[0][0].kind) if paths[0][0].kind in kinds else 0
        completed.insert(0, [following[:depth] + path for path in paths])
    return completed
