"""Inputs to reports: text fixed and hashed, page furniture labelled, title, outlet, author, date and language read."""

from onthetable.reports.intake import Intake, gather, make_report
from onthetable.reports.page import Meta

__all__ = ["Intake", "Meta", "gather", "make_report"]
