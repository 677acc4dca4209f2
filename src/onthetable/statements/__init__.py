"""Who says it, through whom, how firmly."""

from onthetable.statements.attribution import attribute

__all__ = ["attribute"]
