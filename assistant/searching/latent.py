"""Words as vectors: near are those that are said of the same paragraphs, in whatever language.

Latent semantic indexing (Deerwester et al. 1990) across languages (Dumais et al. 1997): a document
is a paragraph of a decree with the question keys, French, English and Arabic, that it answers.
"boîte" comes near "entreprise", "bid bond" near "cautionnement provisoire". `latent.npz` is made by
`scripts.fit_latent`; nothing else is learnt or downloaded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Self, get_args

import numpy as np
import numpy.typing as npt

from assistant.searching.lexical import StemLanguage

Vector = npt.NDArray[np.float32]

FILE = Path(__file__).with_name("latent.npz")
LANGUAGES: tuple[StemLanguage, ...] = get_args(StemLanguage)
"""Those of the stems, by the number that the file has for them."""

_LEVELS = 127
"""Of a component, kept in one byte as a share of the largest of its stem."""


@dataclass(frozen=True, slots=True)
class LatentSpace:
    """A vector for each stem that enough paragraphs have, as long as the stem is rare."""

    rows: Mapping[tuple[StemLanguage, int], int]
    vectors: npt.NDArray[np.float32]  # stems × dimensions

    def vector(self, stems: Iterable[int], language: StemLanguage) -> Vector:
        """Give the direction of a text, of length 1; 0 for one without a stem that is known."""
        rows = [row for stem in stems if (row := self.rows.get((language, stem))) is not None]
        total = self.vectors[rows].sum(axis=0)
        length = np.linalg.norm(total)
        return np.asarray(total / length if length else total, np.float32)

    def save(self, path: Path) -> None:
        """Keep it, each component in one byte."""
        largest = np.abs(self.vectors).max(axis=1)
        np.savez_compressed(
            path,
            languages=np.array([LANGUAGES.index(language) for language, _ in self.rows], np.uint8),
            stems=np.array([stem for _, stem in self.rows], np.int64),
            largest=largest.astype(np.float32),
            shares=np.rint(self.vectors / largest[:, None] * _LEVELS).astype(np.int8),
        )

    @classmethod
    def load(cls, path: Path) -> Self:
        """Give what was saved."""
        with np.load(path) as file:
            named = zip(file["languages"].tolist(), file["stems"].tolist(), strict=True)
            rows = {(LANGUAGES[language], stem): row for row, (language, stem) in enumerate(named)}
            vectors = file["shares"].astype(np.float32) * (file["largest"][:, None] / _LEVELS)
        return cls(rows, vectors)


@cache
def latent_space() -> LatentSpace:
    """Give the space that comes with the assistant."""
    return LatentSpace.load(FILE)
