import streamlit as st

from assistant import ui

who = ui.require(ui.Permission.ASK)
ui.widen_page()
st.title("Poser une question")
conversation = ui.open_conversation(who)
if conversation or ui.services().library.documents():
    ui.say_if_fictional()
    scope = ui.choose_scope()
    again = ui.show_turns(who, conversation)
    suggested = None if conversation else ui.suggest_questions()
    if question := ui.ask_question() or suggested:
        ui.answer(who, conversation, question, scope)
    elif again:
        ui.answer_again(who, conversation, again)
elif not who.role.allows(ui.Permission.MANAGE_DOCUMENTS):
    st.info("Aucun texte n’est encore indexé. Demandez à un gestionnaire d’en ajouter.")
else:
    ui.offer_first_documents()
    ui.show_ingestions()
