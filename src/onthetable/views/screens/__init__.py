"""The screens of the dossier: a ledger's answers, arranged as the templates show them."""
