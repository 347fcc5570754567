"""Commands for accounts: who has the machine can let anybody in again."""

import argparse
import json

from assistant.accounts.invitations import DAYS
from assistant.accounts.opening import open_accounts
from assistant.errors import InvalidAccount
from assistant.opening import open_database
from assistant.settings import load_settings


def invite(options: argparse.Namespace) -> int:
    """Give a new link to a person who lost their password; the application may be running."""
    settings = load_settings()
    with open_database(settings) as database:
        accounts = open_accounts(settings, database)
        people = [account.person for account in accounts.people.accounts()]
        found = next((p for p in people if p.login.casefold() == options.login.casefold()), None)
        if found is None:
            raise InvalidAccount(
                f"Personne n’a l’identifiant « {options.login} ». La page « Administration » donne "
                "la liste."
            )
        token = accounts.invitations.invite(found.id, by=accounts.people.local())
    path = f"/connexion/invitation?jeton={token}"
    if options.json:
        print(json.dumps({"login": found.login, "path": path}))
    else:
        print(f"Ouvrez cette adresse de l’assistant dans les {DAYS} jours : {path}")
    return 0
