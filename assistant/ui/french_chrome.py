"""Streamlit's own words, in French.

Streamlit has no translation, so the few of its scripts that carry words people meet (the upload
box, the calendar, the connection notice…) and its page are served with those words replaced. The
tables hold for the pinned version; a word that is no longer there stays in English, and a test
says so.
"""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit
from starlette.responses import Response

from assistant.ui.navigation import SCREENS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

STATIC = Path(streamlit.__file__).parent / "static"

_SIZE = r"`\$\{e\.toFixed\(n\)\}\$\{t\.toUpperCase\(\)\}`"
_FRENCH_SIZE = "e.toFixed(n).replace(`.`,`,`)+`\u00a0`+{gb:`Go`,mb:`Mo`,kb:`ko`,b:`o`}[t]"

SCRIPTS: dict[str, dict[str, str]] = {
    "FileUploader": {
        r"`Drag and drop files here`": "`Glissez vos fichiers ici`",
        r":`Upload`": ":`Choisir des fichiers`",
        r"`Add files`": "`Ajouter des fichiers`",
        r" per file`": " au plus par fichier`",
    },
    "ChatInput": {
        r"`Send message`": "`Envoyer la question`",
        r"`Stop script`": "`Arrêter la réponse`",
    },
    "DateInput": {
        r"locale:`en-US`": "locale:`fr-FR`",  # jj/mm/aaaa in the empty field
        r"`Choose date`": "`Choisir une date`",
        r"`Clear date`": "`Effacer la date`",
        r"`Use arrow keys to navigate dates. Enter to select. Escape to close.`": (
            "`Flèches pour changer de date, Entrée pour choisir, Échap pour fermer.`"
        ),
    },
    "Feedback": {
        r"`Thumbs up`": "`Réponse utile`",
        r"`Thumbs down`": "`Réponse inutile`",
    },
    "Selectbox": {
        r"`No results`": "`Aucun résultat`",
        r"`Selectbox options`": "`Choix possibles`",
        r"`Clear value`": "`Effacer`",
        r'"aria-label":`Open`': '"aria-label":`Ouvrir`',
    },
    "TextInput": {
        r"`Hide password`": "`Cacher le mot de passe`",
        r"`Show password`": "`Montrer le mot de passe`",
    },
    "Multiselect": {
        r"`Clear all`": "`Tout effacer`",
        r"`Select all`": "`Tout choisir`",
        r"`Multiselect options`": "`Choix possibles`",
        r"`Selected values`": "`Choix faits`",
        r"`No results`": "`Aucun résultat`",
        r'"aria-label":`Open`': '"aria-label":`Ouvrir`',
    },
    "useCopyToClipboard": {
        r"`Copied`:`Copy to clipboard`": "`Copié`:`Copier`",
    },
    "Toolbar": {
        r"label:`Fullscreen`": "label:`Plein écran`",
        r"label:`Close fullscreen`": "label:`Quitter le plein écran`",
    },
    "InputInstructions": {
        r"`submit form`:`apply`": "`envoyer`:`valider`",
        r"`Press \$": "`$",
        r"\+Enter to \$": "+Entrée pour $",
        r"`Press Enter to \$": "`Entrée pour $",
    },
    "index": {
        r"`Running...`": "`En cours…`",
        r"`Stopping...`:`Stop`": "`Arrêt…`:`Arrêter`",
        r'"aria-label":`Sidebar`': '"aria-label":`Menu`',
        r"`Skip to main content`": "`Aller au contenu`",
        r"`Collapse sidebar`": "`Replier le menu`",
        r"`Expand sidebar`": "`Déplier le menu`",
        r'"aria-label":`Close`': '"aria-label":`Fermer`',
        r"`Connecting`": "`Connexion`",
        r"`Connection error`": "`Connexion interrompue`",
        r"`Streamlit server is not responding. Are you connected to the internet\?`": (
            "`L’assistant ne répond plus. Vérifiez qu’il est démarré sur le serveur.`"
        ),
        r"`Is Streamlit still running\? If you accidentally stopped Streamlit, just restart it in"
        r" your terminal:`": "`L’assistant ne répond plus. Pour le redémarrer :`",
        r"`streamlit run yourscript.py`": "`make run`",
        r"`Page not found`": "`Page introuvable`",
        r"`The page that you have requested does not seem to exist`": (
            "`La page demandée n’existe pas`"
        ),
        r"Running the app's main page.`": "Voici la page d’accueil.`",
        r"`\$\{(\w+)\.flat\(\)\.length\} more`": r"`Plus (${\1.flat().length})`",  # pages
        r"`View less`:`View \$\{([\w-]+)\} more`": r"`Réduire`:`Voir ${\1} de plus`",
        r"`view less`:`view more`": "`réduire`:`voir plus`",
    },
    "StreamlitMarkdown": {
        r"`Link to heading`": "`Lien vers ce titre`",
        r"`Help`:`Help for \$": "`Aide`:`Aide\u00a0: $",
    },
    "NumberInput": {
        r'"aria-label":`Decrement`': '"aria-label":`Diminuer`',
        r'"aria-label":`Increment`': '"aria-label":`Augmenter`',
    },
    "ReorderedSegments": {  # of the calendar
        r"`Previous month`": "`Mois précédent`",
        r"`Next month`": "`Mois suivant`",
    },
    "useSyncComboBoxEnterTargetFocus": {  # what is read aloud once a list is open
        r"options`\}\)\} available\.`": "options`})} disponible(s).`",
    },
    "ArrowVegaLiteChart": {
        r"label:`Show data`": "label:`Voir les données`",
        r"label:`Show chart`": "label:`Voir le graphique`",
        r"label:`Download as PNG`": "label:`Télécharger en PNG`",
        r"`Copied!`:`Copy Vega-Lite spec`": "`Copié`:`Copier la description Vega-Lite`",
    },
    "DataFrame": {  # the criteria of a campaign
        r"`Add row`": "`Ajouter une ligne`",
        r"`Delete row\(s\)`": "`Supprimer les lignes`",
        r"`Clear selection`": "`Ne plus rien choisir`",
        r"`Sort ascending`": "`Trier en montant`",
        r"`Sort descending`": "`Trier en descendant`",
        r"`Autosize`": "`Ajuster la largeur`",
        r"`Pin column`": "`Figer la colonne`",
        r"`Unpin column`": "`Libérer la colonne`",
        r"`Hide column`": "`Cacher la colonne`",
        r"`Copy column name`": "`Copier le nom de la colonne`",
        r"`Type to search`": "`Mots à chercher`",
        r"label:`Download as CSV`": "label:`Télécharger en CSV`",
        r"label:`Show/hide columns`": "label:`Choisir les colonnes`",
        r"label:`Search`": "label:`Chercher`",
    },
    "utils": {
        _SIZE: _FRENCH_SIZE,
        r"`File must be (\$\{\$\(\w+,`b`\)\}) or smaller.`": r"`Ce fichier dépasse \1.`",
        r"`Choose options`:`Choose an option`": "`Choisissez`:`Choisissez`",
        r"`file upload`": "`Choix des fichiers`",
        r"`Cancel upload of \$": "`Annuler l’envoi de $",
        r"`Remove \$\{e.name\}": "`Retirer ${e.name}",
    },
}
"""Start of a script's file name → pattern → French."""

