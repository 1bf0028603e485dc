"""Words and names: the lexicon, WordNet, places, what is written alike."""
