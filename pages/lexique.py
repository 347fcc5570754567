import streamlit as st

from assistant import ui

ui.require(ui.Permission.MANAGE_DOCUMENTS)
st.title("Lexique")
st.write(
    "Ce que disent les personnes, et les mots que le texte emploie\u00a0: une question qui "
    "contient l’expression de gauche est cherchée aussi avec les mots de droite."
)
ui.add_expression()
ui.show_lexicon(ui.ask_searched())
