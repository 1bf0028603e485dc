"""What is read of statements: filters, pages, search, counts, postings."""
