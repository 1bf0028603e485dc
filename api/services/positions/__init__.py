"""Where speakers stand: propositions, stances, and how positions change."""
