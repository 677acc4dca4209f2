"""What it means at the table: moves, proposals, figures, events and wording."""
