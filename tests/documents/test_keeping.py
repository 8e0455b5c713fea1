"""Files that stay with a form: signed for one person, for a day."""

from __future__ import annotations

import pytest

from sushui.documents.services import FileContent, FileKeeper
from sushui.kernel.errors import DomainError
from sushui.kernel.uploads import KeptGoneError
from tests import cast
from tests.documents.files import PDF, picture

KEEPER = FileKeeper(only_pictures=True)


def test_what_was_taken_in_is_read_back_from_its_signed_names(county: cast.County) -> None:
    viewer = county.viewer("works_handler")
    received = KEEPER.receive(viewer, [FileContent("工地.jpg", picture(size=(900, 600)))])

    assert KEEPER.restored(viewer, KEEPER.signed(viewer, received)) == received


@pytest.mark.parametrize("forged", ["", "nonsense", "eyJhIjoxfQ:1abc:xyz"])
def test_names_that_nobody_signed_are_not_read(county: cast.County, forged: str) -> None:
    with pytest.raises(KeptGoneError):
        KEEPER.restored(county.viewer("works_handler"), forged)


def test_nobody_takes_over_what_another_person_sent(county: cast.County) -> None:
    sender, other = county.viewer("works_handler"), county.viewer("finance_handler")
    signed = KEEPER.signed(sender, KEEPER.receive(sender, [FileContent("工地.jpg", picture())]))

    with pytest.raises(KeptGoneError):
        KEEPER.restored(other, signed)


def test_a_keeper_of_photos_takes_nothing_else(county: cast.County) -> None:
    with pytest.raises(DomainError) as refused:
        KEEPER.receive(county.viewer("works_handler"), [FileContent("合同.pdf", PDF)])

    assert refused.value.code == "no_picture"
