"""Every regular expression of ours, held against texts that are made to keep it busy.

A pattern that takes time in proportion to its text takes four times as long for four times as
much. One that tries again and again takes sixteen times as long, or never ends.
"""

import ast
import importlib
import pkgutil
import re
import warnings
from functools import cache
from itertools import pairwise
from pathlib import Path
from time import thread_time

import pytest

import api
import schemas

# In small steps at first: of what doubles with each character the next step would never end.
SHORT = 60
SIZES = (*range(16, SHORT, 3), 80, 320, 1_250, 5_000, 20_000)
TOLERATED = 9
# What is done in less is not measured against its share: the clock is too coarse.
QUICK_SECONDS = 0.02
METHODS = {"search", "match", "fullmatch", "sub", "split", "findall", "finditer"}

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import sre_compile
    import sre_constants
    import sre_parse


@cache
def _patterns():
    """Where each pattern stands, by itself and the way it is used: from its start or anywhere."""
    found = {}
    for package in (api, schemas):
        sources = {
            file: file.read_text(encoding="utf-8")
            for file in Path(package.__path__[0]).rglob("*.py")
        }
        whole = "\n".join(sources.values())
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                for each in value if isinstance(value, (tuple, list)) else (value,):
                    if isinstance(each, re.Pattern) and isinstance(each.pattern, str):
                        used = set(re.findall(rf"\b{name}\.(\w+)\(", whole)) & METHODS
                        for method in used or {"search"}:
                            found[each.pattern, each.flags, method] = f"{module.name}.{name}"
        for file, source in sources.items():
            for call in ast.walk(ast.parse(source)):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                    method, first = call.func.attr, call.args[0] if call.args else None
                    of_re = isinstance(call.func.value, ast.Name) and call.func.value.id == "re"
                    if of_re and method in METHODS and isinstance(first, ast.Constant):
                        found[first.value, re.UNICODE.value, method] = f"{file.name}:{call.lineno}"
    return found


def _pumps(tree):
    """For each repeated part of a pattern, some texts that it matches one after the other."""
    for operation, argument in tree:
        if operation in (sre_constants.MAX_REPEAT, sre_constants.MIN_REPEAT):
            yield _sample(argument[2])
            yield from _pumps(argument[2])
        elif operation is sre_constants.SUBPATTERN:
            yield from _pumps(argument[3])
        elif operation is sre_constants.BRANCH:
            for branch in argument[1]:
                yield from _pumps(branch)
        elif operation in (sre_constants.ASSERT, sre_constants.ASSERT_NOT):
            yield from _pumps(argument[1])


def _sample(tree):
    """A short text that a part of a pattern matches, as far as can be told simply."""
    text = ""
    for operation, argument in tree:
        if operation is sre_constants.LITERAL:
            text += chr(argument)
        elif operation is sre_constants.IN:
            text += next((c for c in "a0 A-.,“”'\"\n\té/_@" if _in(argument, c)), "a")
        elif operation in (sre_constants.MAX_REPEAT, sre_constants.MIN_REPEAT):
            text += _sample(argument[2]) * max(1, min(argument[0], 3))
        elif operation is sre_constants.SUBPATTERN:
            text += _sample(argument[3])
        elif operation is sre_constants.BRANCH:
            text += _sample(argument[1][0])
        elif operation in (sre_constants.ANY, sre_constants.NOT_LITERAL):
            text += "a"
    return text


def _in(items, character):
    """Whether a set of characters has one."""
    compiled = sre_parse.SubPattern(sre_parse.State(), [(sre_constants.IN, items)])
    return sre_compile.compile(compiled).match(character) is not None


def _seconds(pattern, method, text):
    """Of the processor, which others may keep busy, and not of the clock."""
    began = thread_time()
    if method in ("match", "fullmatch"):
        getattr(pattern, method)(text)
    else:
        for _ in pattern.finditer(text):
            pass
    return thread_time() - began


def _grows(pattern, method, pump, end):
    """Whether the time grows faster than the text."""

    def seconds(size, times):
        text = (pump * (size // len(pump) + 1))[:size] + end
        return min(_seconds(pattern, method, text) for _ in range(times))

    for shorter, size in pairwise(SIZES):
        if seconds(size, 1) <= QUICK_SECONDS:
            continue
        if size <= SHORT:
            return f"{size} characters {pump!r}"
        # Seen once, it may be the machine that was busy.
        before, now = seconds(shorter, 5), seconds(size, 3)
        if now > QUICK_SECONDS and now > TOLERATED * before:
            return f"{size} characters {pump!r}: {before:.4f} s for {shorter}, then {now:.4f} s"
    return None


def test_there_are_patterns_to_hold():
    assert len(_patterns()) >= 40


@pytest.mark.parametrize("catastrophic", [r"(a+)+$", r"\s+$", r"(a|aa)+b", r"(.*)x(.*)y"])
def test_a_pattern_that_would_keep_a_server_busy_is_found(catastrophic):
    pattern = re.compile(catastrophic)
    pumps = [*_pumps(sre_parse.parse(catastrophic)), " ", "x"]
    assert any(_grows(pattern, "search", pump, end) for pump in pumps for end in ("!", "\0"))


def test_every_pattern_takes_time_in_proportion_to_its_text():
    for (source, flags, method), place in _patterns().items():
        pattern = re.compile(source, flags)
        pumps = {*_pumps(sre_parse.parse(source, flags)), "a", " ", "“", "<", "(", "0", "a ", "A. "}
        for pump in filter(None, pumps):
            for end in ("!", "\0"):
                slow = _grows(pattern, method, pump, end)
                assert not slow, f"{place} {method} {source!r}: {slow}"
