"""The French words of roles, and of the actions that the log keeps."""

import ast
import re
from collections.abc import Iterator

from assistant.accounts.records import Permission, Role
from assistant.ui.audit import ACTIONS
from assistant.ui.people import ROLES

from .conftest import ROOT

ACTION_AT = {"note": 1, "note_action": 0, "audit.note": 0}
"""What writes into the log → which of its arguments names the action."""


def actions_of(source: ast.Module) -> Iterator[str]:
    """Give the actions that a file writes into the log, also those that a variable carries."""
    for function in (f for f in ast.walk(source) if isinstance(f, ast.FunctionDef)):
        given = {argument.arg for argument in function.args.args}
        inside = list(ast.walk(function))
        kept = {ast.unparse(a.targets[0]): a.value for a in inside if isinstance(a, ast.Assign)}
        for call in (c for c in inside if isinstance(c, ast.Call)):
            place = ACTION_AT.get(ast.unparse(call.func).rpartition("accounts.")[2])
            if place is None or ast.unparse(call.args[place]) in given:
                continue  # who calls the function names the action
            said = kept.get(ast.unparse(call.args[place]), call.args[place])
            either = [said.body, said.orelse] if isinstance(said, ast.IfExp) else [said]
            yield from (str(ast.literal_eval(action)) for action in either)


def test_every_action_that_is_written_has_its_words() -> None:
    sources = (ROOT / "assistant").rglob("*.py")
    written = {action for path in sources for action in actions_of(ast.parse(path.read_bytes()))}

    assert {"signed_in", "document_sent", "person_disabled", "sign_in_closed"} <= written
    assert written <= set(ACTIONS)


def test_who_answers_what_people_send_is_said_where_roles_are() -> None:
    text = (ROOT / "assistant/ui/aide.md").read_text("utf-8")
    table = dict(re.findall(r"^\| (\w+) \| (.+) \|$", text, re.M))
    for role in (Role.ANNOTATOR, Role.MANAGER):
        assert role.allows(Permission.ANSWER)
        assert "questions transmises" in ROLES[role]
        assert "questions transmises" in table[role.value]
