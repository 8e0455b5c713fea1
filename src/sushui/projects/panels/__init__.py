"""What projects say about their records: rows, sheets, sentences, offers, and what waits today."""
