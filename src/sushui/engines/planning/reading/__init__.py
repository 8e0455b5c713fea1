"""Problems read from what people and researchers write; every error is named with its place."""
