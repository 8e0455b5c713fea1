"""What the command line says instead of a traceback."""


class MinutesRefused(RuntimeError):
    """The file cannot be read; the sentence says why and how to mend it."""
