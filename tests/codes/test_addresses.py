"""The address of a batch's page is written so that its QR code is small."""

import pytest

from trace.codes.addresses import batch_url

BATCH = "HTTPS://TRACE.EXAMPLE.VN/B/7K3M9Q2M"
LOCAL = "HTTP://127.0.0.1:8000/B/7K3M9Q2M"


@pytest.mark.parametrize(
    ("public_url", "address"),
    [
        ("https://trace.example.vn", BATCH),
        ("https://Trace.Example.vn/", BATCH),
        ("http://127.0.0.1:8000", LOCAL),
        ("http://[::1]:8000/", "HTTP://[::1]:8000/B/7K3M9Q2M"),
        ("https://example.vn/truyXuat/", "HTTPS://EXAMPLE.VN/truyXuat/B/7K3M9Q2M"),
        ("https://EXAMPLE.VN/TRUY", "HTTPS://EXAMPLE.VN/TRUY/B/7K3M9Q2M"),
        ("https://truyxuất.vn:8443", "HTTPS://XN--TRUYXUT-CO4C.VN:8443/B/7K3M9Q2M"),
    ],
)
def test_the_address_is_in_capitals_except_for_a_path_that_is_not_ours(public_url: str, address: str) -> None:
    assert batch_url(public_url, "7k3m9q2m") == address


@pytest.mark.parametrize(
    "public_url",
    ["", "trace.example.vn", "ftp://trace.example.vn", "https://", "https://a:b@trace.example.vn",
     "https://trace.example.vn/?a=1", "https://trace.example.vn/#a", "https://trace.example.vn:port"],
)  # fmt: skip
def test_an_address_that_cannot_be_a_public_one_is_refused(public_url: str) -> None:
    with pytest.raises(ValueError):
        batch_url(public_url, "7K3M9Q2M")
