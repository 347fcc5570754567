import streamlit as st

from assistant import ui

administrator = ui.require(ui.Permission.ADMINISTER)
ui.widen_page()
st.title("Campagnes d’évaluation")
ui.show_campaigns(administrator)
