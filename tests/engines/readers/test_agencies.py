import pytest

from sushui.engines.readers import AgencyIndex, AgencyName, Group
from sushui.engines.readers.agencies import groups_of, is_undetermined
from tests.engines.readers.lists import AGENCIES

BOTH = frozenset({Group.TOWNSHIPS, Group.SUBDISTRICTS})


@pytest.mark.parametrize(
    "name", ["县发展和改革局", "县发改局", "发改局", "发展和改革委员会", "县 发改 局", "县\n发改局", " 县发改局 "]
)
def test_find_knows_every_name_with_and_without_the_level(name):
    assert AGENCIES.find(name) == ("planning",)


@pytest.mark.parametrize("name", ["", "县", "发改", "改革局", "县发改局长", "县卫健局"])
def test_find_of_anything_else_is_nobody(name):
    assert AGENCIES.find(name) == ()


def test_find_does_not_take_another_level_for_ours():
    assert AGENCIES.find("市发改局") == ()


def test_find_is_not_misled_by_a_word_that_begins_like_a_level():
    assert (AGENCIES.find("县市场监管局"), AGENCIES.find("市场监管局")) == (("market",), ("market",))


def test_find_drops_the_division_before_the_name():
    index = AgencyIndex.of([AgencyName("planning", ("发展和改革局",))], division="某县")

    assert [index.find(name) for name in ("某县发展和改革局", "县发展和改革局", "市发展和改革局")] == [
        ("planning",),
        ("planning",),
        (),
    ]


def test_find_takes_any_level_when_no_name_tells_which_is_ours():
    index = AgencyIndex.of([AgencyName("planning", ("发改局",))])

    assert [index.find(name) for name in ("县发改局", "区发改局", "市发改局")] == [("planning",)] * 3


def test_find_gives_everybody_of_one_name():
    index = AgencyIndex.of([AgencyName("a", ("县医院",)), AgencyName("b", ("县中医院", "县医院"))])

    assert index.find("县医院") == ("a", "b")


def test_find_compares_full_and_half_width_alike():
    index = AgencyIndex.of([AgencyName("a", ("水务局(河长办)",))])

    assert index.find("水务局(河长办)") == ("a",)


def test_near_offers_similar_names_once_each():
    assert AGENCIES.near("县发展改革局") == ("planning",)


def test_near_offers_nothing_for_a_sentence():
    assert AGENCIES.near("县" + "发" * 40) == ()


def test_near_stops_comparing_after_many_names():
    index = AgencyIndex.of([AgencyName("a", ("县财政局",))])
    for number in range(500):
        index.near(f"单位{number}")

    assert index.near("县财政所") == ()


def test_members_come_in_the_order_given():
    assert AGENCIES.members(BOTH) == ("east", "west", "street")


@pytest.mark.parametrize(
    ("phrase", "groups"),
    [
        ("各乡镇", {Group.TOWNSHIPS}),
        ("各乡镇人民政府", {Group.TOWNSHIPS}),
        ("各乡(镇)政府", {Group.TOWNSHIPS}),
        ("各镇", {Group.TOWNSHIPS}),
        ("各街道", {Group.SUBDISTRICTS}),
        ("各街道办事处", {Group.SUBDISTRICTS}),
        ("各乡镇(街道)", BOTH),
        ("各镇街", BOTH),
        ("各乡镇、街道", BOTH),
        ("全县各乡镇", {Group.TOWNSHIPS}),
        ("县政府各部门", {Group.DEPARTMENTS}),
        ("区人民政府各工作部门", {Group.DEPARTMENTS}),
        ("县直各部门", {Group.DEPARTMENTS}),
        ("各部门", {Group.DEPARTMENTS}),
        ("乡镇人民政府", set()),
        ("各单位", set()),
        ("各有关部门", set()),
        ("东镇人民政府", set()),
    ],
)
def test_groups_of_a_phrase(phrase, groups):
    assert groups_of(phrase) == groups


@pytest.mark.parametrize(
    ("phrase", "open_who"),
    [
        ("县政府有关部门", True),
        ("区直有关部门", True),
        ("相关单位", True),
        ("县直各有关单位", True),
        ("有关乡镇", True),
        ("领导小组成员单位", True),
        ("各责任单位", True),
        ("县直各单位", True),
        ("其他有关单位", True),
        ("各乡镇", False),
        ("县政府各部门", False),
        ("县财政局", False),
        ("县政府办公室", False),
    ],
)
def test_is_undetermined_says_whether_a_phrase_leaves_open_who(phrase, open_who):
    assert is_undetermined(phrase) is open_who
