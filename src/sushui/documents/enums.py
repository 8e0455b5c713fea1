"""Words of documents. The Chinese of each is in docs/glossary.md."""

from __future__ import annotations

from sushui.kernel.words import Word, msg


class FileKind(Word):
    """What a file is by its bytes, whatever its name says."""

    PDF = "pdf", msg("PDF")
    WORD = "word", msg("Word document")
    WORKBOOK = "workbook", msg("Workbook")
    SLIDES = "slides", msg("Presentation")
    OLD_WORD = "old_word", msg("Word document of the old kind")
    OLD_WORKBOOK = "old_workbook", msg("Workbook of the old kind")
    OLD_SLIDES = "old_slides", msg("Presentation of the old kind")
    JPEG = "jpeg", msg("JPEG picture")
    PNG = "png", msg("PNG picture")
    WEBP = "webp", msg("WebP picture")
    # Known so that a refusal can name them; never taken.
    MACROS = "macros", msg("Office file with macros")
    LOCKED = "locked", msg("Office file with a password")
    HEIC = "heic", msg("HEIC picture")
    OTHER_PICTURE = "other_picture", msg("Picture of another kind")
    ARCHIVE = "archive", msg("Packed files")
    PROGRAM = "program", msg("Program")
    WEB_PAGE = "web_page", msg("Web page")
    UNKNOWN = "unknown", msg("File of an unknown kind")


class ContentFlaw(Word):
    """How content on disk differs from what its row says."""

    MISSING = "missing", msg("The file is not there.")
    ALTERED = "altered", msg("The file was altered.")


class FileVerb(Word):
    """Acts on files, as the audit chain names them."""

    ATTACH = "attach_file", msg("Attached")
    REPLACE = "replace_file", msg("Replaced a file")
    WITHDRAW = "withdraw_file", msg("Withdrew a file")


# What the values in the lines of these acts are called.
FIELDS = {
    "attachment": msg("Number of the attachment"),
    "file_versions": msg("Versions of the files"),
    "files": msg("Files"),
    "sha256": msg("Digest of the file"),
}
