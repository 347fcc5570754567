"""The REST API, served beside the screens."""

from assistant.api.application import create_api

__all__ = ["create_api"]
