"""Loads on import all that a worker needs: the process that workers are forked from imports this, and each has it at once.

What goes wrong here goes wrong again in the worker, which can tell.
"""

from __future__ import annotations

import warnings
from contextlib import suppress

from dealterms.batch.filing import Settings, extractor

with suppress(Exception), warnings.catch_warnings():
    warnings.simplefilter("error")  # a model that brings a warning is not kept, so that the worker brings it
    extractor(Settings())("Acme Inc. paid Beta GmbH an upfront fee of $5 million under a five-year license.", None, None)
