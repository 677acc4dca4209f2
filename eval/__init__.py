"""Figures of merit with a floor each: `python -m eval` refuses a lower one."""
