import streamlit as st

from assistant import ui

ui.require(ui.Permission.ASK)
st.title("Aide")
st.markdown(ui.help_text())
