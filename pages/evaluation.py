import streamlit as st

from assistant import ui

ui.require(ui.Permission.RATE)
ui.widen_page()
st.title("Évaluation")
st.write("Notez les réponses données par l’assistant, une à une, selon quatre critères de 1 à 5.")
annotator = ui.ask_annotator()
with st.container():  # what stands below keeps its place when an answer goes
    if not annotator:
        st.info("Indiquez votre nom pour commencer\u00a0: il accompagne vos notes.")
    else:
        ui.show_progress(annotator)
        if answer := ui.next_answer(annotator):
            ui.show_answer_to_rate(answer)
            ui.ask_rating(answer, annotator)
ui.offer_export()
