"""Sweeping orphans and proving files: a crash between file and row loses nothing that was acknowledged."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sushui.documents import storage
from sushui.documents.enums import ContentFlaw
from sushui.documents.models import StoredFile
from sushui.documents.services import (
    FileFinding,
    Target,
    attach_file,
    attach_received,
    check_files,
    receive_file,
    sweep_files,
    withdraw_file,
)
from sushui.kernel import clock, jobs
from tests import cast
from tests.documents.files import pdf, picture


def age_everything(by: timedelta = timedelta(days=2)) -> None:
    moment = (clock.now() - by).timestamp()
    for sha256 in storage.all_kept():
        os.utime(storage.place_of(sha256), (moment, moment))


def kept_and_named() -> tuple[set[str], set[str]]:
    return set(storage.all_kept()), set(StoredFile.objects.values_list("sha256", flat=True))


# --- the sweep -------------------------------------------------------------------------------------------------------
def test_what_hangs_on_something_is_never_swept(county: cast.County, works: Target) -> None:
    viewer = county.viewer("works_handler")
    attach_file(viewer, target=works, name="合同.pdf", data=pdf())
    attach_file(viewer, target=works, name="工地.jpg", data=picture(size=(900, 600)))
    age_everything()

    swept = sweep_files()

    kept, named = kept_and_named()
    assert (swept, len(kept), kept) == (0, 3, named)


def test_what_nobody_attached_goes_after_a_day(county: cast.County) -> None:
    receive_file(county.viewer("works_handler"), name="工地.jpg", data=picture(size=(900, 600)))
    age_everything()

    assert (sweep_files(), list(storage.all_kept())) == (2, [])


def test_what_was_just_sent_waits_for_its_row(county: cast.County) -> None:
    receive_file(county.viewer("works_handler"), name="合同.pdf", data=pdf())

    assert (sweep_files(), len(list(storage.all_kept()))) == (0, 1)


def test_what_was_withdrawn_stays_as_proof(county: cast.County, works: Target) -> None:
    viewer = county.viewer("works_handler")
    made = attach_file(viewer, target=works, name="合同.pdf", data=pdf())
    withdraw_file(viewer, made, reason="传错了")
    age_everything()

    assert (sweep_files(), len(list(storage.all_kept()))) == (0, 1)


def test_the_sweep_is_a_job_of_the_worker() -> None:
    job = jobs.registered_jobs()["documents.sweep"]

    assert (job.work, job.cron) == (sweep_files, "30 18 * * *")


# --- a crash ---------------------------------------------------------------------------------------------------------
def test_a_crash_after_the_file_and_before_the_row_loses_nothing_and_leaves_nothing(
    county: cast.County, works: Target
) -> None:
    viewer = county.viewer("works_handler")
    acknowledged = attach_file(viewer, target=works, name="合同.pdf", data=pdf("acknowledged"))
    receive_file(viewer, name="半途.pdf", data=pdf("crashed"))
    age_everything()

    sweep_files()

    assert kept_and_named() == ({acknowledged.current.file.sha256},) * 2


def test_what_is_sent_again_after_a_crash_is_there(county: cast.County, works: Target) -> None:
    viewer = county.viewer("works_handler")
    receive_file(viewer, name="半途.pdf", data=pdf("crashed"))
    age_everything()
    again = receive_file(viewer, name="半途.pdf", data=pdf("crashed"))

    sweep_files()
    attach_received(viewer, target=works, received=[again])

    assert check_files().findings == ()


STEPS = st.lists(
    st.tuples(st.sampled_from(["attach", "crash", "sweep", "age"]), st.integers(0, 2)), min_size=1, max_size=10
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(STEPS)
def test_in_whatever_order_things_happen_every_row_has_its_file(
    county: cast.County, works: Target, steps: list[tuple[str, int]]
) -> None:
    viewer = county.viewer("works_handler")

    for step, number in steps:
        if step == "attach":
            attach_file(viewer, target=works, name="x.pdf", data=pdf(str(number)))
        elif step == "crash":
            receive_file(viewer, name="x.pdf", data=pdf(str(number)))
        elif step == "age":
            age_everything()
        else:
            sweep_files()

    assert check_files().findings == ()


# --- the proof -------------------------------------------------------------------------------------------------------
def test_the_proof_counts_files_and_orphans(county: cast.County, works: Target) -> None:
    viewer = county.viewer("works_handler")
    attach_file(viewer, target=works, name="合同.pdf", data=pdf())
    receive_file(viewer, name="半途.pdf", data=pdf("crashed"))

    proof = check_files()

    assert (proof.files, proof.orphans, proof.findings) == (1, 1, ())


@pytest.mark.parametrize(
    ("harm", "flaw"),
    [(os.unlink, ContentFlaw.MISSING), (lambda path: path.write_bytes(b"other"), ContentFlaw.ALTERED)],
)
def test_the_proof_names_what_is_missing_or_altered(
    county: cast.County, works: Target, harm: object, flaw: str
) -> None:
    made = attach_file(county.viewer("works_handler"), target=works, name="合同.pdf", data=pdf())
    sha256 = made.current.file.sha256
    harm(storage.place_of(sha256))  # type: ignore[operator]

    assert check_files().findings == (FileFinding(sha256, flaw),)
