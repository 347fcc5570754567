"""The script that Streamlit runs for each person: what stands around every page."""

import streamlit as st

from assistant.ui.identity import person
from assistant.ui.navigation import pages_for
from assistant.ui.places import HERE
from assistant.ui.session import explain_errors, services

st.set_page_config(
    page_title="Marchés publics", page_icon=HERE / "icon.svg", initial_sidebar_state="auto"
)
st.html(HERE / "style.css")
with explain_errors():
    with st.spinner("Ouverture des textes…"):
        services()
    st.navigation(pages_for(person()), position="top").run()
