"""Dates: EDTF, dates of speech, times named in a text."""
