"""The text of a statement, from the words of the article."""
