"""The tests, as the code is laid out; tests of the whole stand beside."""
