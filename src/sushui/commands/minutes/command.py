"""The command itself: what it may be told, and nothing that takes time to load."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console


def minutes(
    file: Annotated[str, typer.Argument(help="A .txt, .docx or .pdf; - for pasted text.")],
    format_: Annotated[str, typer.Option("--format", help="table or json.")] = "table",
    day: Annotated[str, typer.Option(help="The day the text is of, 2026-03-12, where it does not say it.")] = "",
    year: Annotated[int | None, typer.Option(help="Or only its year; else one in the file's name.")] = None,
) -> None:
    """Read meetings, draft tasks, figures and projects out of minutes, instructions or news. Needs no database.

    Example: [bold]sushui minutes meeting.docx --format json[/bold]
    """
    from .reading import Options, run

    run(Options(file, format_, day, year), Console(highlight=False))
