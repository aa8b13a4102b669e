"""Raw Arabic copy -> who sent it, when, what it is called, and its body."""

from loader.extract.article import extract
from loader.extract.extraction import Extraction, Rejected, Removed

__all__ = ["Extraction", "Rejected", "Removed", "extract"]
