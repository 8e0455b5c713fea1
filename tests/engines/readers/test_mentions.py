import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.engines.readers import AgencyIndex, AgencyName, Ask, Field, Mention, MentionKind
from sushui.engines.readers.mentions import AgencyCell, read_agencies, read_leader
from tests.engines.readers.lists import AGENCIES


def lead_cell(text: str) -> AgencyCell:
    return read_agencies(text, Field.LEAD_AGENCIES, AGENCIES)


def support_cell(text: str) -> AgencyCell:
    return read_agencies(text, Field.SUPPORTING_AGENCIES, AGENCIES)


def keys(mentions: list[Mention]) -> list[str]:
    return [key for mention in mentions for key in mention.matches]


def asked(cell: AgencyCell) -> list[tuple[Ask, str]]:
    return [(question.code, question.text) for question in cell.questions]


@pytest.mark.parametrize("sign", ["、", ",", "\uff0c", ";", "\uff1b", "\n", "/", "\uff0f", "、\n", ", "])
def test_agencies_are_parted_by_any_sign(sign):
    cell = lead_cell(f"县发改局{sign}县财政局。")

    assert (keys(cell.lead), cell.questions) == (["planning", "finance"], [])


@pytest.mark.parametrize("word", ["和", "及", "与", "以及"])
def test_agencies_joined_by_a_word_are_parted_when_both_are_known(word):
    assert keys(lead_cell(f"县发改局{word}县财政局").lead) == ["planning", "finance"]


def test_agencies_joined_by_a_word_stay_together_when_one_is_not_known():
    cell = lead_cell("县发改局和某公司")

    assert [mention.kind for mention in cell.lead] == [MentionKind.UNKNOWN]


def test_agency_whose_name_holds_such_a_word_is_not_parted():
    assert keys(lead_cell("县发展和改革局").lead) == ["planning"]


def test_agency_mention_keeps_the_text_of_the_cell():
    assert lead_cell("县 财政局").lead == [Mention("县 财政局", MentionKind.AGENCY, ("finance",))]


def test_agency_cell_without_text_names_nobody():
    assert lead_cell(" 、。\n") == AgencyCell()


def test_agency_not_known_is_asked_with_similar_names():
    question = lead_cell("县财证局").questions[0]

    assert (question.code, question.field, question.text) == (Ask.UNKNOWN_AGENCY, Field.LEAD_AGENCIES, "县财证局")
    assert question.suggestions[0] == "finance"


def test_agency_not_known_is_never_taken_for_a_similar_one():
    assert lead_cell("县财证局").lead == [Mention("县财证局", MentionKind.UNKNOWN)]


def test_group_stands_for_all_its_members():
    assert support_cell("各乡镇人民政府").supporting == [Mention("各乡镇人民政府", MentionKind.GROUP, ("east", "west"))]


def test_group_word_reaches_over_an_enumeration_comma():
    cell = support_cell("各乡镇人民政府、街道办事处,开发区管委会")

    assert (keys(cell.supporting), cell.questions) == (["east", "west", "street", "zone"], [])


def test_group_word_reaches_over_nothing_else():
    cell = support_cell("各乡镇人民政府,街道办事处")

    assert asked(cell) == [(Ask.UNKNOWN_AGENCY, "街道办事处")]


def test_group_word_does_not_swallow_an_agency_after_it():
    assert keys(support_cell("各街道、东镇").supporting) == ["street", "east"]


def test_group_signs_inside_brackets_part_nothing():
    cell = support_cell("各乡(镇、街道)、县财政局\uff08国资、金融\uff09")

    assert [mention.text for mention in cell.supporting] == ["各乡(镇、街道)", "县财政局\uff08国资、金融\uff09"]


def test_group_without_members_is_asked():
    cell = read_agencies("各街道", Field.SUPPORTING_AGENCIES, AgencyIndex.of([]))

    assert asked(cell) == [(Ask.EMPTY_GROUP, "各街道")]


