"""What is odd about an act on a project: it is asked about, and done once a person has confirmed it."""

from __future__ import annotations

from sushui.kernel.words import Word, msg


class ActDoubt(Word):
    """What a person looks at again before the act is done."""

    NUMBER_ODD = "number_odd", msg("It does not look like the number of a document.")
    TEXT_SHORT = "text_short", msg("What the evidence says is hardly a word.")
    PAPER_LATER = "paper_later", msg("The paper is of a later day than what it lets happen.")
    GATES_OWED = "gates_owed", msg("Evidence for stages on the way is missing and will be owed.")
    PERMIT_NOT_GRANTED = "permit_not_granted", msg("The permits of the project do not have it yet.")
    PERMIT_DIFFERS = "permit_differs", msg("The permits of the project say another number or day.")
    PERMIT_ELSEWHERE = "permit_elsewhere", msg("Another project has a document with this number.")
    ABOVE_NEED = "above_need", msg("More is committed than is needed.")
    ABOVE_COMMITMENT = "above_commitment", msg("More is delivered than was committed.")
    BELOW_COMMITTED = "below_committed", msg("Less is needed than is committed already.")
    DAY_PAST = "day_past", msg("The day has passed already.")
