// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/secret.h"
#include "http/answerbody.h"
#include "http/chatstream.h"
#include "http/httpexchange.h"
#include "http/limitwatch.h"
#include "model/chatrequest.h"

#include <QPointer>
#include <QUrl>

#include <memory>
#include <optional>

class QNetworkAccessManager;
class QNetworkReply;

namespace Lorikeet {

class Provider;
class RecordReader;

/// A ChatStream over HTTP: the provider writes the request, the transport sends it, a RecordReader
/// makes events of what comes, a ChatAccumulator joins them.
///
/// Its limits: the first token's runs from the request written until there is one (for an answer
/// that is not streamed: until its first byte), whatever else comes. The idle limit runs from each
/// reception of any bytes of the body to the next, so not before the first.
class HttpChatStream final : public ChatStream
{
    Q_OBJECT

public:
    /// Without a provider the stream ends with Kind::InvalidRequest.
    HttpChatStream(QNetworkAccessManager &manager, const Provider *provider, const Target &target,
        const ChatRequest &request, QObject *parent = nullptr);
    ~HttpChatStream() override;

    void stop() override;

    [[nodiscard]] std::optional<TimePoint> sentAt() const override { return m_sent; }

private:
    void onReceived();
    void readReceived();
    void onReplyFinished();
    void takeHead();
    void take(QByteArrayView bytes, TimePoint at);
    void readAs(AnswerBody body);
    void collect(QByteArrayView bytes, qsizetype limit);
    void endOfBody();
    void endOfError();
    void endOfWhole();
    [[nodiscard]] AnswerBody bodyKind() const;
    [[nodiscard]] HttpReply collectedReply() const;
    [[nodiscard]] ApiError refusal() const;
    void publish();
    void tellFinished();
    void end(const std::optional<ApiError> &error, TimePoint at);

    [[nodiscard]] std::optional<StreamLimit> nextLimit() const;

    const Provider *m_provider;
    QUrl m_url;
    Timeouts m_timeouts;
    Secret m_key; ///< only to keep it out of errors a server echoes it in
    bool m_keySent = false;
    bool m_streamAsked;
    QPointer<QNetworkReply> m_reply; ///< a child of its manager; null once ended
    LimitWatch m_limits;
    ChatAccumulator m_accumulator;
    HttpReply m_head; ///< status 0 until it is there
    AnswerBody m_body = AnswerBody::Unknown;
    std::unique_ptr<RecordReader> m_records;
    QByteArray m_collected; ///< the body, where it is not read as records
    StreamEvents m_batch; ///< not published yet; keeps its memory from read to read
    TimePoint m_lastReceived;
    std::optional<TimePoint> m_sent;
    bool m_startPending = false; ///< started() is to be emitted
    bool m_finishPending = false; ///< finished() is
    bool m_willPublish = false; ///< soon, in this turn of the event loop
    bool m_ended = false;
};

} // namespace Lorikeet
