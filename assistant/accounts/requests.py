"""Where an HTTP request comes from."""

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

_FORWARDING = ("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip")
_HERE = re.compile(r"/(?![/\\])[^\\\x00-\x1f\x7f]*")


def address_of(request: HTTPConnection) -> str:
    """Give the address of the client, "" if unknown."""
    return request.client.host if request.client else ""


def is_from_this_machine(request: HTTPConnection) -> bool:
    """Tell whether a request was made on the machine that serves it.

    What a proxy passes on is not, whatever it says of its client; nor is what reached this
    machine under a name that others can give it (DNS rebinding).
    """
    names = set(request.headers)
    if any(name in names for name in _FORWARDING) or any(
        name.startswith("x-forwarded") for name in names
    ):
        return False
    hosts = [address_of(request), urlsplit(f"//{request.headers.get('host', '')}").hostname or ""]
    if origin := request.headers.get("origin"):
        hosts.append(urlsplit(origin).hostname or "")
    return all(map(_is_loopback, hosts))


def is_same_origin(request: HTTPConnection) -> bool:
    """Tell whether a page of ours sent a request, and not another site by somebody's browser.

    Browsers say it themselves in Sec-Fetch-Site, which no page can set, where the connection is
    safe, and else in Origin.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = urlsplit(request.headers.get("origin", "")).netloc
    return bool(origin) and origin == request.headers.get("host")


def is_from_another_site(request: HTTPConnection) -> bool:
    """Tell whether another site sent a request by somebody's browser.

    What says nothing of where it comes from is no browser, and not refused.
    """
    says = {"sec-fetch-site", "origin"} & set(request.headers)
    return bool(says) and not is_same_origin(request)


def is_secure(request: HTTPConnection) -> bool:
    """Tell whether the browser speaks HTTPS, to us or to the proxy before us."""
    return request.url.scheme == "https" or request.headers.get("origin", "").startswith("https:")


def page_of_ours(path: str | None) -> str:
    """Give a path to go on to, or the first page when it leads elsewhere or nowhere."""
    return path if path and len(path) <= 2000 and _HERE.fullmatch(path) else "/"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
