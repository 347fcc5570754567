"""`streamlit run streamlit_app.py` serves the screens and the API in one process.

So one process owns the embedded index, the database and the model.
"""

import gc

gc.disable()  # what is imported stays: searching it for garbage took a tenth of the start

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount

from assistant.ui.french_chrome import FrenchChrome
from assistant.ui.gate import Gate
from assistant.ui.later import Later, prepare_later, put_aside
from assistant.ui.lifetime import lifetime
from assistant.ui.session import services, show_error
from assistant.ui.sign_in import sign_in_routes

if TYPE_CHECKING:
    from starlette.types import ASGIApp


def create_api() -> "ASGIApp":
    """Build the API, whose imports the first screen does not wait for."""
    from assistant.api import create_api

    return create_api(services)


api = Later(create_api)
app = st.App(
    Path(__file__).parent / "assistant" / "ui" / "shell.py",
    lifespan=lifetime,
    routes=[Mount("/api", api), *sign_in_routes(services)],
    middleware=[Middleware(Gate, services), Middleware(FrenchChrome)],
    on_script_error=show_error,
)
services.on_open = lambda: prepare_later(api.prepare, lambda: services().prepare(), put_aside)

gc.freeze()
gc.enable()
