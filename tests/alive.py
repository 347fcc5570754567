"""What came alive on a screen, where other people's words should only be read."""

import pytest
from playwright.sync_api import Page

_FIND = """() => {
    const places = [...document.querySelectorAll(
        '[data-testid=stMainBlockContainer], [data-testid=stSidebar], ' +
        '[role=dialog], [role=listbox], [data-testid=stToast]')];
    const all = selector => places.flatMap(place => [...place.querySelectorAll(selector)]);
    const links = all('a[href]').filter(a => new URL(a.href, location).host !== location.host);
    const others = all(
        'img:not([src*="/media/"]), ' +  // the printed page
        'iframe, script, object, embed, base, meta, link, form[action], svg[onload], ' +
        '[onerror], [onload], [onclick], [onfocus], [onmouseover], [onbegin], ' +
        '.katex, .stMarkdownBadge, [data-testid=stMarkdownContainer] em, ' +
        '[data-testid=stMarkdownContainer] del, [data-testid=stMarkdownContainer] code')
        .filter(e => e.textContent !== 'En vigueur');  // our own badge
    return [...links, ...others].map(e => e.outerHTML.slice(0, 200));
}"""


def alive(page: Page) -> list[str]:
    """Give what came alive: links elsewhere, pictures, frames, handlers, formulas, badges."""
    found: list[str] = page.evaluate(_FIND)
    return found


def fail_on_dialogs(page: Page) -> None:
    """Fail when a script opens a window: every hostile one does."""
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
