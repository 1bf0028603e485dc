"""``counterclaim import``: files held to the contract, imported, told line by line."""
