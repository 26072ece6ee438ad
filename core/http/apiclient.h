// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "http/httpexchange.h"
#include "http/transport.h"
#include "model/chatrequest.h"
#include "model/description.h"
#include "model/endpoint.h"
#include "model/streamevent.h"

#include <QFuture>
#include <QObject>

#include <functional>
#include <memory>

class QNetworkAccessManager;

namespace Lorikeet {

class Carrier;
class ChatStream;

/// What a whole answer counts, or what is wrong with it.
using AnswerReader = std::function<Result<Usage>(const HttpReply &)>;

/// Asks endpoints. Lives in one thread, with the manager it was given; one for each thread that
/// talks to the network serves any number of endpoints and concurrent requests.
class ApiClient final : public QObject
{
    Q_OBJECT

public:
    /// `manager` must outlive this and live in the same thread.
    explicit ApiClient(QNetworkAccessManager &manager, QObject *parent = nullptr);
    ~ApiClient() override;

    /// From now on also asks the endpoints that this one carries. Without, HTTP is all that is
    /// spoken.
    void setCarrier(std::unique_ptr<Carrier> carrier);
    /// Null for what is asked over HTTP.
    [[nodiscard]] Carrier *carrierFor(const QUrl &url) const;

    /// Starts a request for an answer, and sends it again where it fails and Endpoint::retry says
    /// so; Timeouts::total then limits all tries together. The stream is a child of this; delete it
    /// to abort without a word. Its signals come from the event loop, never from within this call,
    /// also where the request is refused before sending.
    [[nodiscard]] ChatStream *chat(const Target &target, const ChatRequest &request);

    /// One whole exchange over HTTP, with the times of its phases, for what is no chat: its outcome
    /// has what `read` makes of the answer, whatever its status, and neither text nor tokens. Sent
    /// once. A request that was not encoded ends it with why. Else as chat().
    [[nodiscard]] ChatStream *exchange(
        const Target &target, const Result<HttpRequest> &request, AnswerReader read);

    /// One whole exchange. An answer with an error status is a value here, not an error. Cancelling
    /// the future itself (not one that continues it) ends the exchange.
    [[nodiscard]] QFuture<Result<HttpReply>> fetch(
        const HttpRequest &request, const TransportOptions &options, Milliseconds timeout);

    /// Models, adapters and limits of the endpoint, asked in its own dialect.
    [[nodiscard]] QFuture<Result<EndpointDescription>> describe(const Target &target);

private:
    QNetworkAccessManager &m_manager;
    std::unique_ptr<Carrier> m_carrier;
};

} // namespace Lorikeet
