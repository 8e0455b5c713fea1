"""Content on disk: once, whole or not at all, and never lost once a row names it."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sushui.documents import storage

AN_AGE_AGO = 1_000_000_000  # seconds of the epoch
on_one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)


def make_old(sha256: str) -> None:
    os.utime(storage.place_of(sha256), (AN_AGE_AGO, AN_AGE_AGO))


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "lock")


# --- written ---------------------------------------------------------------------------------------------------------
@on_one_folder
@given(st.binary(max_size=5000))
def test_what_was_kept_reads_back_under_its_digest(data: bytes) -> None:
    sha256 = storage.keep(data)

    with storage.opened(sha256) as file:
        assert file.read() == data
    assert sha256 == hashlib.sha256(data).hexdigest() == storage.digest_on_disk(sha256)


@on_one_folder
@given(st.lists(st.binary(max_size=20), max_size=12))
def test_the_same_content_is_kept_once_however_often_it_comes(contents: list[bytes]) -> None:
    digests = {storage.keep(data) for data in contents}

    assert digests <= set(storage.all_kept())
    assert len(digests) == len(set(contents))


def test_content_lies_under_its_digest_and_nothing_else_is_left(files_folder: Path) -> None:
    sha256 = storage.keep(b"content")

    assert files_in(files_folder) == [files_folder / sha256[:2] / sha256[2:4] / sha256]


def test_only_the_house_reads_what_is_kept() -> None:
    place = storage.place_of(storage.keep(b"content"))

    assert (stat.S_IMODE(place.stat().st_mode), stat.S_IMODE(place.parent.stat().st_mode)) == (0o600, 0o700)


def test_half_a_file_that_a_crash_left_is_written_anew() -> None:
    sha256 = storage.keep(b"content")
    storage.place_of(sha256).write_bytes(b"cont")

    storage.keep(b"content")

    assert storage.digest_on_disk(sha256) == sha256


def test_many_who_send_the_same_at_once_all_succeed() -> None:
    data = b"x" * 200_000
    threads = [Thread(target=storage.keep, args=(data,)) for _ in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [storage.digest_on_disk(sha256) == sha256 for sha256 in storage.all_kept()] == [True]


def test_what_is_not_there_has_no_digest() -> None:
    assert (storage.digest_on_disk("0" * 64), storage.is_kept("0" * 64)) == ("", False)


# --- taken away ------------------------------------------------------------------------------------------------------
def test_old_content_is_taken_away() -> None:
    sha256 = storage.keep(b"content")
    make_old(sha256)

    assert storage.remove_if_older(sha256, time.time() - 60)

    assert not storage.is_kept(sha256)


def test_new_content_stays() -> None:
    sha256 = storage.keep(b"content")

    assert not storage.remove_if_older(sha256, time.time() - 60)

    assert storage.is_kept(sha256)


def test_content_that_is_sent_again_counts_as_new() -> None:
    sha256 = storage.keep(b"content")
    make_old(sha256)
    storage.keep(b"content")

    assert not storage.remove_if_older(sha256, time.time() - 60)


def test_what_is_gone_already_is_no_trouble() -> None:
    assert not storage.remove_if_older("0" * 64, time.time())


@pytest.mark.parametrize(("moment", "left"), [(AN_AGE_AGO + 1, 0), (AN_AGE_AGO - 1, 1)])
def test_what_interrupted_writing_left_goes_when_it_is_old(files_folder: Path, moment: int, left: int) -> None:
    half = files_folder / storage.INCOMING / "half"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"cont")
    os.utime(half, (AN_AGE_AGO, AN_AGE_AGO))

    removed = storage.remove_leftovers(moment)

    assert (removed, len(files_in(files_folder))) == (1 - left, left)


def test_a_folder_that_was_never_written_to_is_empty() -> None:
    assert (list(storage.all_kept()), storage.remove_leftovers(time.time())) == ([], 0)


@on_one_folder
@given(st.lists(st.tuples(st.sampled_from(["keep", "age", "sweep"]), st.integers(0, 3)), max_size=20))
def test_whatever_happens_in_whatever_order_what_was_just_kept_is_there(steps: list[tuple[str, int]]) -> None:
    fresh: set[int] = set()

    for step, number in steps:
        sha256 = hashlib.sha256(bytes([number])).hexdigest()
        if step == "keep":
            storage.keep(bytes([number]))
            fresh.add(number)
        elif step == "age" and storage.is_kept(sha256):
            make_old(sha256)
            fresh.discard(number)
        elif step == "sweep":
            storage.remove_if_older(sha256, time.time() - 60)

    assert [storage.digest_on_disk(hashlib.sha256(bytes([each])).hexdigest()) != "" for each in fresh] == [True] * len(
        fresh
    )
