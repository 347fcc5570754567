"""An assistant that answers from public-procurement law and cites its sources."""

__version__ = "0.1.0"
