"""The monthly report of a project: one short form that works on a phone; drafts, photos and questions stay with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sushui.documents.services import FileKeeper
from sushui.kernel import clock
from sushui.kernel.acts import text_area
from sushui.kernel.errors import StaleRecord
from sushui.kernel.labels import choices_of, label_of
from sushui.kernel.months import month_of, months_between
from sushui.kernel.uploads import KeptFilesForm
from sushui.kernel.viewer import Viewer
from sushui.projects import queries, services
from sushui.projects.enums import BottleneckKind, FundingSource
from sushui.projects.forms.acts import MoneyField, MonthChoice, ProjectActForm, plain
from sushui.projects.forms.figures import outlook
from sushui.projects.models import MonthlyReport, Project
from sushui.projects.panels.reports import question_of
from sushui.projects.panels.rows import owed_months
from sushui.projects.panels.wording import month_in_words
from sushui.projects.permissions import may_give_report, may_report_on_project
from sushui.projects.rules.doubts import is_figure_of_another
from sushui.projects.rules.reports import cut_off_on, is_locked
from sushui.projects.rules.stages import AT_REST, is_built_in
from sushui.projects.services import FoundBottleneck, ReportDraft

SOURCES = {f"source_{source.value}": source for source in FundingSource}
# What a draft keeps, and what follows when another month is chosen.
TYPED = (
    "amount",
    "cumulative",
    "progress",
    "funds",
    *SOURCES,
    "next_plan",
    "bottleneck_kind",
    "bottleneck",
    "text",
    "reason",
)
IN_WAN = _("In ten thousand yuan.")


@dataclass(frozen=True)
class Asked:
    """A question about what was typed, and whether it was confirmed."""

    key: str
    question: str
    is_confirmed: bool


class ReportForm(KeptFilesForm, ProjectActForm):
    """One month of one project. What looks odd is asked about and confirmed, never changed."""

    title = _("Report a month")
    button = _("Give the report")
    template = "projects/reports/form.html"
    keeper = FileKeeper(only_pictures=True)
    record: Project
    month = MonthChoice(label=_("Month"))
    amount = MoneyField(
        label=_("Investment done"), min_value=0, help_text=_("In ten thousand yuan, of this month alone. 0 if none.")
    )
    cumulative = MoneyField(
        label=_("Done in all"),
        required=False,
        min_value=0,
        help_text=_("In ten thousand yuan, since the project began."),
    )
    progress = forms.DecimalField(
        label=_("Physical progress"),
        required=False,
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        help_text=_("Percent of completion since the project began, 0 to 100."),
    )
    funds = MoneyField(label=_("Funds received in the month"), required=False, min_value=0, help_text=IN_WAN)
    next_plan = MoneyField(label=_("Planned for the next month"), required=False, min_value=0, help_text=IN_WAN)
    bottleneck = forms.CharField(
        label=_("What holds the project up"),
        required=False,
        widget=text_area(2),
        help_text=_("It is recorded as a bottleneck; whose it is to clear can be said there."),
    )
    bottleneck_kind = forms.ChoiceField(
        label=_("Kind of bottleneck"), required=False, choices=[("", _("Choose")), *choices_of(BottleneckKind)]
    )
    text = forms.CharField(label=_("What is to be said"), required=False, widget=text_area(3))
    keeps_place = forms.BooleanField(
        label=_("Keep in the photos where they were taken"),
        required=False,
        help_text=_("Otherwise place, time and device are taken out of them."),
    )
    reason = forms.CharField(
        label=_("Reason of the correction or delay"),
        required=False,
        widget=text_area(2),
        help_text=_("What was given before is kept beside it."),
    )
    shown = forms.DateField(widget=forms.HiddenInput, required=False, input_formats=["%Y-%m"])
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def prepare(self) -> None:
        today = clock.today()
        self.asked: list[Asked] = []
        self.facts = queries.facts_of([self.record])[self.record.pk]
        self.limits = queries.report_limits(self.record.division_id, today)
        for name, source in SOURCES.items():
            self.fields[name] = MoneyField(label=label_of(source), required=False, min_value=0)
        months = self._months(today)
        self.fields["month"].choices = [(f"{each:%Y-%m}", month_in_words(each)) for each in months]  # type: ignore[attr-defined]
        self.month_shown = self._month_shown(months, today)
        lights = queries.light_limits(self.record.division_id, today)
        self.outlook = outlook(self.facts, self.month_shown, lights)
        self.before = queries.before(self.record, self.month_shown)
        self.report = queries.report_of(self.record, self.month_shown)
        kept = self.report.typed if self.report else {}
        shown = dict.fromkeys(("month", "shown"), f"{self.month_shown:%Y-%m}")
        self.initial = {**self.initial, **self._standing(), **kept, **shown}
        self.initial["seen"] = queries.report_seen(self.record)
        self.initial["version"] = self.report.version if self.report else 0

    def _months(self, today: date) -> list[date]:
        """This month and those before it, the newest first; none before the start.

        Of a project at rest those in which there was construction, if there are any.
        """
        last, started = queries.month_to_report(today), self.record.started_on
        first = max(date(today.year - 1, 1, 1), month_of(started)) if started else date(today.year - 1, 1, 1)
        months = [month_of(today), *sorted(months_between(first, last), reverse=True)]
        if self.record.stage in AT_REST:
            return [each for each in months if is_built_in(each, self.record)] or months
        return months

    def _month_shown(self, months: list[date], today: date) -> date:
        """The month that was chosen, else the first that is owed, else the last that has ended."""
        owed = owed_months(self.facts, today)
        typed = self.data.get("month", "") if self.is_bound else self.initial.get("month", "")
        ended = next((each for each in months if each <= queries.month_to_report(today)), months[0])
        return next((each for each in months if f"{each:%Y-%m}" == str(typed)), owed[0] if owed else ended)

    def _standing(self) -> dict[str, Any]:
        """What the month says already."""
        stands: dict[str, Any] = {"amount": self.outlook.stands} if self.outlook.stands is not None else {}
        current = self.report.current if self.report else None
        if current is None:
            return stands
        said = {name: getattr(current, name) for name in ("cumulative", "progress", "next_plan", "text")}
        sources = {name: Decimal(current.sources[each]) for name, each in SOURCES.items() if each in current.sources}
        said["progress"] = None if current.progress is None else plain(current.progress)
        return {**stands, **said, **sources, "funds": None if sources else current.received}

    # --- what the page shows
    @property
    def done(self) -> str:  # type: ignore[override]
        """That it is given; where photos told a place, what became of that."""
        given = str(_("Reported.") if self.is_units else _("Reported: the lights are read anew."))
        told = [each for each in self.received if each.had_place]
        if not told:
            return given
        if all(each.keeps_place for each in told):
            note = ngettext("%(count)d photo keeps its place.", "%(count)d photos keep their place.", len(told))
        else:
            note = ngettext(
                "The place was taken out of %(count)d photo.", "The place was taken out of %(count)d photos.", len(told)
            )
        return f"{given} {note % {'count': len(told)}}"

    @property
    def is_units(self) -> bool:
        """Whether it is the project's own unit that reports: of the project itself it sees no more than that."""
        return not may_report_on_project(self.viewer, self.record)

    @property
    def is_by_unit(self) -> bool:
        """Whether what stands for the month was given by the project's unit."""
        current = self.report.current if self.report else None
        return current is not None and queries.is_by_unit(current, self.record)

    @property
    def is_month_locked(self) -> bool:
        return is_locked(self.month_shown, clock.today(), self.limits)

    @property
    def cut_off(self) -> date:
        return cut_off_on(self.month_shown, self.limits)

    @property
    def wants_reason(self) -> bool:
        """Whether a reason is asked for: the month is locked, or something stands that would be corrected."""
        stands = self.outlook.stands is not None or (self.report is not None and self.report.current is not None)
        return stands or self.is_month_locked or bool(self["reason"].value())

    @property
    def source_fields(self) -> list[Any]:
        return [self[name] for name in SOURCES]

    @property
    def has_source_errors(self) -> bool:
        return bool(SOURCES.keys() & self.errors.keys())

    def may(self) -> bool:
        is_at_work = self.record.stage not in AT_REST or is_built_in(self.month_shown, self.record)
        return bool(may_give_report(self.viewer, self.record)) and is_at_work

    # --- what is done with it
    def clean(self) -> dict[str, Any]:
        said = super().clean()
        month, amount, shown = said.get("month"), said.get("amount"), said.get("shown")
        if shown and month and amount is not None and is_figure_of_another(self.facts, month, amount, shown):
            sentence = _("This is the figure of %(month)s, which the page showed: give that of the month chosen.")
            self.add_error("amount", sentence % {"month": month_in_words(shown)})
        if said.get("bottleneck") and not said.get("bottleneck_kind"):
            self.add_error("bottleneck_kind", _("Say of which kind it is."))
        if not self.errors:
            self._ask(self._draft(said))
        return said

    def _ask(self, draft: ReportDraft) -> None:
        confirmed = cast(QueryDict, self.data).getlist("confirmed")
        doubts = services.report_doubts(self.record, draft)
        self.asked = [Asked(each.key, question_of(each), each.key in confirmed) for each in doubts]
        if not all(each.is_confirmed for each in self.asked):
            self.add_error(None, _("Something here looks odd: correct it, or confirm below that it is right."))

    def _draft(self, said: Mapping[str, Any]) -> ReportDraft:
        found = said.get("bottleneck")
        return ReportDraft(
            month=said["month"],
            done=said["amount"],
            cumulative=said.get("cumulative"),
            progress=said.get("progress"),
            received=said.get("funds"),
            sources={each: said[name] for name, each in SOURCES.items() if said.get(name) is not None},
            next_plan=said.get("next_plan"),
            text=said.get("text", ""),
            bottleneck=FoundBottleneck(BottleneckKind(said["bottleneck_kind"]), found) if found else None,
        )

    def act(self) -> MonthlyReport:
        said = self.cleaned_data
        return services.give_report(
            self.viewer,
            self.record,
            self._draft(said),
            reason=said["reason"],
            confirmed=[each.key for each in self.asked if each.is_confirmed],
            photos=self.received,
            seen=said["seen"],
            seen_version=self._seen_version(),
        )

    def _seen_version(self) -> int | None:
        """The version of the chosen month's report that was seen; of a month that was not shown none was."""
        said = self.cleaned_data
        if said.get("version") is None:
            return None
        return int(said["version"]) if said.get("shown") in (None, said["month"]) else 0

    def renew(self) -> None:
        typed = cast(QueryDict, self.data).copy()
        typed["seen"] = str(queries.report_seen(self.record))
        typed["version"] = str(queries.report_version(self.record, self.month_shown))
        typed["shown"] = f"{self.month_shown:%Y-%m}"
        self.report = queries.report_of(self.record, self.month_shown)
        self.data = typed

    # --- drafts, and another month
    def is_kept(self) -> bool:
        """Keep what was typed as a draft, right or wrong, with its photos.

        False where a photo or month is refused, or where somebody else was first: then ``refusal`` says so.
        """
        self.full_clean()
        if {"photos", "month"} & set(self.errors):
            return False
        typed = {name: value for name in TYPED if (value := self.data.get(name, "").strip())}
        try:
            self.made = services.keep_draft(
                self.viewer,
                self.record,
                self.cleaned_data["month"],
                typed,
                photos=self.received,
                seen_version=self._seen_version(),
            )
        except StaleRecord as error:
            self.refusal = error
            self.renew()
        return self.refusal is None

    @classmethod
    def turned(cls, data: Any, *, viewer: Viewer, record: Project) -> ReportForm:
        """The form for the month that was chosen: what was typed goes along, what only stood for another does not."""
        was = cls(None, viewer=viewer, record=record, initial={"month": data.get("shown", "")})
        now = cls(None, viewer=viewer, record=record, initial={"month": data.get("month", "")})
        for name in TYPED:
            typed = data.get(name, "").strip()
            if typed and typed != str(was[name].value() or ""):
                now.initial[name] = typed
        now.initial["kept"] = data.get("kept", "")
        return now
