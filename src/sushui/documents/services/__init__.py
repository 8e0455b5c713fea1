"""What other rooms ask of documents: open a workbook that somebody sent, write a table as a workbook, keep files.

A `Table` is plain values and a `Target` a registered kind and a number: this room knows nobody's registers.
"""

from sushui.documents.adapter import open_workbook
from sushui.documents.rules import Column, ColumnKind, Table, Value
from sushui.documents.services.attaching import (
    attach_file,
    attach_files,
    attach_received,
    replace_file,
    told,
    withdraw_file,
)
from sushui.documents.services.keeping import FileKeeper
from sushui.documents.services.receiving import (
    FileContent,
    ReceivedFile,
    StoredContent,
    Upload,
    receive_file,
    receive_uploads,
)
from sushui.documents.services.upkeep import FileFinding, FilesProof, check_files, sweep_files
from sushui.documents.targets import Target, TargetKind, register_target
from sushui.documents.workbooks import render_workbook, write_workbook

__all__ = [
    "Column",
    "ColumnKind",
    "FileContent",
    "FileFinding",
    "FileKeeper",
    "FilesProof",
    "ReceivedFile",
    "StoredContent",
    "Table",
    "Target",
    "TargetKind",
    "Upload",
    "Value",
    "attach_file",
    "attach_files",
    "attach_received",
    "check_files",
    "open_workbook",
    "receive_file",
    "receive_uploads",
    "register_target",
    "render_workbook",
    "replace_file",
    "sweep_files",
    "told",
    "withdraw_file",
    "write_workbook",
]
