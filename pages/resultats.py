import streamlit as st

from assistant import ui

person = ui.require(ui.Permission.RATE)
ui.widen_page()
st.title("Résultats")
ui.show_results(person)
