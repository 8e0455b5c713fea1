"""The form of an act that may be asked about: a box to confirm stands beside each question once it was asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sushui.kernel.labels import label_of
from sushui.projects.enums.doubts import ActDoubt
from sushui.projects.forms.acts import ProjectActForm
from sushui.projects.services.asking import QuestionsAskedError

COMPARED = _("I looked at it again: it is so.")


class AskingForm(ProjectActForm):
    """Confirms by a box what the service asks about."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for doubt in ActDoubt:
            if _box(doubt) in (self.data or {}):
                self._offer_box(doubt)

    @property
    def confirmed(self) -> frozenset[ActDoubt]:
        """What was asked about before and confirmed now."""
        return frozenset(doubt for doubt in ActDoubt if self.cleaned_data.get(_box(doubt)))

    @property
    def boxes(self) -> list[str]:
        """The names of the boxes that stand in the form."""
        return [name for name in map(_box, ActDoubt) if name in self.fields]

    def is_done(self) -> bool:
        done = super().is_done()
        if isinstance(self.refusal, QuestionsAskedError):
            for each in self.refusal.questions:
                self._offer_box(each.doubt)
        return done

    def _offer_box(self, doubt: ActDoubt) -> None:
        if _box(doubt) not in self.fields:
            field = forms.BooleanField(label=COMPARED, required=False, help_text=label_of(doubt))
            self.fields[_box(doubt)] = field


def _box(doubt: ActDoubt) -> str:
    return f"confirm_{doubt}"
