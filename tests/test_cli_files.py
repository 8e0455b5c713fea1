"""`sushui check --files` as an administrator meets it: every file read, what is wrong named, the way out said."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sushui.kernel.postgres import EmbeddedPostgres
from tests.test_cli import sushui

ATTACH = """
import django
django.setup()
from sushui.documents import storage
from sushui.documents.models import StoredFile
StoredFile.objects.create(sha256=storage.keep(b"content"), size=7, media_type="application/pdf")
storage.keep(b"orphan")
print(storage.place_of(StoredFile.objects.get().sha256))
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A migrated data folder; its server is stopped between commands."""
    folder = tmp_path_factory.mktemp("county")
    server = EmbeddedPostgres(folder / "postgres", durable=False)
    server.start()
    server.stop()
    assert sushui("migrate", data=folder).returncode == 0
    yield folder
    server.destroy()


@pytest.fixture(scope="module")
def place(data: Path) -> Path:
    """Where the one stored file lies, an orphan beside it."""
    server = EmbeddedPostgres(data / "postgres", durable=False)
    server.start()
    environment = {**os.environ, "SUSHUI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "sushui.config.settings"}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    done = subprocess.run([sys.executable, "-c", ATTACH], env=environment, capture_output=True, text=True, check=True)
    server.stop()
    return Path(done.stdout.strip().splitlines()[-1])


@pytest.fixture
def stored(place: Path) -> Path:
    """The same, holding what was sent, whatever the test before made of it."""
    place.write_bytes(b"content")
    return place


def test_files_as_they_were_sent_are_counted(data: Path, stored: Path) -> None:
    done = sushui("check", "--files", data=data)

    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "All 1 stored files are as they were sent; 1 wait to be swept."


def test_an_altered_file_is_named_with_the_way_out(data: Path, stored: Path) -> None:
    stored.write_bytes(b"altered")

    done = sushui("check", "--files", data=data)

    assert (done.returncode, f"{stored.name}: The file was altered." in done.stdout) == (1, True)
    assert done.stderr.strip().endswith("Bring them back from a backup of the folder 'files' in SUSHUI_DATA.")
