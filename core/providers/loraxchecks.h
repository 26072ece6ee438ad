// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace Lorikeet {

/// Why the `parameters` object of a native request must not be sent, in one sentence; nothing if
/// it may. Looks at the finished object, so that nothing gets by, whichever way it came in: some
/// mistakes do not fail on the server but end its process (an unknown merge strategy; a control
/// character in an adapter's name, which LoRAX puts into a response header). Ranges of single
/// parameters are not checked here but by their ParameterSpec.
[[nodiscard]] std::optional<QString> loraxProblem(const QJsonObject &parameters, bool stream);

} // namespace Lorikeet
