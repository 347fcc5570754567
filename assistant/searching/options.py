"""What a search uses: all of it, unless the worth of a part is being measured."""

from dataclasses import dataclass, field

from assistant.searching.ranking import Weights


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """The parts of a search beside the words of the passages, and how much each weighs."""

    regime: bool = True
    """Only the instruments that govern are searched, and what names them is not searched for."""

    lookup: bool = True
    """An article that the question names by its number comes first."""

    spelling: bool = True
    """Misspelt words are searched as the texts write them too."""

    lexicon: bool = True
    """Everyday words are searched as the law says them too."""

    encoder: bool = True
    """Where an encoder is configured, its ranking is fused with that by words."""

    weights: Weights = field(default_factory=Weights)


ALL_PARTS = SearchOptions()
"""Search as people use it."""
