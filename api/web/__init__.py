"""The web's conventions, with no resource in them."""
