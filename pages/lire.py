import streamlit as st

from assistant import ui

ui.require(ui.Permission.ASK)
ui.widen_page()
st.title("Lire les textes")
ui.read_law()
