"""Entering and editing enterprises."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sushui.enterprises import queries, services
from sushui.enterprises.enums import EnterpriseStatus, EnterpriseVerb
from sushui.enterprises.models import Enterprise
from sushui.enterprises.queries import EnterpriseFilter
from sushui.kernel.audit import target_of
from sushui.kernel.errors import DomainError, Forbidden, StaleRecord
from sushui.kernel.models import AuditLine, Subject
from sushui.kernel.official_codes import CodeFlaw
from tests.enterprises.play import CODE, OTHER_CODE, PILOT_CODE, Play


def line_of(enterprise: Enterprise) -> AuditLine:
    return AuditLine.objects.filter(target=target_of(enterprise)).latest("id")


def test_an_entered_enterprise_stands_in_the_register_and_is_a_subject(play: Play) -> None:
    made = play.enter("涑水铸造有限公司", code=CODE.lower(), agency="works", former_names=("绛县铸造厂", " "))

    subject = Subject.objects.get(kind="enterprise", object_id=made.pk)
    assert (made.code, made.code_flaw, made.former_names, made.name_key) == (CODE, "", ["绛县铸造厂"], "涑水铸造")
    assert (made.subject, subject.label, subject.url) == (subject, "涑水铸造有限公司", f"/enterprises/{made.pk}/")
    assert subject.search_text.split() == [CODE, "绛县铸造厂"]
    assert line_of(made).verb == EnterpriseVerb.REGISTER


def test_an_odd_code_is_asked_about_and_kept_once_confirmed(play: Play) -> None:
    with pytest.raises(DomainError) as refused:
        play.enter(code=PILOT_CODE)

    made = play.enter(code=PILOT_CODE, is_code_confirmed=True)

    assert refused.value.code == "code_odd"
    assert (made.code, made.code_flaw) == (PILOT_CODE, CodeFlaw.CHECK_DIGIT)
    assert line_of(made).after["confirmed"] == ["code"]


def test_a_code_of_another_length_that_cannot_be_kept_is_refused_even_when_confirmed(play: Play) -> None:
    with pytest.raises(DomainError) as refused:
        play.enter(code="9" * 19, is_code_confirmed=True)

    assert refused.value.code == "code_odd"


def test_a_code_that_another_has_is_refused_and_names_it(play: Play) -> None:
    play.enter("甲有限公司", code=CODE)

    with pytest.raises(DomainError) as refused:
        play.enter("乙有限公司", code=CODE)

    assert (refused.value.code, refused.value.params["name"]) == ("code_taken", "甲有限公司")


def test_two_of_one_batch_with_one_code_write_nothing(play: Play) -> None:
    drafts = [play.draft("甲有限公司", code=CODE), play.draft("乙有限公司", code=CODE)]

    with pytest.raises(DomainError) as refused:
        services.register_enterprises(play.county.viewer("project_office"), drafts)

    assert (refused.value.code, refused.value.params["place"]) == ("code_taken", 1)
    assert not Enterprise.objects.exists()


def test_enterprises_without_a_code_may_be_many(play: Play) -> None:
    play.enter("甲有限公司")
    play.enter("乙有限公司")

    assert Enterprise.objects.filter(code="").count() == 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": " "}, "text_missing"),
        ({"industry_code": "9999"}, "no_such_industry"),
        ({"registered_capital": Decimal(-1)}, "amount_below_zero"),
        ({"established_on": date(2026, 3, 4)}, "day_in_future"),
        ({"cluster_id": 999}, "elsewhere"),
        ({"agency": "neighbor_head"}, "elsewhere"),
        ({"place": "古绛镇", "zone_id": 1}, "elsewhere"),
    ],
)
def test_what_cannot_be_is_refused(play: Play, said: dict[str, object], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        play.enter(**{"name": "甲有限公司", **said})

    assert refused.value.code == code


@pytest.mark.parametrize("who", ["leader", "office", "works_head", "township", "bank", "enterprise", "administrator"])
def test_only_those_who_keep_the_register_enter(play: Play, who: str) -> None:
    with pytest.raises(Forbidden):
        play.enter(by=who)


def test_the_statistics_bureau_enters_too(play: Play) -> None:
    assert play.enter(by="statistics").pk


def test_a_new_name_keeps_the_old_one_and_is_found_by_both(play: Play) -> None:
    office = play.county.viewer("project_office")
    made = play.enter("绛县铸造有限公司", code=CODE)

    services.edit_enterprise(office, made, play.draft("涑水铸造股份有限公司", code=CODE), seen_version=made.version)

    found = {text: queries.register(office, EnterpriseFilter(text=text)).count() for text in ("涑水铸造", "绛县铸造")}
    changed = Enterprise.objects.get()
    assert (changed.former_names, changed.version) == (["绛县铸造有限公司"], 2)
    assert found == {"涑水铸造": 1, "绛县铸造": 1}
    assert line_of(changed).before == {"name": "绛县铸造有限公司", "former_names": []}


def test_an_edit_of_what_somebody_else_changed_is_refused(play: Play) -> None:
    made = play.enter()

    with pytest.raises(StaleRecord):
        services.edit_enterprise(play.county.viewer("project_office"), made, play.draft("乙"), seen_version=7)


def test_an_edit_to_the_code_of_another_is_refused(play: Play) -> None:
    play.enter("甲有限公司", code=CODE)
    made = play.enter("乙有限公司", code=OTHER_CODE)

    with pytest.raises(DomainError) as refused:
        services.edit_enterprise(play.county.viewer("project_office"), made, play.draft("乙有限公司", code=CODE))

    assert refused.value.code == "code_taken"


def test_how_it_stands_changes_on_a_day_with_its_reason(play: Play) -> None:
    made, office = play.enter(), play.county.viewer("project_office")

    services.change_status(office, made, status=EnterpriseStatus.HALTED, on=date(2026, 2, 1), reason="检修")

    changed, line = Enterprise.objects.get(), line_of(made)
    assert (changed.status, changed.status_on) == (EnterpriseStatus.HALTED, date(2026, 2, 1))
    assert (line.before["status"], line.after["status"], line.note) == ("operating", "halted", "检修")


def test_a_state_that_stands_already_is_refused(play: Play) -> None:
    with pytest.raises(DomainError) as refused:
        services.change_status(
            play.county.viewer("project_office"),
            play.enter(),
            status=EnterpriseStatus.OPERATING,
            on=date(2026, 3, 1),
        )

    assert refused.value.code == "status_stands"


def test_only_the_statistics_bureau_lists_and_unlists(play: Play) -> None:
    made, bureau = play.enter(), play.county.viewer("statistics")

    services.list_enterprise(bureau, made, on=date(2025, 1, 1))
    listed = Enterprise.objects.get().listed_on
    services.unlist_enterprise(bureau, made, reason="收入下降")

    assert (listed, Enterprise.objects.get().listed_on) == (date(2025, 1, 1), None)
    with pytest.raises(Forbidden):
        services.list_enterprise(play.county.viewer("project_office"), made, on=date(2025, 1, 1))


def test_names_written_otherwise_are_found_before_entering(play: Play) -> None:
    made = play.enter("涑水铸造有限公司")
    office = play.county.viewer("project_office")

    assert services.names_like(office, "绛县涑水（集团）铸造有限责任公司") == [made]
    assert services.names_like(office, "涑水铸造有限公司", but=made.pk) == []
    assert services.names_like(play.county.viewer("leader"), "涑水铸造有限公司") == []
