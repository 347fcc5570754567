import streamlit as st

from assistant import ui

st.title("Aide")
st.markdown(ui.help_text())
