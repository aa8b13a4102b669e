"""Documents for other programs: Atom, OpenSearch descriptions, linked data."""
