import streamlit as st

from assistant import ui

who = ui.require(ui.Permission.ANSWER)
st.title("Questions transmises")
st.write(
    "Les questions auxquelles les textes n’ont pas répondu, et que des personnes ont transmises. "
    "Répondez avec l’article qui le dit, ou dites que les textes ne règlent pas ce point."
)
ui.show_human_questions(who, ui.choose_standing())
