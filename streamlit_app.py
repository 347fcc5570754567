"""`streamlit run streamlit_app.py` serves the screens and the API in one process.

So one process owns the embedded index, the database and the model.
"""

import gc
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount

from assistant.api import create_api
from assistant.ui.french_chrome import FrenchChrome
from assistant.ui.gate import Gate
from assistant.ui.session import services, show_error
from assistant.ui.sign_in import sign_in_routes

app = st.App(
    Path(__file__).parent / "assistant" / "ui" / "shell.py",
    routes=[Mount("/api", create_api(services)), *sign_in_routes(services)],
    middleware=[Middleware(Gate, services), Middleware(FrenchChrome)],
    on_script_error=show_error,
)


def put_aside() -> None:
    """Put what stays to the end out of the way of the search for garbage.

    Streamlit searches all that lives after each run of a page: most of what a page cost. What is
    already garbage must go before, or it would stay: 300 MB with both decrees.
    """
    gc.collect()
    gc.freeze()


services.on_open = put_aside
