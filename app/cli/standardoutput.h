// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArrayView>

class QJsonObject;

namespace Lorikeet::StandardOutput {

/// Writes at once, past every buffer. False once nobody reads any more (a closed pipe, as behind
/// `head`) or it cannot be written; the program then has no reason to go on.
[[nodiscard]] bool write(QByteArrayView bytes);

/// The object as one line.
[[nodiscard]] bool writeLine(const QJsonObject &object);

[[nodiscard]] bool isTerminal();

/// Makes a closed pipe an error of write() instead of the program's death.
void ignoreBrokenPipes();

} // namespace Lorikeet::StandardOutput
