# SPDX-FileCopyrightText: 2026 The Lorikeet developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts source files together into translation units. The most of a file's compilation is Qt's headers,
so that a dozen files as one unit take hardly longer than one. What a file keeps to itself no other
file of its unit has or uses: it would be another thing there, or hide what was meant."""

import os
import re

UNNAMED = re.compile(r"^namespace \{\n(.*?)^\} // namespace\n", re.S | re.M)
TYPE = re.compile(r"^(?:class|struct|union|enum(?: class)?)\s+(\w+)", re.M)
OTHER = re.compile(r"^(?!class|struct|union|enum|using|namespace|template|//|/\*)\S[^\n(={;]*?\b(\w+)\s*[(={;\[]", re.M)
ALIAS = re.compile(r"^using (\w+) =", re.M)
# Not what follows a dot, an arrow or a scope, which is looked up there.
USED = re.compile(r"(?<![\w.:>\"])([A-Za-z_]\w*)")
INCLUDE = re.compile(r"\s*(#.*|//.*)?$")
TEXT = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|//[^\n]*")

# What moc's output includes, which must not be inside of a namespace for the first time.
MOC_INCLUDES = "#include <QtCore/qtmochelpers.h>\n#include <QtCore/qxptype_traits.h>\n#include <memory>\n"


def is_test(path, text):
    """Whether its code is at the top level, so that it can be put into a namespace."""
    return os.path.basename(path).startswith("tst_") and not re.search(
        r"^namespace \w|^Q_DECLARE_METATYPE", text, re.M
    )


def in_namespace(text, name):
    """A test's code in a namespace that begins behind its includes, line by line the same."""
    lines = text.split("\n")
    start = next(n for n, line in enumerate(lines) if not INCLUDE.match(line))
    blank = next(n for n in range(start - 1, 0, -1) if not lines[n].strip())
    lines[blank] = f"namespace {name} {{"
    return "\n".join(lines) + f"}} // namespace {name}\n"


def own_names(path, text):
    if is_test(path, text):
        return set()
    names = set()
    for block in UNNAMED.findall(text):
        for pattern in (TYPE, OTHER, ALIAS):
            names.update(pattern.findall(block))
    return names


def used_names(path, text):
    return set() if is_test(path, text) else set(USED.findall(TEXT.sub(" ", text)))


class Group:
    def __init__(self):
        self.paths = []
        self.names = set()
        self.used = set()

    def takes(self, names, used):
        return not (self.names & used or self.used & names)


class Groups:
    def __init__(self, at_once):
        self.at_once = at_once
        self.all = []
        self.by_kind = {}

    def add(self, path, text, kind):
        """Puts a file into the first unit of its kind that has room and can take it."""
        names = own_names(path, text)
        used = used_names(path, text) | names
        candidates = self.by_kind.setdefault(kind, [])
        for group in candidates:
            if len(group.paths) < self.at_once and group.takes(names, used):
                break
        else:
            group = Group()
            candidates.append(group)
            self.all.append(group)
        group.paths.append(path)
        group.names |= names
        group.used |= used
