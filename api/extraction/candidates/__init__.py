"""What might be an attribution: by quotation marks, clauses, labels, implication."""
