"""Which enterprises a viewer may know of, by every read of the room."""

from __future__ import annotations

import pytest

from sushui.enterprises import queries
from sushui.enterprises.models import Enterprise
from sushui.enterprises.queries import EnterpriseFilter
from sushui.kernel.errors import NotFound
from sushui.kernel.subjects import visible_subjects
from sushui.liaison.enums import LiaisonRole
from sushui.liaison.services import LiaisonDraft, appoint_liaisons
from tests.enterprises.play import CODE, OTHER_CODE, Play

EVERYBODY = (
    "leader",
    "office",
    "project_office",
    "statistics",
    "works_head",
    "finance_head",
    "township",
    "other_township",
    "enterprise",
    "bank",
    "hospital",
    "administrator",
    "neighbor_office",
    "city_leader",
)


@pytest.fixture
def ours(play: Play) -> Enterprise:
    """Of the works bureau, in the township of Gujiang; and the enterprise of the cast, and one of a neighbor."""
    township = play.county.agencies["gujiang"]
    township.place = play.place("古绛镇")
    township.save()
    agency = play.county.agencies["enterprise"]
    agency.code = CODE
    agency.save()
    play.enter("涑水装备有限公司", code=CODE)
    return play.enter("鑫源铸造有限公司", code=OTHER_CODE, agency="works", place="古绛镇")


def test_who_knows_of_which(play: Play, ours: Enterprise) -> None:
    seen = {who: queries.register(play.county.viewer(who)).filter(pk=ours.pk).exists() for who in EVERYBODY}

    knowing = [who for who, sees in seen.items() if sees]
    assert knowing == ["leader", "office", "project_office", "statistics", "works_head", "township", "city_leader"]


def test_whoever_stands_by_it_knows_of_it(play: Play, ours: Enterprise) -> None:
    assert ours.subject is not None
    first = play.county.viewer("finance_head")
    draft = LiaisonDraft(ours.subject.pk, LiaisonRole.AGENCY, ours.created_at.date(), agency_id=first.agency_id)

    appoint_liaisons(play.county.viewer("office"), [draft])

    assert queries.enterprise_for(first, ours.pk) == ours


def test_an_enterprise_reaches_itself_and_nothing_of_another(play: Play, ours: Enterprise) -> None:
    viewer = play.county.viewer("enterprise")

    own = queries.own_enterprise(viewer)

    assert own is not None
    assert [row.pk for row in queries.register(viewer)] == [own.pk]
    assert queries.register(viewer, EnterpriseFilter(text="鑫源")).count() == 0
    assert queries.enterprise_by_code(viewer, OTHER_CODE) is None
    assert queries.enterprises_by_code(viewer, [CODE, OTHER_CODE]) == {CODE: own}
    assert [each.label for each in visible_subjects(viewer).filter(kind="enterprise")] == ["涑水装备有限公司"]
    assert queries.enterprise_of_subject(viewer, ours.subject) is None
    with pytest.raises(NotFound):
        queries.enterprise_for(viewer, ours.pk)


def test_an_account_whose_agency_has_no_code_or_shares_it_reaches_nothing(play: Play, ours: Enterprise) -> None:
    agency = play.county.agencies["enterprise"]
    agency.code = ""
    agency.save()

    viewer = play.county.viewer("enterprise")

    assert (queries.own_enterprise(viewer), queries.register(viewer).count()) == (None, 0)
