"""Doubts about the sentences a model wrote: plain code, each one kept and shown.

labels → sentences → what each of them has of its source: references, figures, limits, negations,
obligations, words. Every check is a function of a sentence and of what it cites; none repairs.
"""

from assistant.answering.checks.draft import read_draft
from assistant.answering.checks.sources import Shown

__all__ = ["Shown", "read_draft"]
