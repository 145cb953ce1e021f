"""A manager invites people; an invitation lets one person join, once, within a day."""

from tests.people import Factory


def test_an_invited_person_joins_and_is_signed_in(make: Factory) -> None:
    member = make.member(make.manager(), role="recorder")
    assert "sid" in member.cookies
