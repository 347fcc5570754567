import streamlit as st

from assistant import ui

administrator = ui.require(ui.Permission.ADMINISTER)
ui.widen_page()
st.title("Administration")
ui.show_administration(administrator)
