"""What the home page does not let anybody forget."""

from tests.certificates.making import certificate
from tests.people import Door, Factory
from tests.records.making import record


def test_a_plot_that_may_not_be_harvested_yet_counts_its_days(manager: Door, make: Factory) -> None:
    record(manager, "spraying", happened_at="2026-11-04T16:00:00+07:00")
    assert "Còn 8 ngày cách ly, thu từ 18/11/2026" in manager.get("/app").text
    assert "cách ly" not in make.manager().get("/app").text
    make.clock.pass_(days=8)
    assert "cách ly" not in manager.get("/app").text


def test_a_certificate_that_ends_soon_is_told_of(manager: Door, make: Factory) -> None:
    certificate(manager, number="VG-2026-42", valid_to="2026-11-16")
    page = manager.get("/app").text
    assert "VG-2026-42" in page
    assert "Giấy chứng nhận hết hạn ngày 16/11/2026" in page
    assert "VG-2026-42" not in make.manager().get("/app").text
