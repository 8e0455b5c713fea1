"""Where gates, their evidence and corrected payments stand; included among the room's urls."""

from __future__ import annotations

from django.urls import URLPattern, path

from sushui.projects.forms import EVIDENCE_FORMS, PAYMENT_FORMS
from sushui.projects.views import acting
from sushui.projects.views import gates as views

urlpatterns: list[URLPattern] = [
    path("gates/", views.gate_list, name="gate-list"),
    path("<int:project_id>/gates/", views.gates, name="gates"),
    *[
        path(f"evidence/<int:evidence_id>/{verb}/", views.evidence_act, {"verb": verb}, f"evidence-{verb}")
        for verb in EVIDENCE_FORMS
    ],
    *[
        path(f"payments/<int:payment_id>/{verb}/", acting.payment_act, {"verb": verb}, f"payment-{verb}")
        for verb in PAYMENT_FORMS
    ],
]
