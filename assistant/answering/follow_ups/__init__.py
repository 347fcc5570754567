"""A question that leans on those before it, completed into one that stands by itself."""

from assistant.answering.follow_ups.completing import AskedBefore, Completion, complete

__all__ = ["AskedBefore", "Completion", "complete"]
