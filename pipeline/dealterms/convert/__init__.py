"""Labelled narratives to and from the tools in which people label: Label Studio, Doccano, Prodigy and spaCy."""

from dealterms.convert.files import FORMATS, Problem, Returns, read_file, to_bytes

__all__ = ["FORMATS", "Problem", "Returns", "read_file", "to_bytes"]
