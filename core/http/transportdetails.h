// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/transport.h"

#include <QNetworkRequest>

namespace Lorikeet {

/// Carries the TransportOptions of a request to a CurlAccessManager.
inline constexpr auto transportOptionsAttribute
    = QNetworkRequest::Attribute(QNetworkRequest::User + 1);

/// What a reply of ours tells beyond QNetworkReply; behind the functions of transport.h. A reply
/// is one itself (WireReply, RefusedReply) or has one as a child (StockExchange).
class TransportDetails
{
public:
    TransportDetails() = default;
    Q_DISABLE_COPY_MOVE(TransportDetails)
    virtual ~TransportDetails() = default;

    virtual void eachReceived(const ReceivedVisitor &visit) = 0;
    [[nodiscard]] virtual PhaseTimes phaseTimes() const = 0;
    /// As transportError(), but for the rules common to all transports (redirects).
    [[nodiscard]] virtual std::optional<ApiError> failure() const = 0;
};

} // namespace Lorikeet
