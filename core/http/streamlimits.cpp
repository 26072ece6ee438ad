// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/streamlimits.h"

#include "http/transport.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

QString inSeconds(Milliseconds time) { return QString::number(toSeconds(time)) + u" s"_s; }

} // namespace

std::optional<StreamLimit> nextStreamLimit(const Timeouts &timeouts, const StreamProgress &progress)
{
    std::optional<StreamLimit> next;
    const auto consider = [&next](TimePoint from, Milliseconds time, ApiError::Kind kind) {
        if (time > 0ms && (!next || from + time < next->due)) {
            next = StreamLimit{from + time, kind};
        }
    };
    consider(progress.start, timeouts.total, ApiError::Kind::TotalTimeout);
    if (progress.awaitsToken) {
        consider(progress.sent.value_or(progress.start), timeouts.firstToken,
            ApiError::Kind::FirstTokenTimeout);
    }
    if (progress.received) {
        consider(*progress.received, timeouts.idle, ApiError::Kind::IdleTimeout);
    }
    return next;
}

ApiError streamLimitError(ApiError::Kind kind, const Timeouts &timeouts, const QUrl &url)
{
    ApiError error;
    error.kind = kind;
    const QString place = placeOf(url);
    if (kind == ApiError::Kind::FirstTokenTimeout) {
        error.message = u"%1 sent no token within %2: it may be busy or loading; try again, or "
                        "allow more time."_s.arg(place, inSeconds(timeouts.firstToken));
    } else if (kind == ApiError::Kind::IdleTimeout) {
        error.message
            = u"%1 fell silent: nothing came for %2. Check the server, or allow more time."_s.arg(
                place, inSeconds(timeouts.idle));
    } else {
        error.message = u"The answer of %1 took longer than the %2 allowed in all: it was stopped "
                        "there."_s.arg(place, inSeconds(timeouts.total));
    }
    return error;
}

} // namespace Lorikeet
