"""Counterclaim: who said what, when and where, and where statements contradict."""

from importlib.metadata import version

__version__ = version("counterclaim")
