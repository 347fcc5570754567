"""What others wrote → quoted material for a model: nothing in it opens, closes or commands.

Passages come from files that anyone may upload, and go to models whose control words we do not
know: an engine behind a URL turns `<|im_start|>` into a control token by itself. So whatever has
the form of a control word is written so that a person still reads it. Only what a model is given
is changed: articles and questions are stored and shown as they were written.
"""

import re

_LEFT, _RIGHT = "<＜﹤‹〈⟨〈˂", ">＞﹥›〉⟩〉˃"
_OPEN, _CLOSE = r"\[［【⟦", r"\]］】⟧"  # … for [ and ]

_UNSEEN = re.compile(  # a reader does not see them, and a model may read words in them
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
_TAG = re.compile(rf"[{_LEFT}]+(?=\S)([^{_LEFT}{_RIGHT}\n]{{1,300}})(?<=\S)[{_RIGHT}]+")
"""`<s>`, `</s>`, `<<SYS>>`, `<|eot_id|>`, `<start_of_turn>`, and HTML."""
_MARK = re.compile(rf"[{_OPEN}](/?[A-Za-z_]*[A-Z]{{2}}[A-Za-z_]*)[{_CLOSE}]")
"""`[INST]`, `[/INST]`, `[TOOL_CALLS]`, `[gMASK]`."""
_LABEL = re.compile(
    rf"[{_OPEN}]\s*((?:extraits?|sources?)?\s*\d[\d\s,;–-]*)[{_CLOSE}]",
    re.IGNORECASE,
)
"""`[1]`: how our prompt numbers its passages, and an answer its sources."""
_FENCES = (
    (re.compile(rf"[{_LEFT}](?:\s*[{_LEFT}])+"), "«"),
    (re.compile(rf"[{_RIGHT}](?:\s*[{_RIGHT}])+"), "»"),
)


def quote(text: str) -> str:
    """Write a text so that no control word, no label and no end of a quotation is left in it.

    `[/INST]` becomes `( /INST )`, `[1]` becomes `(1)`, `>>>` becomes `»`.
    """
    text = _UNSEEN.sub("", text)
    text = _TAG.sub(_in_parentheses, text)
    text = _MARK.sub(_in_parentheses, text)
    text = _LABEL.sub(r"(\1)", text)
    for fence, written in _FENCES:
        text = fence.sub(written, text)
    return text


def quote_line(text: str) -> str:
    """Quote a text on one line: a question must not look like several parts of the prompt."""
    return " ".join(quote(text).split())


def _in_parentheses(found: re.Match[str]) -> str:
    return f"( {found[1].strip('|｜ ')} )"
