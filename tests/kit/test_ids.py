"""Ids are in order of time and cannot be guessed from one another."""

import uuid

from trace.kit.ids import new_id


def test_an_id_is_a_plain_uuid_of_version_seven() -> None:
    made = new_id()
    assert type(made) is uuid.UUID
    assert made.version == 7
    assert made.variant == uuid.RFC_4122


def test_ids_made_one_after_another_sort_in_that_order() -> None:
    made = [new_id() for _ in range(2000)]
    assert made == sorted(made)
    assert [str(one) for one in made] == sorted(str(one) for one in made)
    assert len(set(made)) == len(made)


def test_the_random_part_differs_between_neighbours() -> None:
    random_parts = {new_id().int & (1 << 62) - 1 for _ in range(200)}
    assert len(random_parts) == 200
