"""Other people's text as HTML: literal, and marked without ever crossing tags."""

import html
import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from assistant.typesetting import Marked, to_html, typeset

TEXT = "Le délai <b>est</b> de soixante jours.\nIl court."
LINK = Marked(3, 8, '<a href="?a=1&amp;b=2">', "</a>")


def marks(*spans: tuple[int, int]) -> list[Marked]:
    return [Marked(*span) for span in spans]


def test_a_text_is_shown_literally_and_its_quotation_marked() -> None:
    assert to_html(TEXT, (3, 8)) == (
        "<p>Le <mark>délai</mark> &lt;b&gt;est&lt;/b&gt; de soixante jours.</p><p>Il court.</p>"
    )


def test_a_word_within_a_quotation_is_marked_within_its_mark() -> None:
    word = [Marked(3, 8, '<mark class="mot">')]

    assert to_html("Le délai court.", (0, 8), inside=[word]) == (
        '<p><mark>Le <mark class="mot">délai</mark></mark> court.</p>'
    )


def test_what_crosses_the_edge_of_a_quotation_is_cut_there() -> None:
    assert to_html("Le délai court.", (0, 5), inside=[[LINK]]) == (
        '<p><mark>Le <a href="?a=1&amp;b=2">dé</a></mark><a href="?a=1&amp;b=2">lai</a> court.</p>'
    )


def test_a_part_of_a_text_is_written_with_its_marks() -> None:
    start = TEXT.index("Il")

    assert to_html(TEXT, (start, start + 2), part=(start, len(TEXT))) == (
        "<p><mark>Il</mark> court.</p>"
    )


class _Balanced(HTMLParser):
    """Fails where a tag is closed that is not the last one opened."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag


spans = st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda s: (s[0], s[0] + s[1]))
layers = st.lists(st.lists(spans, max_size=4).map(sorted), max_size=3)


@given(st.text("ab <&\t\n'é:", max_size=60), spans, layers)
def test_whatever_is_marked_tags_are_balanced_and_the_words_stay(
    text: str, quote: tuple[int, int], inside: list[list[tuple[int, int]]]
) -> None:
    written = to_html(text, quote, inside=[marks(*layer) for layer in inside])

    reader = _Balanced()
    reader.feed(written)
    assert reader.opened == []
    words = html.unescape(re.sub(r"</?(?:p|mark|table|tr|td)>", "", written))
    assert re.sub(r"\s", "", words) == re.sub(r"\s", "", typeset(text))
