# SPDX-FileCopyrightText: 2026 The Lorikeet developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts source files together into translation units. Files of a unit have no name in common among
those that each keeps to itself. The most of a file's compilation is Qt's headers, so that a dozen
files as one unit take hardly longer than one."""

import os
import re

UNNAMED = re.compile(r"^namespace \{\n(.*?)^\} // namespace\n", re.S | re.M)
TYPE = re.compile(r"^(?:class|struct|union|enum(?: class)?)\s+(\w+)", re.M)
OTHER = re.compile(r"^(?!class|struct|union|enum|using|namespace|template|//|/\*)\S[^\n(={;]*?\b(\w+)\s*[(={;\[]", re.M)
ALIAS = re.compile(r"^using (\w+) =", re.M)


def is_test(path, text):
    """Whether its code is at the top level, so that it can be put into a namespace."""
    return os.path.basename(path).startswith("tst_") and not re.search(
        r"^namespace \w|^Q_DECLARE_METATYPE", text, re.M
    )


def own_names(path, text):
    if is_test(path, text):
        return set()
    names = set()
    for block in UNNAMED.findall(text):
        for pattern in (TYPE, OTHER, ALIAS):
            names.update(pattern.findall(block))
    return names


class Group:
    def __init__(self):
        self.paths = []
        self.names = set()


class Groups:
    def __init__(self, at_once):
        self.at_once = at_once
        self.all = []
        self.by_kind = {}

    def add(self, path, text, kind):
        """Puts a file into the first unit of its kind that has room and none of its names."""
        names = own_names(path, text)
        candidates = self.by_kind.setdefault(kind, [])
        for group in candidates:
            if len(group.paths) < self.at_once and not group.names & names:
                break
        else:
            group = Group()
            candidates.append(group)
            self.all.append(group)
        group.paths.append(path)
        group.names |= names
