"""What the endpoints are given: the services of this process, and who calls."""

from typing import Annotated

from fastapi import Depends, Request

from assistant.accounts.records import Permission, Person
from assistant.api.callers import caller
from assistant.wiring import Services


def _opened(request: Request) -> Services:
    services: Services = request.app.state.services()
    return services


Opened = Annotated[Services, Depends(_opened)]

Asker = Annotated[Person, Depends(caller(Permission.ASK))]
Rater = Annotated[Person, Depends(caller(Permission.RATE))]
Manager = Annotated[Person, Depends(caller(Permission.MANAGE_DOCUMENTS))]
Administrator = Annotated[Person, Depends(caller(Permission.ADMINISTER))]
