"""The script that Streamlit runs for each person: what stands around every page."""

import streamlit as st

from assistant.ui.places import HERE, PAGES
from assistant.ui.session import explain_errors, services

st.set_page_config(
    page_title="Marchés publics", page_icon=HERE / "icon.svg", initial_sidebar_state="collapsed"
)
st.html(HERE / "style.css")
page = st.navigation(
    [
        st.Page(
            PAGES / "poser_une_question.py",
            title="Poser une question",
            icon=":material/forum:",
            default=True,
        ),
        st.Page(PAGES / "documents.py", title="Documents", icon=":material/library_books:"),
        st.Page(PAGES / "lexique.py", title="Lexique", icon=":material/translate:"),
        st.Page(PAGES / "evaluation.py", title="Évaluation", icon=":material/rate_review:"),
        st.Page(PAGES / "aide.py", title="Aide", icon=":material/help:"),
    ],
    position="top",
)
with explain_errors():
    with st.spinner("Ouverture des textes…"):
        services()
    page.run()
