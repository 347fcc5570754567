"""The command line: `python -m assistant …`. It shares all its code with the screens."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from assistant import __version__
from assistant.errors import AssistantError, report_bug

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit status: 0, or 1 when something failed."""
    options = _parser().parse_args(arguments)
    try:
        return _command(options.command)(options)
    except AssistantError as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of a pipe left: nobody to tell
    except Exception as error:  # noqa: BLE001 - the one place that catches bugs
        print(report_bug(error), file=sys.stderr)
    return 1


def _command(name: str) -> Command:
    """Give the function of a command: `--help` must not wait for what it imports."""
    if name == "models":
        from assistant import model_commands

        return model_commands.models
    from assistant import commands

    command: Command = getattr(commands, name)
    return command


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m assistant",
        description="Assistant documentaire des marchés publics : "
        "des réponses tirées des textes, avec leurs sources.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(title="commandes", required=True, metavar="COMMANDE")
    _add_document_commands(commands)
    _add_question_commands(commands)
    _add_evaluation_commands(commands)
    invite = _add(commands, "invite", "donner un lien d’accès à qui a perdu son mot de passe")
    invite.add_argument("login", metavar="IDENTIFIANT")
    _add_model_commands(commands)
    return parser


def _add_document_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    ingest = _add(commands, "ingest", "lire et indexer des fichiers PDF, ou ceux d’un dossier")
    ingest.add_argument("paths", nargs="+", type=Path, metavar="CHEMIN")
    _add(commands, "documents", "lister les documents indexés")
    remove = _add(commands, "remove", "supprimer un document et ses passages")
    remove.add_argument("document_id", metavar="IDENTIFIANT")
    migrate = _add(commands, "migrate", "copier l’index embarqué vers un serveur Qdrant")
    migrate.add_argument("url", metavar="URL", help="par exemple http://serveur:6333")
    articles = _add(commands, "articles", "lister les articles d’un texte")
    articles.add_argument("instrument", metavar="TEXTE", help="son numéro, par exemple 2-22-431")
    article = _add(commands, "article", "afficher un article d’un texte")
    article.add_argument("instrument", metavar="TEXTE", help="son numéro, par exemple 2-22-431")
    article.add_argument("number", metavar="NUMÉRO", help="36, « 4 bis », annexe-1, preambule")


def _add_question_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    search = _add(commands, "search", "chercher les articles qui répondent à une question")
    search.add_argument("-k", type=_positive, default=10, help="nombre d’articles (10 par défaut)")
    ask = _add(commands, "ask", "poser une question")
    ask.add_argument(
        "--no-cache",
        action="store_true",
        help="faire rédiger une nouvelle réponse, qui remplace la réponse en cache",
    )
    for asking in (search, ask):
        asked = asking.add_mutually_exclusive_group(required=True)
        asked.add_argument("question", nargs="?", metavar="QUESTION")
        asked.add_argument(
            "--batch", type=Path, metavar="FICHIER", help="fichier JSONL de questions"
        )
        asking.add_argument("--within", metavar="TEXTE", help="chercher dans ce seul texte")
        asking.add_argument(
            "--launched",
            type=_iso_date,
            metavar="AAAA-MM-JJ",
            help="date de lancement de la procédure",
        )


_MEASURED = {
    "retrieval": "les articles trouvés",
    "answers": "les réponses, et ce qu’elles citent",
    "conversations": "les questions de suite",
    "regression": "les questions confirmées, dont la réponse aurait changé",
}


def _add_evaluation_commands(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    evaluate = _add(commands, "evaluate", "mesurer l’assistant sur des questions")
    parts = evaluate.add_subparsers(dest="what", required=True, metavar="QUOI")
    for name, text in _MEASURED.items():
        part = parts.add_parser(name, help=text)
        part.set_defaults(ablate=False)
        part.add_argument(  # where it stands does not matter
            "--json",
            action="store_true",
            default=argparse.SUPPRESS,
            help="sortie lisible par une machine",
        )
        if name != "regression":
            part.add_argument("files", nargs="+", type=Path, metavar="FICHIER")
    parts.choices["retrieval"].add_argument(
        "--ablate",
        action="store_true",
        help="mesurer aussi la recherche privée tour à tour de chacune de ses parties",
    )
    export = _add(
        commands,
        "export",
        "exporter les notes des annotateurs (hors campagnes), "
        "ou les réponses relues des campagnes closes",
    )
    export.add_argument("what", choices=["ratings", "reviewed"])
    export.add_argument(
        "--format",
        choices=["jsonl", "csv"],
        default="jsonl",
        help="« reviewed » n’a que le JSONL",
    )
    _add_campaign_commands(_add(commands, "campaigns", "suivre les campagnes d’évaluation"))


def _add_campaign_commands(campaigns: argparse.ArgumentParser) -> None:
    parts = campaigns.add_subparsers(dest="what", required=True, metavar="ACTION")
    parts.add_parser("list", help="lister les campagnes et leur avancement")
    export = parts.add_parser("export", help="écrire les notes d’une campagne")
    export.add_argument("--format", choices=["jsonl", "csv"], default="jsonl")
    report = parts.add_parser("report", help="écrire le rapport HTML d’une campagne")
    report.add_argument("-o", "--output", type=Path, metavar="FICHIER", help="au lieu de l’écran")
    answer = parts.add_parser(
        "answer",
        help="faire répondre l’assistant, réglé comme il l’est, aux questions d’un fichier",
    )
    for one in (export, report, answer):
        one.add_argument("number", type=_positive, metavar="NUMÉRO", help="voir « list »")
    answer.add_argument("file", type=Path, metavar="FICHIER", help="CSV ou JSONL")
    answer.add_argument("--name", required=True, metavar="NOM", help="de la configuration")


def _add_model_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    models = commands.add_parser("models", help="lister les modèles de langue, en télécharger un")
    models.set_defaults(command="models")
    actions = models.add_subparsers(title="actions", required=True, dest="what", metavar="ACTION")
    _add(actions, "list", "lister les modèles de cette machine, et dire lequel est chargé")
    fetch = _add(actions, "fetch", "télécharger un modèle, ou ce qui lui manque")
    fetch.add_argument("name", metavar="NOM", help="par exemple meta-llama/Llama-2-7b-chat-hf")
    for action in actions.choices.values():
        action.set_defaults(command="models")


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, text: str
) -> argparse.ArgumentParser:
    """Add a command, run by the function of the same name in `commands`."""
    parser = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    parser.add_argument("--json", action="store_true", help="sortie lisible par une machine")
    parser.set_defaults(command=name)
    return parser


def _iso_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"« {text} » n’est pas une date de la forme AAAA-MM-JJ"
        raise argparse.ArgumentTypeError(message) from None


def _positive(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre entier positif")
    return int(text)
