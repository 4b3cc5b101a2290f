"""Where texts lie: files and folders, lines, archives and Parquet files, read a text at a time."""

from dealterms.sources.contents import LARGEST, STDIN, Piece, read_pieces
from dealterms.sources.files import File, find_files

__all__ = ["LARGEST", "STDIN", "File", "Piece", "find_files", "read_pieces"]
