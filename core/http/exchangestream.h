// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "http/apiclient.h"
#include "http/chatstream.h"
#include "http/limitwatch.h"

#include <QPointer>

#include <optional>

class QNetworkAccessManager;
class QNetworkReply;

namespace Lorikeet {

/// One whole exchange, told as an answer in the making: when its phases ended, and in the end what
/// it came to. Brings no events and no tokens. See ApiClient::exchange().
///
/// Its limits: that of the first token runs from the request written until the first byte, the idle
/// limit from each reception to the next.
class ExchangeStream final : public ChatStream
{
    Q_OBJECT

public:
    /// A request that could not be encoded ends it with why.
    ExchangeStream(QNetworkAccessManager &manager, const Target &target,
        const Result<HttpRequest> &request, AnswerReader read, QObject *parent = nullptr);
    ~ExchangeStream() override;

    void stop() override;

    [[nodiscard]] std::optional<TimePoint> sentAt() const override;

private:
    void onReceived();
    void onReplyFinished();
    void end(const std::optional<ApiError> &error, TimePoint at);
    [[nodiscard]] std::optional<StreamLimit> nextLimit() const;

    QUrl m_url;
    Timeouts m_timeouts;
    Secret m_key; ///< only to keep it out of errors a server echoes it in
    AnswerReader m_read;
    QPointer<QNetworkReply> m_reply; ///< a child of its manager; null once ended
    LimitWatch m_limits;
    ChatOutcome m_outcome;
    QByteArray m_body;
    TimePoint m_lastReceived;
    bool m_ended = false;
};

} // namespace Lorikeet
