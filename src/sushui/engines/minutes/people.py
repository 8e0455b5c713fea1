"""Posts and names in a line of who was there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .flow import Paragraph
from .lexicon import words
from .readings import Attendee

_WORDS = words("people")
_POST = _WORDS["posts"]
NAME = f"(?:(?:{_WORDS['compound_surnames']})[一-龥]{{1,2}}|[{_WORDS['surnames']}][一-龥]{{1,2}})"
_NAME = re.compile(NAME)
_WITH_NAME = re.compile(rf"(?P<post>.*(?:{_POST}))(?P<name>{_NAME.pattern})")
_NO_NAME = re.compile("[会议场等同志出席全体]")
_VERBS = _WORDS["was_there"]
_PRESENT = re.compile(
    rf"(?P<who>[^。；]+?)(?:等)?(?:企业|单位|同志|负责人)?(?:应邀|一同|共同|分别)*(?:{_VERBS})(?:[，。；]|$)"
)
_FAR_ENOUGH = 1_000  # lines of who was there stand at the beginning of a paragraph
_LABEL = re.compile("(?:参会|参加|出席|列席|与会)(?:单位|人员|领导)?：(?P<who>[^。；]+)")
_CHAIR_LABEL = re.compile("主持(?:人)?：(?P<who>[^，。；]+)")
_CHAIR = re.compile(
    rf"(?P<who>[^，。；：]*?(?:{_POST})(?:{_NAME.pattern}|[一-龥]某某?)?(?:、[^，。；：]*?)?)主持(?:召开|会议|仪式|了)?"
)
_TIME = re.compile(r"^.{0,16}?\d{1,2}[日号](?:上午|下午|晚)?(?:，)?|^(?:会议)?由|^.*?讯")


def split_name(said: str) -> tuple[str, str]:
    """The post and the name in words that hold one or both."""
    hit = _WITH_NAME.fullmatch(said)
    if hit and not _NO_NAME.search(hit["name"]):
        return hit["post"], hit["name"]
    if _NAME.fullmatch(said) and not re.search(_POST, said):
        return "", said
    return said, ""


def chair(paragraph: Paragraph) -> Attendee | None:
    """Who was in the chair, if a paragraph says it."""
    hit = _CHAIR_LABEL.match(paragraph.text) or _CHAIR.search(paragraph.text[:_FAR_ENOUGH])
    if hit is None:
        return None
    words, start = _without_time(hit["who"], hit.start("who"))
    post, name = split_name(words)
    return Attendee(post, name, paragraph.span(start, start + len(words))) if words else None


def present(paragraph: Paragraph) -> Iterator[Attendee]:
    """Who was there, as far as a paragraph lists it."""
    label = _LABEL.match(paragraph.text)
    for hit in [label] if label else _PRESENT.finditer(paragraph.text[:_FAR_ENOUGH]):
        words, start = _without_time(hit["who"], hit.start("who"))
        yield from _people(paragraph, words.removesuffix("等"), start)


def _without_time(words: str, start: int) -> tuple[str, int]:
    time = _TIME.match(words)
    offset = time.end() if time else 0
    return words[offset:], start + offset


def _people(paragraph: Paragraph, words: str, start: int) -> Iterator[Attendee]:
    """Posts joined by 、 belong to the name that ends them; agencies and bare names stand alone."""
    for group in re.finditer("[^，]+", words):
        posts: list[str] = []
        begin = start + group.start()
        for piece in re.finditer("[^、]+", group[0]):
            text = re.sub("^(?:以及|和|及)|(?:等|等领导|等县领导)$", "", piece[0])
            post, name = split_name(text)
            here = start + group.start() + piece.start()
            if not posts:
                begin = here
            posts += [post] if post else []
            ends = here + len(piece[0])
            if name or not _is_post(text) or ends == start + group.end():
                if _is_person("、".join(posts), name):
                    yield Attendee("、".join(posts), name, paragraph.span(begin, ends))
                posts = []


def _is_post(text: str) -> bool:
    return bool(re.search(f"(?:{_POST})$", text)) and not re.search("负责人|负责同志|领导|代表|成员|干部", text)


def _is_person(post: str, name: str) -> bool:
    return bool(name) or (
        bool(re.search(f"(?:{_POST}|局|委|办|镇|乡|公司|单位|村|街道|中心|院|校)(?:人)?$", post)) and len(post) <= 40
    )
