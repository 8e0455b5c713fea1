"""Which step comes after which: an order that keeps every prerequisite, or the circle that forbids one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Graph = Mapping[str, Sequence[str]]


def ordered(prerequisites: Graph) -> list[str]:
    """Every key after its prerequisites, otherwise in the order given; keys in a circle and after one are left out.

    `prerequisites` names for every key those that come before it. O(V + E).
    """
    waits_for = {key: len(before) for key, before in prerequisites.items()}
    followers: dict[str, list[str]] = {key: [] for key in prerequisites}
    for key, before in prerequisites.items():
        for other in before:
            followers[other].append(key)
    found = [key for key, count in waits_for.items() if count == 0]
    for key in found:  # grows while it is read
        for follower in followers[key]:
            waits_for[follower] -= 1
            if waits_for[follower] == 0:
                found.append(follower)
    return found


def circle(prerequisites: Graph) -> list[str]:
    """The keys of one circle, each the prerequisite of the next and the last one of the first; empty if there is none.

    It begins with the key that is written first. O(V + E).
    """
    inside = prerequisites.keys() - set(ordered(prerequisites))
    key = next((key for key in prerequisites if key in inside), None)
    seen: dict[str, int] = {}
    walked: list[str] = []
    while key is not None and key not in seen:  # every key left has a prerequisite that is left
        seen[key] = len(walked)
        walked.append(key)
        key = next((other for other in prerequisites[key] if other in inside), None)
    return _from_first(walked[seen[key] :][::-1], list(prerequisites)) if key is not None else []


def _from_first(around: list[str], written: list[str]) -> list[str]:
    members = set(around)
    first = next(key for key in written if key in members)
    at = around.index(first)
    return around[at:] + around[:at]
