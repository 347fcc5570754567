"""What pages share."""

from assistant.accounts.records import Permission
from assistant.ui.account import show_account
from assistant.ui.administration import show_administration
from assistant.ui.conversation import answer, answer_again, ask_question, show_turns
from assistant.ui.conversations import open_conversation
from assistant.ui.evaluation.campaigns import show_campaigns
from assistant.ui.evaluation.results import show_results
from assistant.ui.evaluation.screen import show_evaluation
from assistant.ui.first_minute import (
    files_not_indexed,
    offer_first_documents,
    say_if_fictional,
    suggest_questions,
)
from assistant.ui.help import help_text
from assistant.ui.human_questions import choose_standing, show_human_questions
from assistant.ui.identity import person, require, signed_in
from assistant.ui.ingestions import any_running, show_ingestions, submit, upload_files
from assistant.ui.law_reader import read_law
from assistant.ui.lexicon import add_expression, ask_searched, show_lexicon
from assistant.ui.scope import choose_scope
from assistant.ui.session import explain_errors, services
from assistant.ui.shelf import show_documents
from assistant.ui.widths import widen_page

__all__ = [
    "Permission",
    "add_expression",
    "answer",
    "answer_again",
    "any_running",
    "ask_question",
    "ask_searched",
    "choose_scope",
    "choose_standing",
    "explain_errors",
    "files_not_indexed",
    "help_text",
    "offer_first_documents",
    "open_conversation",
    "person",
    "read_law",
    "require",
    "say_if_fictional",
    "services",
    "show_account",
    "show_administration",
    "show_campaigns",
    "show_documents",
    "show_evaluation",
    "show_human_questions",
    "show_ingestions",
    "show_lexicon",
    "show_results",
    "show_turns",
    "signed_in",
    "submit",
    "suggest_questions",
    "upload_files",
    "widen_page",
]
