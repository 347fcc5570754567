import streamlit as st

from assistant import ui

person = ui.require(ui.Permission.ASK)
st.title("Mon compte")
ui.show_account(person)
