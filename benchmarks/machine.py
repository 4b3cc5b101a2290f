"""What the figures were measured on: no paths, no names."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path


def describe() -> str:
    """Give one line on the processor, the memory, the system and the versions."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("dealterms", "spacy", "numpy"))
    return f"{os.cpu_count()} cores ({_processor()}), {_memory()}{platform.system()}, Python {platform.python_version()}, {packages}"


def load() -> str:
    """Tell how many processes others had running, where the system does."""
    if not hasattr(os, "getloadavg"):
        return "load not known"
    return f"load at the start {os.getloadavg()[0]:.1f}"


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    names = (
        [line.partition(":")[2].strip() for line in told.read_text().splitlines() if line.startswith("model name")] if told.exists() else []
    )
    return names[0] if names else platform.machine()


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB of memory, "
    except (AttributeError, ValueError, OSError):
        return ""
