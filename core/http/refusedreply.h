// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/transportdetails.h"

#include <QNetworkReply>
#include <QNetworkRequest>

namespace Lorikeet {

/// The reply to a request that is not sent, because something about it is wrong here: ends with
/// `error` from the event loop, as any reply does.
class RefusedReply final : public QNetworkReply, public TransportDetails
{
    Q_OBJECT

public:
    RefusedReply(const QNetworkRequest &request, const ApiError &error, QObject *parent = nullptr);

    void abort() override;

    [[nodiscard]] bool isSequential() const override { return true; }

    void eachReceived(const ReceivedVisitor & /*visit*/) override { }

    [[nodiscard]] PhaseTimes phaseTimes() const override { return {.start = m_start}; }

    [[nodiscard]] std::optional<ApiError> failure() const override { return m_error; }

protected:
    qint64 readData(char *, qint64) override { return -1; }

private:
    ApiError m_error;
    TimePoint m_start = Clock::now();
};

} // namespace Lorikeet
