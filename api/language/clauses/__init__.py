"""What a clause says: propositions, their arguments, polarity, modality, quantities."""
