// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/adapter.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace Lorikeet {

/// Why the `parameters` object of a native request must not be sent, in one sentence; nothing if
/// it may. Looks at the finished object, so that nothing gets by, whichever way it came in: some
/// mistakes do not fail on the server but end its process (an unknown merge strategy; a control
/// character in an adapter's name, which LoRAX puts into a response header). Ranges of single
/// parameters are not checked here but by their ParameterSpec.
[[nodiscard]] std::optional<QString> loraxProblem(const QJsonObject &parameters, bool stream);

/// As the server takes it under `merged_adapters`.
[[nodiscard]] QJsonObject loraxMergeToJson(const MergedAdapters &merged);

/// The part of loraxProblem() that concerns merged adapters alone.
[[nodiscard]] std::optional<QString> loraxMergeProblem(const MergedAdapters &merged);

/// What may be said of a merge, the default first.
[[nodiscard]] const QStringList &loraxMergeStrategies();
[[nodiscard]] const QStringList &loraxSignMethods();
/// The strategy leaves out part of each adapter, so that it needs a density.
[[nodiscard]] bool loraxMergeIsSparse(const QString &strategy);
/// The strategy lets the adapters vote on signs.
[[nodiscard]] bool loraxMergeVotes(const QString &strategy);

} // namespace Lorikeet
