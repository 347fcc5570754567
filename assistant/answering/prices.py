"""What a model costs: by the prices that somebody set, and by none that is guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.answer_records import Tokens

_MILLION = 1_000_000

Price = tuple[float, float]
"""For a million tokens that a model reads, and for a million that it writes."""


@dataclass(frozen=True, slots=True)
class Prices:
    """The prices of models, by name: as the screens show it, or without what stands in brackets."""

    by_model: Mapping[str, Price] = field(default_factory=dict)
    currency: str = ""

    def cost(self, model: str, tokens: Tokens | None) -> float | None:
        """Give what tokens cost; None where no price is set, or they were not counted."""
        price = self.by_model.get(model) or self.by_model.get(model.rpartition(" (")[0])
        if price is None or tokens is None:
            return None
        return (tokens.prompt * price[0] + tokens.answer * price[1]) / _MILLION
