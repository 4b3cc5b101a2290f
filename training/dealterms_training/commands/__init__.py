"""The commands of the command line that need labelled narratives, one a file."""
