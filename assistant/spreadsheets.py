"""Files that a spreadsheet opens."""

import re
from typing import Any

# OWASP, "CSV injection": these signs, in either width, begin a formula, and so does white space
# before them.
_FORMULA = re.compile(r"\A(?=[=+@\-\t\r\n＝＋＠－])|(?<=[\s\S][;\t\r\n])(?=\s*\"?[=+@\-＝＋＠－])")


def inert(value: Any) -> Any:
    """Give a cell's value so that a spreadsheet runs no formula that somebody wrote into it."""
    return _FORMULA.sub("'", value) if isinstance(value, str) else value
