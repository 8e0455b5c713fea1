"""What is read once inside a batch, and again outside it."""

from __future__ import annotations

from sushui.kernel.batches import batch, kept


def numbers_made(times: int) -> list[int]:
    """What ``times`` askings give where each making counts one up."""
    made: list[int] = []
    return [kept("number", lambda: made.append(1) or len(made)) for _time in range(times)]


def test_outside_a_batch_everything_is_made_anew() -> None:
    asked = numbers_made(3)

    assert asked == [1, 2, 3]


def test_inside_a_batch_it_is_made_once() -> None:
    with batch():
        asked = numbers_made(3)

    assert asked == [1, 1, 1]


def test_an_inner_batch_belongs_to_the_outer_one() -> None:
    with batch():
        outer = kept("number", lambda: 1)
        with batch():
            inner = kept("number", lambda: 2)
        after = kept("number", lambda: 3)

    assert [outer, inner, after] == [1, 1, 1]


def test_a_batch_forgets_when_it_ends() -> None:
    with batch():
        kept("number", lambda: 1)

    assert kept("number", lambda: 2) == 2
