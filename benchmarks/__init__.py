"""How fast dealterms is and what memory it takes, as ratios of one run: ``python -m benchmarks``."""
