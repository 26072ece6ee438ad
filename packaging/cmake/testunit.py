# SPDX-FileCopyrightText: 2026 The Lorikeet developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""testunit.py UNIT TESTS…: writes a translation unit with several tests in it, each in a namespace of
its name and with its main() called main_NAME. Messages and debuggers see the tests' own files."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.dont_write_bytecode = True

from translationunits import MOC_INCLUDES, in_namespace

unit, *tests = sys.argv[1:]
parts = [MOC_INCLUDES]
for path in tests:
    name = os.path.splitext(os.path.basename(path))[0]
    with open(path, encoding="utf-8") as file:
        text = in_namespace(file.read(), name)
    parts.append(f'#define main main_{name}\n#line 1 "{path}"\n{text}#undef main\n')
with open(unit, "w", encoding="utf-8") as file:
    file.write("".join(parts))
