// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <memory>

class QNetworkAccessManager;

namespace Lorikeet {

class CurlAccessManager;

// For tests that run over every transport: call addManagerRows() in initTestCase_data(), and
// makeManager() with QFETCH_GLOBAL(const QString, manager).

void addManagerRows();
/// "qt", "curl", "direct" (see CurlAccessManager::sendDirectly()), or "notifiers" and
/// "direct notifiers" for those two watching their sockets as they do where there is no epoll.
[[nodiscard]] std::unique_ptr<QNetworkAccessManager> makeManager(const QString &name);

// The same for what only our own promise: "curl" and "direct".

void addOwnManagerRows();
[[nodiscard]] std::unique_ptr<CurlAccessManager> makeOwnManager(const QString &name);

} // namespace Lorikeet
