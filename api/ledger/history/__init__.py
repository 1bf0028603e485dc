"""Every version of everything, in a chain of hashes under a Merkle tree."""
