"""Words of the ground on which projects stand."""

from __future__ import annotations

from sushui.kernel.words import Word, msg


class Datum(Word):
    """In which coordinates places are given."""

    WGS_84 = "wgs_84", msg("WGS-84 or CGCS2000: surveys, receivers of satellites")
    GCJ_02 = "gcj_02", msg("GCJ-02: online maps in China")


class GroundVerb(Word):
    """Acts on maps and places, as the audit chain names them."""

    LOCATE = "locate_project", msg("placed the project on the map")
    SHAPE = "upload_township_shapes", msg("uploaded the shapes of townships")
    UNSHAPE = "remove_township_shapes", msg("removed the shapes of townships")
