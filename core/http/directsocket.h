// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QHostAddress>
#include <QString>

#include <span>
#include <utility>

namespace Lorikeet {

/// A socket that never waits, closed when this goes.
class DirectSocket final
{
public:
    /// Errors are the system's numbers (errno), 0 being none.
    struct Outcome
    {
        qint64 size = 0; ///< in bytes; 0 of a read: the other side has closed
        int error = 0;
        bool mustWait = false;
    };

    DirectSocket() = default;

    DirectSocket(DirectSocket &&other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1))
    { }

    DirectSocket &operator=(DirectSocket &&other) noexcept;
    Q_DISABLE_COPY(DirectSocket)
    ~DirectSocket();

    /// Begins to connect; mustWait where the socket becomes writable once it is done.
    [[nodiscard]] Outcome connectTo(const QHostAddress &address, quint16 port);
    /// To the UNIX socket of that path.
    [[nodiscard]] Outcome connectTo(const QString &path);
    /// How connecting went, once it is writable.
    [[nodiscard]] int connectError() const;

    [[nodiscard]] Outcome read(std::span<char> room) const;
    /// Both, one after the other, as far as they are taken.
    [[nodiscard]] Outcome write(QByteArrayView first, QByteArrayView second) const;
    /// Nothing has come, and it was not closed.
    [[nodiscard]] bool isQuiet() const;

    [[nodiscard]] int descriptor() const { return m_descriptor; }

private:
    [[nodiscard]] int open(int family);

    int m_descriptor = -1;
};

/// What failing to connect with that error is.
[[nodiscard]] ApiError::Kind connectFailureKind(int error);

} // namespace Lorikeet
