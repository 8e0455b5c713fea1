"""Papers that are given at a gate and are permits of the project's path: asked about, and recorded with the permits."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sushui.kernel.labels import label_of
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import ProjectStage
from sushui.projects.enums.doubts import ActDoubt
from sushui.projects.enums.permits import PermitDoubt, PermitState
from sushui.projects.models import PermitStep, Project
from sushui.projects.permissions import may_record_permit
from sushui.projects.queries.permits import permit_steps_of, same_number
from sushui.projects.rules.gates import Piece, gates
from sushui.projects.rules.permits import OPEN_STATES, StepReading
from sushui.projects.services.asking import Question, question
from sushui.projects.services.permits.acts import grant_permit
from sushui.projects.services.permits.reading import read_plan
from sushui.projects.services.steps import name_for


def ask_about_permit(viewer: Viewer, project: Project, stage: ProjectStage, piece: Piece) -> Iterator[Question]:
    """What the permits of the project say against a paper that was given at the gate of a stage."""
    step = _step_of(project, stage, piece)
    if step is None:
        return
    if step.granted_on is not None:
        if not _is_same(step, piece):
            yield question(
                ActDoubt.PERMIT_DIFFERS,
                _("The permits of the project have “%(step)s” %(number)s of %(day)s; the paper given here differs."),
                step=step.name,
                number=step.number,
                day=step.granted_on.isoformat(),
            )
        return
    reading, names = _reading_of(project, step)
    if reading.state not in OPEN_STATES or reading.is_over:
        yield question(
            ActDoubt.PERMIT_NOT_GRANTED,
            _("In the permits of the project “%(step)s” stands at “%(state)s”; the grant will be recorded there too.")
            if may_record_permit(viewer, step)
            else _("In the permits of the project “%(step)s” stands at “%(state)s”."),
            step=step.name,
            state=_state_in_words(reading, names),
        )
    other = same_number(step, piece.number.strip())
    if other is not None:
        yield question(
            ActDoubt.PERMIT_ELSEWHERE,
            _("The number “%(number)s” stands at “%(step)s” of another project: %(project)s."),
            number=piece.number.strip(),
            step=other.name,
            project=name_for(viewer, other.project),
        )


def grant_by(viewer: Viewer, project: Project, stage: ProjectStage, piece: Piece) -> bool:
    """Record the grant of the step that a paper is; whether that was done. What is odd was confirmed before."""
    step = _step_of(project, stage, piece)
    if step is None or step.granted_on is not None or piece.day is None or not may_record_permit(viewer, step):
        return False
    step.project = project
    grant_permit(viewer, step, on=piece.day, number=piece.number, confirmed=frozenset(PermitDoubt))
    return True


def is_shown(project: Project, stage: ProjectStage, piece: Piece) -> bool:
    """Whether the permits show the paper already, so that nobody records it twice."""
    step = _step_of(project, stage, piece)
    return step is not None and step.granted_on is not None and step.number != "" and _is_same(step, piece)


def _step_of(project: Project, stage: ProjectStage, piece: Piece) -> PermitStep | None:
    """The step of the project's path that such a paper is; one that says no number and no day is none."""
    keys = [key for each in gates().get(stage, ()) if each.kind is piece.kind for key in each.permits]
    if not keys or not piece.number.strip() or piece.day is None:
        return None
    rows = PermitStep.objects.filter(project=project, key__in=keys, applies=True)
    found = {step.key: step for step in rows.select_related("plan__template", "project", "agency")}
    return next((found[key] for key in keys if key in found), None)


def _is_same(step: PermitStep, piece: Piece) -> bool:
    return step.number in ("", piece.number.strip()) and step.granted_on == piece.day


def _reading_of(project: Project, step: PermitStep) -> tuple[StepReading, dict[str, str]]:
    plan = step.plan
    plan.project = project
    steps = permit_steps_of(plan)
    return read_plan(plan, steps).steps[step.key], {each.key: each.name for each in steps}


def _state_in_words(reading: StepReading, names: dict[str, str]) -> str:
    """“Waits for what comes before (environmental impact)”, “Being examined (over the limit)”."""
    said = {"state": label_of(reading.state), "why": gettext("over the limit")}
    if reading.state is PermitState.WAITING:
        said["why"] = gettext(", ").join(names[key] for key in reading.waiting_for)
    elif not reading.is_over:
        return said["state"]
    return gettext("%(state)s (%(why)s)") % said
