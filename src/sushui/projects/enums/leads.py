"""Words of investment promotion: what comes before a project."""

from __future__ import annotations

from sushui.kernel.words import Word, msg


class PromotionNode(Word):
    """How far an investor is, in this order; a contract makes the lead a project."""

    TALKS = "talks", msg("Talks")
    FRAMEWORK = "framework", msg("Framework agreement")
    CONTRACT = "contract", msg("Signed contract")


class LeadVerb(Word):
    """Acts on leads, as the audit chain names them."""

    REGISTER = "register_lead", msg("registered the investment lead")
    EDIT = "edit_lead", msg("edited the investment lead")
    REACH = "reach_node", msg("reached a node of the talks")
    FOUND = "found_project", msg("made the lead a project")
    DROP = "drop_lead", msg("dropped the investment lead")
