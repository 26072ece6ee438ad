// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/transport.h"

#include <QNetworkReply>
#include <QObject>
#include <QPointer>
#include <QStringList>

#include <memory>

namespace Lorikeet {

/// One request sent over a manager, with everything that came of it.
class Exchange final : public QObject
{
    Q_OBJECT

public:
    Exchange(QNetworkAccessManager &manager, const HttpRequest &request,
        const TransportOptions &options = {});
    ~Exchange() override;

    /// Until the reply has finished; false after 30 s.
    [[nodiscard]] bool wait() const;

    [[nodiscard]] QNetworkReply &reply() const { return *m_reply; }

    [[nodiscard]] bool isFinished() const { return m_finished > 0; }

    // As it stood at finished().
    std::optional<ApiError> error;
    HttpReply head;
    PhaseTimes phases;

    QByteArray body; ///< received so far
    QList<TimedBytes> pieces;
    /// The reply's signals in their order: "head", "data", "error", "finished". Repeated "data"
    /// and "head" are listed once.
    QStringList signalOrder;

private:
    void note(const QString &name);
    void take();

    QPointer<QNetworkReply> m_reply;
    int m_finished = 0;
};

/// A request with a JSON body, as chats are.
[[nodiscard]] HttpRequest postRequest(const QUrl &url, const QByteArray &body);

} // namespace Lorikeet