def test_group_that_leaves_open_who_is_asked_not_guessed():
    cell = support_cell("县政府有关部门")

    assert (cell.supporting, asked(cell)) == (
        [Mention("县政府有关部门", MentionKind.UNKNOWN)],
        [(Ask.UNDETERMINED_GROUP, "县政府有关部门")],
    )


@pytest.mark.parametrize("ending", ["等", "等部门", "等有关单位"])
def test_agency_followed_by_others_is_taken_and_the_others_asked(ending):
    cell = lead_cell(f"县财政局{ending}")

    assert (keys(cell.lead), asked(cell)) == (["finance"], [(Ask.OPEN_ENDED, "县财政局")])


def test_agency_name_that_is_not_unique_is_asked():
    index = AgencyIndex.of([*AGENCIES.agencies[:1], AgencyName("other", ("县发改局",))])

    cell = read_agencies("县发改局", Field.LEAD_AGENCIES, index)

    assert cell.lead == [Mention("县发改局", MentionKind.UNKNOWN, ("planning", "other"))]
    assert cell.questions[0].suggestions == ("planning", "other")


@pytest.mark.parametrize("hint", ["(牵头)", "\uff08牵头\uff09", "(主办单位)"])
def test_role_hint_makes_the_others_support(hint):
    cell = lead_cell(f"县发改局{hint}、县财政局、县住建局")

    assert (keys(cell.lead), keys(cell.supporting)) == (["planning"], ["finance", "works"])


def test_role_hint_of_support_leaves_the_others_leading():
    cell = lead_cell("县发改局、县财政局(配合)")

    assert (keys(cell.lead), keys(cell.supporting)) == (["planning"], ["finance"])


@pytest.mark.parametrize("colon", [":", "\uff1a", " : "])
def test_role_labels_inside_a_cell_give_the_roles(colon):
    cell = lead_cell(f"牵头单位{colon}县发改局\n配合单位{colon}县财政局、县住建局")

    assert (keys(cell.lead), keys(cell.supporting)) == (["planning"], ["finance", "works"])


def test_role_labels_win_over_the_column():
    assert keys(support_cell("牵头单位:县发改局").lead) == ["planning"]


def test_question_names_the_role_in_which_it_was_asked():
    cell = lead_cell("县发改局(牵头)、某公司")

    assert [question.field for question in cell.questions] == [Field.SUPPORTING_AGENCIES]


def test_agency_name_longer_than_any_name_is_not_looked_into():
    assert lead_cell("局" * 61).lead[0].kind is MentionKind.UNKNOWN


@given(
    st.text(
        st.sampled_from("县财政局发改各乡镇街道等有关部门牵头配合单位、\uff0c,;\n()\uff08\uff09:\uff1a。 /和"),
        max_size=80,
    )
)
def test_agency_cell_of_any_text_is_read_and_every_unknown_is_asked(text):
    cell = lead_cell(text)

    unknown = [mention for mention in cell.lead + cell.supporting if mention.kind is MentionKind.UNKNOWN]
    assert len(cell.questions) >= len(unknown)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("分管招商的副主任", MentionKind.POST),
        ("副县长", MentionKind.POST),
        ("党工委书记", MentionKind.POST),
        ("某某", MentionKind.UNKNOWN),
    ],
)
def test_leader_is_a_post_when_it_reads_like_one(text, kind):
    assert read_leader(text) == Mention(text, kind)


def test_leader_of_an_empty_cell_is_nobody():
    assert read_leader("") is None


def test_agency_cell_with_more_names_than_any_list_has_is_asked_as_a_whole():
    text = "、".join(["县财政局"] * 202)

    cell = support_cell(text)

    assert (cell.lead, cell.supporting) == ([], [Mention(text, MentionKind.UNKNOWN)])
    assert asked(cell) == [(Ask.UNKNOWN_AGENCY, text)]


def test_agency_cell_with_as_many_names_as_there_may_be_is_read():
    assert len(lead_cell("、".join(["县财政局"] * 201)).lead) == 201
