"""Commands of the workshop: gates, messages, builds. Nothing here is part of the installed product."""
