// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "desktop.h"

#include <QList>
#include <QString>

#include <functional>

namespace Lorikeet {

/// A state of the window that is worth a picture.
struct Scene
{
    QString name;
    bool samples = true; ///< the sample sessions are there
    /// Brings the window into that state; false: it could not be.
    std::function<bool(Desktop &)> play;
    QString timing = QStringLiteral("fast"); ///< the simulator's
    QLatin1StringView server = QLatin1StringView(""); ///< likewise, as in SimulatorOptions
};

[[nodiscard]] QList<Scene> chatScenes();
[[nodiscard]] QList<Scene> compareScenes();
[[nodiscard]] QList<Scene> endpointScenes();
[[nodiscard]] QList<Scene> gridScenes();
[[nodiscard]] QList<Scene> judgingScenes();
[[nodiscard]] QList<Scene> loadScenes();
[[nodiscard]] QList<Scene> structuredScenes();
[[nodiscard]] QList<Scene> templateScenes();
[[nodiscard]] QList<Scene> toolScenes();
/// A stranger's walk through five kinds of servers: test, chat, and what goes wrong.
[[nodiscard]] QList<Scene> walkScenes();

/// So many lanes, each another adapter as long as there are some; and asked, until all answered.
[[nodiscard]] bool showLanes(Desktop &desktop, int count);
[[nodiscard]] bool askLanes(Desktop &desktop, int count);

/// A parameter of the chat's endpoint, as if typed. False: it has none of that name.
[[nodiscard]] bool setParameter(Desktop &desktop, const QString &name, const QString &value);

} // namespace Lorikeet
