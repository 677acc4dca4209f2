"""Puts this folder on the path, for the talks made by hand that several tests share (talks.py)."""
