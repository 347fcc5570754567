import streamlit as st

from assistant import ui

person = ui.require(ui.Permission.RATE)
ui.widen_page(84)
st.title("Évaluation")
ui.show_evaluation(person)
