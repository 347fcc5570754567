"""What an answer has to do with the cache (apart from it: its vendors take seconds to import)."""

from enum import Enum, auto


class CacheUse(Enum):
    """What an answer has to do with the cache."""

    NORMAL = auto()  # given from it, or kept in it
    REFRESH = auto()  # written anew, and kept in the place of what it holds
    NONE = auto()
