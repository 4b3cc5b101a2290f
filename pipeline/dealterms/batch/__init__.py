"""Whole archives: from any number of filings to tables."""
