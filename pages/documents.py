import streamlit as st

from assistant import ui

ui.require(ui.Permission.MANAGE_DOCUMENTS)
st.title("Documents")
st.write(
    "Ajoutez les textes que l’assistant doit connaître\u00a0: décrets, arrêtés, règlements de "
    "consultation… Chacun est lu, découpé en articles, puis consultable dans les questions."
)
ui.upload_files()
if waiting := ui.files_not_indexed():
    names = ", ".join(f"«\u00a0{file.name}\u00a0»" for file in waiting)
    st.text(f"Dans le dossier documents/\u00a0: {names}")
    st.button(
        "Indexer les fichiers du dossier documents/",
        icon=":material/folder_open:",
        on_click=ui.submit,
        args=(waiting,),
        disabled=ui.any_running(),
    )
ui.show_ingestions()
ui.show_documents()
