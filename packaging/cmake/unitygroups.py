# SPDX-FileCopyrightText: 2026 The Lorikeet developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""unitygroups.py FILES…: prints "N FILE" a line, N being the translation unit that a file goes into."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.dont_write_bytecode = True

from translationunits import Groups

# Not more: two halves of a library are to end at about the same time.
groups = Groups(at_once=8)
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        groups.add(path, file.read(), "")
for number, group in enumerate(groups.all):
    for path in group.paths:
        print(number, path)
