// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "exitcode.h"

#include <QByteArrayView>

#include <optional>

class QJsonObject;

namespace Lorikeet::StandardOutput {

/// Writes at once, past every buffer. Gives a code where the program has no reason to go on: Done
/// once nobody reads any more (a closed pipe, as behind `head`), Internal where it cannot be
/// written, which has then been said on stderr.
[[nodiscard]] std::optional<ExitCode> write(QByteArrayView bytes);

/// The object as one line.
[[nodiscard]] std::optional<ExitCode> writeLine(const QJsonObject &object);

[[nodiscard]] bool isTerminal();

/// Makes a closed pipe an error of write() instead of the program's death.
void ignoreBrokenPipes();

} // namespace Lorikeet::StandardOutput