PAGE = {
    r'<html lang="en">': '<html lang="fr">',
    r"<title>Streamlit</title>": "<title>Marchés publics</title>",
    r"You need to enable JavaScript to run this app.": "Activez JavaScript pour cette application.",
}

_SCRIPT_PATH = re.compile(r"/static/js/([\w.-]+\.js)$")
_PAGE_PATH = re.compile(rf"/({'|'.join(screen.name for screen in SCREENS)})?")


class FrenchChrome:
    """Answers for the scripts and the page that have a translation; lets the rest through."""

    def __init__(self, app: "ASGIApp") -> None:
        self._app = app

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Serve one request."""
        if scope["type"] == "http" and scope["method"] == "GET":
            response = _translated(scope["path"])
            if response:
                await response(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _translated(path: str) -> Response | None:
    """Give the French page or script that stands at a path, or None when there is none."""
    if _PAGE_PATH.fullmatch(path):
        headers = {"cache-control": "no-cache"}
        return Response(translate_page(), media_type="text/html", headers=headers)
    script = _SCRIPT_PATH.fullmatch(path)
    text = translate_script(script[1]) if script else None
    if text is None:
        return None
    headers = {"cache-control": "public, max-age=86400"}
    return Response(text, media_type="text/javascript", headers=headers)


@cache
def translate_page() -> str:
    """Give Streamlit's page in French."""
    return _replace((STATIC / "index.html").read_text("utf-8"), PAGE)


@cache
def translate_script(name: str) -> str | None:
    """Give a script of Streamlit in French, or None when none of its words is known."""
    path = STATIC / "static" / "js" / name
    table = SCRIPTS.get(name.partition(".")[0])
    return _replace(path.read_text("utf-8"), table) if table and path.is_file() else None


def _replace(text: str, table: dict[str, str]) -> str:
    for pattern, french in table.items():
        text = re.sub(pattern, french, text)
    return text
