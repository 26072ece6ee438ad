// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <memory>

class QNetworkAccessManager;

namespace Lorikeet {

// For tests that run over every transport: call addManagerRows() in initTestCase_data(), and
// makeManager() with QFETCH_GLOBAL(const QString, manager).

void addManagerRows();
/// "qt", "curl", or "notifiers" for curl watching its sockets as it does where there is no epoll.
[[nodiscard]] std::unique_ptr<QNetworkAccessManager> makeManager(const QString &name);

} // namespace Lorikeet
