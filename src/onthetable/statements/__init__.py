"""Who says it, through whom, how firmly."""

from onthetable.statements.attribute import attribute

__all__ = ["attribute"]
