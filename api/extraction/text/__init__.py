"""An article's text: blocks, quotations, phrases, as the parser reads them."""
