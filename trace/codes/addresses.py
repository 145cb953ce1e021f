"""The addresses that codes carry."""

from urllib.parse import urlsplit

from trace.gs1.digital_link import path_of
from trace.gs1.elements import Element


def batch_url(public_url: str, code: str) -> str:
    """The address of a batch's page as it goes into a QR code: HTTPS://HOST/B/CODE."""
    return _in_capitals(public_url, f"/B/{code}")


def note_url(public_url: str, code: str) -> str:
    """The address of a delivery note as it goes into a QR code: HTTPS://HOST/D/CODE."""
    return _in_capitals(public_url, f"/D/{code}")


def digital_link_url(public_url: str, gtin: str, lot_code: str, serial: str | None = None) -> str:
    """The GS1 Digital Link of a lot, or of one piece of it: HTTPS://HOST/01/GTIN/10/LOT/21/SERIAL."""
    named = [Element("01", gtin), Element("10", lot_code)]
    return _in_capitals(public_url, path_of([*named, Element("21", serial)] if serial else named))


def _in_capitals(public_url: str, path: str) -> str:
    """Scheme and host mean the same in capitals (RFC 3986, section 6.2.2.1), and our own path is routed
    without regard to case. A path in front of ours belongs to whoever runs the proxy there, who may
    tell case apart: it stays as it is in the settings, and costs a larger code if it has small letters.
    """
    address = urlsplit(public_url)
    plain = not (address.query or address.fragment or address.username or address.password)
    if address.scheme not in {"http", "https"} or not address.hostname or not plain:
        raise ValueError("A public address is http or https, a host, and at most a path.")
    # A Vietnamese domain name travels in its ASCII spelling.
    host = address.hostname.encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    port = "" if address.port is None else f":{address.port}"
    return f"{address.scheme}://{host}{port}".upper() + f"{address.path.rstrip('/')}{path.upper()}"
