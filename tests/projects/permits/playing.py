"""What the tests of permits say in one line each: a filing project on land of its own, as an office would record it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sushui.projects.enums.permits import PermitDoubt, PermitPath, PermitState, PermitVariant
from sushui.projects.models import PermitPlan, PermitStep, Project
from sushui.projects.queries.permits import permit_plan_of, permit_steps_of
from sushui.projects.rules.permits import Forecast
from sushui.projects.services import permits
from tests.projects.play import Play

OWN_LAND = frozenset({"land_in_hand", "eia_form"})
HELD = {"housing_construction": "works", "approval_service": "finance", "natural_resources": "finance"}


@dataclass(frozen=True)
class Permits:
    """Acts on permits, in the county of `tests/cast.py`: the works bureau holds the permits of housing and
    construction, the finance bureau stands for the approval service and for natural resources."""

    play: Play

    def hold(self) -> None:
        """Say who holds which permits."""
        holders = {kind: self.play.agency_id(key) for kind, key in HELD.items()}
        permits.name_permit_holders(self.play.office, holders)

    def planned(self, flags: frozenset[str] = OWN_LAND, **values: Any) -> Project:
        """A project with a path."""
        self.hold()
        project = self.play.project(**values)
        self.choose(project, flags)
        return project

    def choose(
        self,
        project: Project,
        flags: frozenset[str] = OWN_LAND,
        path: PermitPath = PermitPath.ENTERPRISE_FILING,
        variant: PermitVariant = PermitVariant.STANDARD,
        **more: Any,
    ) -> PermitPlan:
        return permits.choose_permit_path(self.play.office, project, path=path, variant=variant, flags=flags, **more)

    def plan(self, project: Project) -> PermitPlan:
        found = permit_plan_of(project)
        assert found is not None, "no path is chosen"
        found.project = Project.objects.select_related("subject").get(pk=project.pk)
        return found

    def step(self, project: Project, key: str) -> PermitStep:
        return PermitStep.objects.select_related("project", "plan").get(project=project, key=key)

    def state(self, project: Project, key: str) -> PermitState:
        """Where a step stood when it was last read."""
        return PermitState(self.step(project, key).state)

    def forecast(self, project: Project) -> Forecast:
        """As it stands now."""
        plan = self.plan(project)
        return permits.read_plan(plan, permit_steps_of(plan))

    # --- acts
    def file(self, project: Project, key: str, day: str, by: str = "project_office", **more: Any) -> PermitStep:
        viewer = self.play.viewer(by)
        return permits.file_permit(viewer, self.step(project, key), on=date.fromisoformat(day), **more)

    def file_again(self, project: Project, key: str, day: str) -> PermitStep:
        """Take the filing back, and record it with another day."""
        permits.take_back_permit(self.play.office, self.step(project, key), reason="日期录错")
        return self.file(project, key, day)

    def accept(self, project: Project, key: str, day: str, by: str = "project_office") -> PermitStep:
        return permits.accept_permit(self.play.viewer(by), self.step(project, key), on=date.fromisoformat(day))

    def grant(self, project: Project, key: str, day: str, by: str = "project_office", **more: Any) -> PermitStep:
        """A grant without a number is confirmed unless a test says otherwise."""
        viewer, said = self.play.viewer(by), {"confirmed": {PermitDoubt.WITHOUT_NUMBER}, **more}
        return permits.grant_permit(viewer, self.step(project, key), on=date.fromisoformat(day), **said)
