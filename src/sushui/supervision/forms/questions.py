"""The form of one question about a list: what can be chosen, and beside it what has to be typed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sushui.kernel.acts import day_field
from sushui.kernel.labels import label_of
from sushui.supervision.enums import ListAnswer
from sushui.supervision.services.imports import ONE_AGENCY, Answer, OpenQuestion

# Answers that need more than the choice: a day, a text, agencies.
_WITH_MORE = {ListAnswer.ON_DAY, ListAnswer.TITLE, ListAnswer.AGENCIES, ListAnswer.ONE_LEADS}


class QuestionForm(forms.Form):
    """``pick`` chooses; ``day``, ``agencies`` or ``text`` stand beside it where the answer may be one."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, asked: OpenQuestion, agency_names: Mapping[int, str]) -> None:
        super().__init__(data, prefix=prefix_of(asked.question.key))
        self.asked = asked
        self._names = agency_names
        self.fields |= self._own_fields()
        for field in self.fields.values():
            field.widget.attrs.setdefault("aria-label", asked.question.text or label_of(asked.question.doubt))

    @property
    def key(self) -> str:
        return self.asked.question.key

    @property
    def rows(self) -> tuple[int, ...]:
        return self.asked.rows

    @property
    def text(self) -> str:
        return self.asked.question.text

    @property
    def read_as(self) -> date | None:
        """The day that a deadline means, where it has passed."""
        return self.asked.question.read_as

    @property
    def doubt(self) -> str:
        return label_of(self.asked.question.deadline or self.asked.question.doubt)

    def _own_fields(self) -> dict[str, forms.Field]:
        question = self.asked.question
        typed: dict[str, forms.Field] = {}
        if ListAnswer.ON_DAY in question.choices:
            typed["day"] = day_field(required=False, label=_("On this day"))
        if ListAnswer.TITLE in question.choices:
            typed["text"] = forms.CharField(required=False, label=_("Task"))
        if ListAnswer.AGENCIES in question.choices and question.doubt not in ONE_AGENCY:
            typed["agencies"] = forms.TypedMultipleChoiceField(
                choices=list(self._names.items()),
                coerce=int,
                required=False,
                label=_("Agencies"),
                widget=forms.CheckboxSelectMultiple(attrs={"class": "picks"}),
            )
        first = gettext("— or choose —") if typed else gettext("— choose —")
        return {**typed, "pick": forms.ChoiceField(choices=[("", first), *self._choices()], required=False)}

    def _choices(self) -> list[tuple[Any, Any]]:
        """What can be chosen: offers first, then the plain choices, then every agency where one is sought."""
        question = self.asked.question
        offers = [(f"{ListAnswer.ON_DAY}:{day}", day.isoformat()) for day in question.days]
        if ListAnswer.ONE_LEADS in question.choices:
            offers += self._agencies(
                ListAnswer.ONE_LEADS, question.agency_ids, gettext("%(agency)s leads, the others support")
            )
        plain = [(choice.value, label_of(choice)) for choice in question.choices if choice not in _WITH_MORE]
        if question.doubt not in ONE_AGENCY or ListAnswer.AGENCIES not in question.choices:
            return [*offers, *plain]
        near = self._agencies(ListAnswer.AGENCIES, question.agency_ids)
        everyone = self._agencies(ListAnswer.AGENCIES, self._names)
        groups = [(_("Similar names"), near)] if near else []
        return [*groups, *plain, (_("All agencies"), everyone)]

    def _agencies(
        self, choice: ListAnswer, numbers: Iterable[int], sentence: str = "%(agency)s"
    ) -> list[tuple[str, str]]:
        known = [(number, self._names[number]) for number in numbers if number in self._names]
        return [(f"{choice}:{number}", sentence % {"agency": name}) for number, name in known]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("pick") and any(said.get(name) for name in ("day", "agencies", "text")):
            self.add_error("pick", _("Two answers are given: keep one of them."))
        return said

    @property
    def is_answered(self) -> bool:
        """Whether something was typed or chosen at all, be it right or wrong."""
        return bool(self.errors) or self.answer is not None

    @property
    def answer(self) -> Answer | None:
        """What was said; None when nothing was."""
        said = self.cleaned_data
        if said.get("day"):
            return Answer(ListAnswer.ON_DAY, day=said["day"])
        if said.get("text"):
            return Answer(ListAnswer.TITLE, text=said["text"])
        if said.get("agencies"):
            return Answer(ListAnswer.AGENCIES, tuple(said["agencies"]))
        return _picked(said["pick"]) if said.get("pick") else None


def prefix_of(key: str) -> str:
    """A short name for a question's fields."""
    return f"q{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def _picked(value: str) -> Answer:
    choice, _colon, more = value.partition(":")
    if choice == ListAnswer.ON_DAY:
        return Answer(ListAnswer.ON_DAY, day=date.fromisoformat(more))
    return Answer(ListAnswer(choice), (int(more),) if more else ())
