"""Forms that act: a refusal stands where it was typed, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation

from sushui.kernel.acts import ActForm, VersionedActForm, day_field, offer, record_field
from sushui.kernel.errors import DomainError, Forbidden, NotFound, StaleRecord
from sushui.kernel.versions import save_changes
from sushui.organizations.models import Agency
from tests.cast import County


class RenameForm(VersionedActForm):
    """Gives an agency another name."""

    name = forms.CharField()

    def act(self) -> Agency:
        if self.seen_version != self.record.version:
            raise StaleRecord
        self.record.name = self.cleaned_data["name"]
        return save_changes(self.record, "name")


class FailingForm(ActForm):
    """Is refused as ``record`` says."""

    name = forms.CharField()

    def act(self) -> Any:
        raise self.record


def sent(**typed: object) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({key: str(value) for key, value in typed.items()})
    return data


def rename(county: County, data: QueryDict | None = None) -> RenameForm:
    return RenameForm(data, viewer=county.viewer("administrator"), record=county.agencies["works"])


def test_form_that_was_not_sent_does_nothing(county: County) -> None:
    form = rename(county)

    assert (form.is_done(), form.status, form["version"].value()) == (False, 200, 1)


def test_act_is_done_and_gives_what_it_made(county: County) -> None:
    form = rename(county, sent(name="甲局", version=1))

    assert (form.is_done(), form.made.name, form.made.version) == (True, "甲局", 2)


def test_what_cannot_be_taken_is_not_acted_on(county: County) -> None:
    form = rename(county, sent(name="", version=1))

    assert (form.is_done(), form.status, list(form.errors)) == (False, 422, ["name"])


def test_stale_form_keeps_what_was_typed_and_takes_the_new_version(county: County) -> None:
    save_changes(county.agencies["works"], "name")

    form = rename(county, sent(name="乙局", version=1))

    assert (form.is_done(), form.status) == (False, 409)
    assert (form["name"].value(), form["version"].value()) == ("乙局", "2")


def test_form_that_was_stale_can_be_sent_again(county: County) -> None:
    save_changes(county.agencies["works"], "name")
    stale = rename(county, sent(name="乙局", version=1))
    stale.is_done()

    again = rename(county, stale.data)  # type: ignore[arg-type]

    assert (again.is_done(), Agency.objects.get(pk=county.agencies["works"].pk).name) == (True, "乙局")


def test_refusal_stands_in_the_form_with_its_status(county: County) -> None:
    refusal = DomainError("full", "It is full.", "Empty it.")
    form = FailingForm(sent(name="x"), viewer=county.viewer("office"), record=refusal)

    assert (form.is_done(), form.status, form.non_field_errors()) == (False, 422, ["It is full. Empty it."])


@pytest.mark.parametrize("refusal", [Forbidden(), NotFound()])
def test_what_is_not_ones_own_is_a_page_of_its_own(county: County, refusal: DomainError) -> None:
    form = FailingForm(sent(name="x"), viewer=county.viewer("office"), record=refusal)

    with pytest.raises(type(refusal)):
        form.is_done()


def test_form_about_what_has_no_version_is_a_mistake_in_the_code(county: County) -> None:
    with pytest.raises(AssertionError):
        RenameForm(viewer=county.viewer("office"), record=county.user("office"))


def test_day_is_typed_in_the_browsers_own_calendar() -> None:
    assert day_field().widget.input_type == "date"


def test_field_offers_the_rows_that_it_is_given(county: County) -> None:
    class ChoosingForm(forms.Form):
        agency = record_field("Agency")

    form = ChoosingForm({"agency": county.agencies["works"].pk})
    offer(form, "agency", Agency.objects.filter(pk=county.agencies["finance"].pk))

    assert form.is_valid() is False


def test_field_that_chooses_a_record_says_so_while_nothing_is_chosen() -> None:
    with translation.override("zh-hans"):
        said = str(record_field("Agency").empty_label)

    assert said == "请选择"
