"""Words of resourcing: what a project needs, in which unit, and how far it is promised and there."""

from __future__ import annotations

from collections.abc import Mapping

from sushui.kernel.words import Word, msg


class ResourceUnit(Word):
    """The unit in which a factor is counted."""

    MU = "mu", msg("mu")
    TCE = "tce", msg("tons of standard coal")
    PERSON = "person", msg("people")
    ITEM = "item", msg("items")
    YUAN = "yuan", msg("yuan")
    CUBIC_METER = "cubic_meter", msg("cubic meters a year")
    KVA = "kva", msg("kVA")
    TON = "ton", msg("tons a year")


class ResourceFactor(Word):
    """What follows a project: the five factors, money by source and month, water, power and emission quota."""

    LAND = "land", msg("Land")
    ENERGY = "energy", msg("Energy quota")
    LABOR = "labor", msg("Labor")
    APPROVALS = "approvals", msg("Approvals")
    INFRASTRUCTURE = "infrastructure", msg("Infrastructure to the site")
    FUNDS = "funds", msg("Funds")
    WATER = "water", msg("Water")
    POWER = "power", msg("Power supply")
    EMISSIONS = "emissions", msg("Emission quota")


# The unit in which each factor is counted.
UNITS: Mapping[ResourceFactor, ResourceUnit] = {
    ResourceFactor.LAND: ResourceUnit.MU,
    ResourceFactor.ENERGY: ResourceUnit.TCE,
    ResourceFactor.LABOR: ResourceUnit.PERSON,
    ResourceFactor.APPROVALS: ResourceUnit.ITEM,
    ResourceFactor.INFRASTRUCTURE: ResourceUnit.ITEM,
    ResourceFactor.FUNDS: ResourceUnit.YUAN,
    ResourceFactor.WATER: ResourceUnit.CUBIC_METER,
    ResourceFactor.POWER: ResourceUnit.KVA,
    ResourceFactor.EMISSIONS: ResourceUnit.TON,
}


class GapState(Word):
    """How far a need is met, the worst first."""

    OVERDUE = "overdue", msg("commitment overdue")
    UNKNOWN = "unknown", msg("need not known")
    UNCOMMITTED = "uncommitted", msg("not committed")
    UNDELIVERED = "undelivered", msg("not delivered yet")
    MET = "met", msg("delivered")


class ResourceVerb(Word):
    """Acts on resources, as the audit chain names them."""

    ADD_NEED = "add_resource_need", msg("said what the project needs")
    EDIT_NEED = "edit_resource_need", msg("changed what the project needs")
    DROP_NEED = "drop_resource_need", msg("took a need away")
    COMMIT = "commit_resource", msg("committed a resource")
    WITHDRAW = "withdraw_commitment", msg("withdrew a commitment")
    DELIVER = "deliver_resource", msg("recorded a delivery")
    CORRECT = "correct_delivery", msg("corrected a delivery")
    CHASE = "chase_commitment", msg("made a task of an overdue commitment")
