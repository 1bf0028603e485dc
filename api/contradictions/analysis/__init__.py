"""What is kept of a text: its analysis, figures and times."""
