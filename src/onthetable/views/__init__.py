"""A ledger as text, JSON, Markdown and HTML: pure functions of a ledger and a day."""
