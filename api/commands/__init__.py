"""The ``counterclaim`` command, a file for each of its parts."""
