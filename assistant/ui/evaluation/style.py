"""What the screens of evaluation look like."""

import re
from pathlib import Path

import streamlit as st

_STYLE = Path(__file__).with_name("screens.css")

_IN_FIGURE = re.compile(r"(?<=\d) (?=\[)|(?<=;) (?=[−\d])")  # the spaces of "3,84 [3,34 ; 4,32]"


def use_style() -> None:
    """Have the style sheet of these screens apply to the page."""
    st.html(_STYLE)


def show_table(table: str) -> None:
    """Show a table as the report writes it; no figure is broken over two lines.

    Who has only a keyboard can move to it, and scroll it where the screen is narrow.
    """
    whole = _IN_FIGURE.sub("\u00a0", table)
    st.html(f'<div class="chiffres" role="region" aria-label="Tableau" tabindex="0">{whole}</div>')
