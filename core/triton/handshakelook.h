// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "base/clock.h"

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTimer>
#include <QUrl>

#include <optional>

namespace Lorikeet::Triton {

/// Why a connection over TLS failed, which Qt's channel keeps to itself: does the handshake once
/// more, on a connection of its own over which nothing is sent, and looks at how it ends. Deletes
/// itself afterwards.
class HandshakeLook final : public QObject
{
    Q_OBJECT

public:
    HandshakeLook(const QUrl &url, const QSslConfiguration &configuration, Milliseconds limit,
        QObject *parent);

Q_SIGNALS:
    /// Once; nothing where TLS is not what failed.
    void finished(const std::optional<Lorikeet::ApiError> &fault);

private:
    void onError();
    void end(const std::optional<ApiError> &fault);

    QUrl m_url;
    QSslSocket m_socket;
    QTimer m_timer;
    QList<QSslError> m_errors;
    bool m_isOver = false;
};

/// Whether TLS can be why a connection failed, and a look is of use.
[[nodiscard]] bool mayBeTls(const ApiError &error);

} // namespace Lorikeet::Triton
