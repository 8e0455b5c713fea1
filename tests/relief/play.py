"""What the tests of relief say in one line each, in the county of `tests/cast.py`, on 3 March 2026 (a Tuesday)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sushui.enterprises.models import Enterprise
from sushui.kernel.viewer import Viewer
from sushui.relief import queries, services
from sushui.relief.enums import Satisfaction, SupportChannel, SupportKind
from sushui.relief.models import CommonIssue, SupportRequest
from sushui.relief.services import AssignDraft, RequestDraft
from sushui.supervision.enums import Grade
from sushui.supervision.models import TaskRequest
from sushui.supervision.services import close_task, return_task
from tests.cast import County
from tests.enterprises.play import CODE, OTHER_CODE, THIRD_CODE
from tests.enterprises.play import Play as EnterprisePlay

POWER = "厂区变压器容量不够，三月投产要增容到 2000 千伏安。"


@dataclass(frozen=True)
class Play:
    """Acts in the name of the office, the agencies and the enterprises; ``ours`` is the enterprise of the cast."""

    county: County
    ours: Enterprise
    forge: Enterprise
    mill: Enterprise

    def viewer(self, key: str) -> Viewer:
        return self.county.viewer(key)

    def draft(self, content: str = POWER, **said: Any) -> RequestDraft:
        values = {"channel": SupportChannel.PHONE, "kind": SupportKind.UTILITIES, **said}
        return RequestDraft(content, **values)

    def receive(
        self, content: str = POWER, *, by: str = "office", of: Enterprise | None = None, **said: Any
    ) -> SupportRequest:
        return services.receive_request(self.viewer(by), of or self.ours, self.draft(content, **said))

    def agencies(self, lead: str = "works", *supporting: str, **said: Any) -> AssignDraft:
        rows = self.county.agencies
        return AssignDraft(rows[lead].pk, tuple(rows[key].pk for key in supporting), **said)

    def assign(
        self, request: SupportRequest, lead: str = "works", *supporting: str, by: str = "office", **said: Any
    ) -> SupportRequest:
        return services.assign_request(self.viewer(by), self.fresh(request), self.agencies(lead, *supporting, **said))

    def answer(
        self, request: SupportRequest, text: str = "已增容，4 月 1 日送电。", *, by: str = "works_head"
    ) -> SupportRequest:
        services.answer_request(self.viewer(by), self.fresh(request, by), text=text)
        return self.fresh(request)

    def rate(
        self, request: SupportRequest, satisfaction: Satisfaction, words: str = "还没有通电", *, by: str = "enterprise"
    ) -> SupportRequest:
        fresh = self.fresh(request, by)
        return services.rate_request(self.viewer(by), fresh, satisfaction=satisfaction, words=words)

    def gather(self, requests: list[SupportRequest], lead: str = "works") -> CommonIssue:
        numbers = [request.pk for request in requests]
        draft = self.agencies(lead, kind=SupportKind.UTILITIES)
        return services.gather_requests(self.viewer("office"), numbers, draft, title="园区供电不足", content=POWER)

    def fresh(self, request: SupportRequest, by: str = "office") -> SupportRequest:
        """The request as somebody sees it now."""
        return queries.request_for(self.viewer(by), request.pk)

    def close(self, task_id: int) -> None:
        close_task(self.viewer("office"), self._waiting(task_id), grade=Grade.GOOD)

    def send_back(self, task_id: int, note: str = "企业说没有解决") -> None:
        return_task(self.viewer("office"), self._waiting(task_id), note=note)

    def _waiting(self, task_id: int) -> TaskRequest:
        rows = TaskRequest.objects.select_related("part__task__order")
        return rows.get(part__task=task_id, state="open")


def begin(county: County) -> Play:
    """Three enterprises in the register; the first is that of the cast."""
    agency = county.agencies["enterprise"]
    agency.code = CODE
    agency.save()
    entering = EnterprisePlay(county)
    names = (("涑水装备有限公司", CODE), ("鑫源铸造有限公司", OTHER_CODE), ("绛州面粉有限公司", THIRD_CODE))
    return Play(county, *(entering.enter(name, code=code) for name, code in names))
