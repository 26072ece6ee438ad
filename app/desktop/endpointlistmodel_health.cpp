// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of EndpointListModel that says in words how an endpoint is, and doubts it.

#include "endpointlistmodel.h"

#include <QLocale>
#include <QTimer>

namespace Lorikeet {

namespace {

/// Nobody was there, or not any more.
bool isLost(ApiError::Kind kind)
{
    switch (kind) {
    case ApiError::Kind::Dns:
    case ApiError::Kind::Refused:
    case ApiError::Kind::Unreachable:
    case ApiError::Kind::Tls:
    case ApiError::Kind::Proxy:
    case ApiError::Kind::ConnectTimeout:
    case ApiError::Kind::FirstTokenTimeout:
    case ApiError::Kind::IdleTimeout:
    case ApiError::Kind::Truncated:
        return true;
    default:
        return false;
    }
}

/// In as few words as a badge has room for; the sentence is beside it.
QString failureText(ApiError::Kind kind)
{
    switch (kind) {
    case ApiError::Kind::Storage:
        return EndpointListModel::tr("no key");
    case ApiError::Kind::Unauthorized:
        return EndpointListModel::tr("key refused");
    case ApiError::Kind::Tls:
        return EndpointListModel::tr("not trusted");
    case ApiError::Kind::Unavailable:
        return EndpointListModel::tr("not ready");
    case ApiError::Kind::RateLimited:
        return EndpointListModel::tr("busy");
    case ApiError::Kind::Dns:
    case ApiError::Kind::Refused:
    case ApiError::Kind::Unreachable:
    case ApiError::Kind::Proxy:
    case ApiError::Kind::ConnectTimeout:
    case ApiError::Kind::FirstTokenTimeout:
    case ApiError::Kind::IdleTimeout:
    case ApiError::Kind::TotalTimeout:
        return EndpointListModel::tr("not reachable");
    default:
        return EndpointListModel::tr("answers with an error");
    }
}

} // namespace

void EndpointListModel::heed(QUuid id, const std::optional<ApiError> &error)
{
    const Finding known = finding(id);
    const bool belies = error && isLost(error->kind) ? known.health == Healthy
                                                     : known.health == Failing && known.error
            && isLost(known.error->kind) && (!error || error->httpStatus != 0);
    if (belies) {
        lookAgain(id);
    }
}

void EndpointListModel::lookAgain(QUuid id)
{
    const TimePoint now = Clock::now();
    const TimePoint last = m_looks.value(id, now - m_rest);
    if (last > now) {
        return; // it will be
    }
    const auto wait = std::chrono::ceil<Milliseconds>(last + m_rest - now);
    m_looks.insert(id, now + wait);
    if (wait <= Milliseconds::zero()) {
        ask(id);
    } else {
        QTimer::singleShot(wait, this, [this, id] { ask(id); });
    }
}

QString EndpointListModel::healthText(const Finding &finding) const
{
    switch (finding.health) {
    case Unknown:
        return {};
    case Asking:
        return tr("asking …");
    case Failing:
        return finding.error ? failureText(finding.error->kind) : tr("not reachable");
    case Healthy:
        break;
    }
    const std::optional<Nanoseconds> latency = finding.description->latency;
    if (!latency) {
        return tr("healthy");
    }
    const auto milliseconds = std::chrono::duration_cast<Milliseconds>(*latency).count();
    return milliseconds < 1 ? tr("healthy < 1 ms") : tr("healthy %L1 ms").arg(milliseconds);
}

QString EndpointListModel::lastAnswer(const Finding &finding) const
{
    if (finding.health != Failing || !finding.description || !finding.at.isValid()) {
        return {};
    }
    const QString when = QLocale().toString(finding.at.toLocalTime(), QLocale::ShortFormat);
    const QString server
        = QString(finding.description->server + u' ' + finding.description->version).trimmed();
    return server.isEmpty() ? tr("It last answered on %1.").arg(when)
                            : tr("It last answered on %1, as %2.").arg(when, server);
}

} // namespace Lorikeet
