"""What XML 1.0 can hold of a text."""

from __future__ import annotations

import re
from typing import Any

_UNWRITABLE = re.compile("[^\t\n\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml(value: Any) -> Any:
    """Text without the characters that XML has no way to write, each replaced; anything else as it is."""
    return _UNWRITABLE.sub("\ufffd", value) if isinstance(value, str) else value
