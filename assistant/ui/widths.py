"""How wide a page is."""

import streamlit as st


def widen_page(rem: int = 72) -> None:
    """Give a page room for a text and its printed page side by side, where the screen has it."""
    st.html(
        "<style>[data-testid=stMainBlockContainer], [data-testid=stBottomBlockContainer]"
        f"{{max-width: {rem}rem}}</style>"
    )
