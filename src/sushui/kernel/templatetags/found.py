"""What a search found, with the characters marked by which it was found."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sushui.kernel.finding import pieces, places
from sushui.kernel.front import Hit
from sushui.kernel.search import Sought

register = template.Library()
MOST_OTHERS = 2


@register.simple_tag
def marked(text: str, sought: Sought, is_spelled: bool = False) -> SafeString:
    """``text``, marked where ``sought`` names it."""
    found = pieces(text, sought, whole=is_spelled)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", piece.text) if piece.is_meant else piece.text,) for piece in found)
    )


@register.simple_tag
def found_by(hit: Hit, sought: Sought) -> list[SafeString]:
    """Codes and other names by which a thing was found whose label does not say why; marked, two at most."""
    unsaid = [word for word in sought.words if not places(word, hit.label, whole=hit.is_spelled)]
    named = [text for text in hit.other.split() if any(places(word, text, whole=hit.is_spelled) for word in unsaid)]
    return [marked(text, sought, hit.is_spelled) for text in named[:MOST_OTHERS]]
