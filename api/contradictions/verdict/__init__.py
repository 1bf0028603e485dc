"""From two aligned statements to a verdict, its score and its explanation."""
