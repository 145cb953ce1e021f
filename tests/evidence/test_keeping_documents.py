"""PDFs and recordings are kept as they came, known by their bytes, and leave as a download to their own members."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from tests.evidence.making import FILM, RECORDINGS, document, drawn, encoded, jpeg, pdf
from tests.people import Door, Factory
from trace.evidence.attachments import AUDIO, PDF, recognised
from trace.ledger.models import JournalEntry


def sent(door: Door, content: bytes, name: str = "giay.pdf", claimed: str = "application/pdf") -> Any:
    return door.post("/api/v1/documents", files={"file": (name, content, claimed)})


def refusal(answer: Any) -> str:
    assert answer.status_code == 422, answer.text
    error = answer.json()["errors"][0]
    assert (error["field"], error["code"]) == ("file", "document")
    return str(error["detail"])


def test_a_pdf_is_kept_byte_for_byte_with_one_entry_and_comes_back_as_a_download(
    manager: Door, db: Session
) -> None:
    kept = document(manager)
    assert (kept["media_type"], kept["size"]) == ("application/pdf", len(pdf()))
    assert manager.ask("/documents")["items"] == [kept] == [manager.ask(f"/documents/{kept['id']}")]
    entry = db.exec(select(JournalEntry).where(JournalEntry.kind == "document.kept")).one()
    assert kept["sha256"] in entry.said
    answer = manager.get(f"/app/documents/{kept['id']}/file")
    assert (answer.status_code, answer.content) == (200, pdf())
    told = answer.headers
    assert told["content-type"] == "application/pdf"
    assert told["content-disposition"] == f'attachment; filename="{kept["sha256"][:12]}.pdf"'
    assert told["x-content-type-options"] == "nosniff"
    assert told["content-security-policy"] == "default-src 'none'; sandbox"
    assert told["cache-control"] == "private, no-store"


@pytest.mark.parametrize("kind", RECORDINGS)
def test_what_phones_record_is_known_by_its_bytes_whatever_its_name_and_its_sender_say(
    manager: Door, kind: str
) -> None:
    kept = sent(manager, RECORDINGS[kind], "../../etc/giay.html", "text/html").json()
    assert kept["media_type"] == kind
    answer = manager.get(f"/app/documents/{kept['id']}/file")
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-disposition"].startswith('attachment; filename="')
    assert ".html" not in answer.headers["content-disposition"]


def test_the_same_bytes_sent_again_are_the_same_document_of_this_cooperative(make: Factory) -> None:
    one, other = make.manager(), make.manager()
    assert document(one)["id"] == document(one)["id"] != document(other)["id"]
    assert len(one.ask("/documents")["items"]) == 1


def test_nobody_else_sees_it_and_whoever_only_looks_cannot_add_one(make: Factory, manager: Door) -> None:
    kept = document(make.manager())
    assert manager.get(f"/app/documents/{kept['id']}/file").status_code == 404
    assert manager.get(f"/api/v1/documents/{kept['id']}").status_code == 404
    viewer = make.member(manager, role="viewer")
    assert sent(viewer, pdf()).status_code == 403
    assert viewer.get(f"/app/documents/{document(manager)['id']}/file").status_code == 200


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"%PDF-", b"MZ" + pdf(), b"PK\x03\x04" + pdf(), b"<html><script>alert(1)</script>" + pdf()),
        *(pdf()[:-20], pdf() + bytes(range(1, 250)) * 9, b"RIFF\0\0\0\0WEBPVP8 ", b"OggS" + bytes(60)),
        *(jpeg(), encoded(drawn(9, 9), "GIF"), b"ID3", b"\xff\xfb", b"\xff\xf1\x50\x80\x02\x1f\xfc\0\0"),
        *(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Nhật ký\n".encode() * 999, *FILM.values()),
    ],
)
def test_what_is_no_whole_pdf_and_no_recording_is_refused_in_words(manager: Door, content: bytes) -> None:
    assert "PDF" in refusal(sent(manager, content))


def test_each_kind_has_its_limit_and_the_refusal_names_it(manager: Door) -> None:
    mega = 1024 * 1024
    assert "20 MB" in refusal(sent(manager, pdf("x" * 20 * mega)))
    assert "10 MB" in refusal(sent(manager, RECORDINGS["audio/wav"] + bytes(10 * mega)))
    assert sent(manager, pdf("x" * 11 * mega)).status_code == 201


def test_a_player_may_ask_for_a_part(manager: Door) -> None:
    recording = RECORDINGS["audio/webm"]
    address = f"/app/documents/{document(manager, recording)['id']}/file"

    def part(asked: str) -> tuple[int, bytes, str | None]:
        answer = manager.get(address, headers={"range": asked})
        return answer.status_code, answer.content, answer.headers.get("content-range")

    size = len(recording)
    assert part("bytes=0-1") == (206, recording[:2], f"bytes 0-1/{size}")
    assert part("bytes=20-") == (206, recording[20:], f"bytes 20-{size - 1}/{size}")
    assert part("bytes=-5") == (206, recording[-5:], f"bytes {size - 5}-{size - 1}/{size}")
    assert part("bytes=0-99999") == (206, recording, f"bytes 0-{size - 1}/{size}")
    assert part(f"bytes={size}-") == (416, b"", f"bytes */{size}")
    for several_or_strange in ("bytes=0-1,4-5", "bytes=-", "lines=1-2", "bytes=b-a"):
        assert part(several_or_strange) == (200, recording, None)


def test_pages_may_play_sound_from_here_and_from_nowhere_else(manager: Door) -> None:
    assert "media-src 'self';" in manager.get("/app").headers["content-security-policy"]


@given(
    content=st.binary(max_size=64),
    start=st.sampled_from([b"", *RECORDINGS.values(), pdf()]),
    cut=st.integers(0, 80),
)
def test_whatever_the_bytes_they_are_a_known_kind_or_nothing(content: bytes, start: bytes, cut: int) -> None:
    found = recognised(start[:cut] + content)
    assert found is None or (found.media_type in PDF | AUDIO and found.content == start[:cut] + content)
