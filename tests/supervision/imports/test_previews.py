"""What the rows of a list were shown to become is what its import drafts."""

from __future__ import annotations

from datetime import date

import pytest

from sushui.kernel.errors import DomainError
from sushui.organizations.models import Agency
from sushui.supervision.models import ImportDraft, SupervisedTask
from sushui.supervision.services import imports
from tests.supervision.imports.lists import PLAIN, listed, staged
from tests.supervision.play import Play, march

GROUP = (1, "修好一条路", "", "县住建局", "各乡镇人民政府", "6月底前")


@pytest.fixture(autouse=True)
def _at_work():
    with march(2):
        yield


def shown(play: Play, *rows: tuple[object, ...]) -> ImportDraft:
    """A list whose rows were looked at."""
    draft = staged(play.office, listed(*rows))
    imports.show_import(play.office, draft)
    return draft


def refused(play: Play, draft: ImportDraft, **more: str) -> str:
    with pytest.raises(DomainError) as refusal:
        imports.commit_import(play.office, draft, **more)
    assert (refusal.value.code, refusal.value.status) == ("preview_outdated", 409)
    return refusal.value.sentence


def test_a_group_that_grew_after_the_rows_were_shown_gets_no_task_unseen(play: Play) -> None:
    draft = shown(play, GROUP)
    Agency.objects.create(
        division=play.county.county, name="绛县新乡人民政府", short_name="新乡", kind="township", groups=["townships"]
    )

    sentence = refused(play, draft)

    assert SupervisedTask.objects.count() == 0
    assert sentence.startswith("有些行现在读出的结果与显示时不同，未写入任何内容。第 3 行“修好一条路”：配合单位 ")
    assert sentence.endswith("、新乡。")


def test_an_agency_that_took_another_name_is_refused_with_its_row(play: Play) -> None:
    draft = shown(play, PLAIN)
    Agency.objects.filter(short_name="县财政局").update(name="绛县财政和国资局", short_name="县财国局")

    assert refused(play, draft).endswith("第 3 行“修好一条路”：识读结果 已明确 → 待回答。")


def test_rows_that_are_shown_again_are_drafted(play: Play) -> None:
    draft = shown(play, GROUP)
    Agency.objects.create(
        division=play.county.county, name="绛县新乡人民政府", short_name="新乡", kind="township", groups=["townships"]
    )

    imports.show_import(play.office, draft)
    order = imports.commit_import(play.office, draft)

    assert order.tasks.count() == 1


def test_the_page_that_was_seen_decides(play: Play) -> None:
    draft = shown(play, PLAIN)

    assert refused(play, draft, seen_preview="0" * 64) == "有些行现在读出的结果与显示时不同，未写入任何内容。"


def test_a_deadline_that_passed_overnight_is_asked_about(play: Play) -> None:
    draft = shown(play, (1, "修好一条路", "", "县住建局", "", "2026年3月2日前"))

    with march(3):
        sentence = refused(play, draft)

    assert sentence.endswith("第 3 行“修好一条路”：识读结果 已明确 → 待回答。")


def test_what_did_not_change_is_drafted(play: Play) -> None:
    order = imports.commit_import(play.office, shown(play, PLAIN))

    assert [task.deadline_on for task in order.tasks.all()] == [date(2026, 6, 30)]
