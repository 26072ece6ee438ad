// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/directdial.h"

#include "http/transporterror.h"

#include <algorithm>
#include <cerrno>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

/// RFC 8305, section 8, recommends it.
constexpr Milliseconds patience = 250ms;
/// A UNIX socket whose queue is full says so at once, and never that there is room again.
constexpr Milliseconds untilRoom = 5ms;

/// RFC 6761, section 6.3: these are this computer, whether or not the system's resolver knows it.
bool isLoopbackName(QString host)
{
    if (host.endsWith(u'.')) {
        host.chop(1);
    }
    return host == "localhost"_L1 || host.endsWith(".localhost"_L1);
}

} // namespace

DirectDial::DirectDial(DirectLoop &loop, const DirectPlace &place, Milliseconds limit,
    std::function<void()> looked, std::function<void(Ending)> ended)
    : m_loop(loop)
    , m_place(place)
    , m_limit(limit)
    , m_looked(std::move(looked))
    , m_ended(std::move(ended))
    , m_patience([this] { tryNext(); })
    , m_timeout([this] { end(connectTimeoutError(m_place.shown, m_limit)); })
{ }

DirectDial::~DirectDial()
{
    for (const DirectSocket &socket : m_attempts) {
        m_loop.forget(socket.descriptor());
    }
}

void DirectDial::start()
{
    if (m_limit > 0ms) {
        m_timeout.set(Clock::now() + m_limit);
    }
    QHostAddress address;
    if (!m_place.unixSocket.isEmpty()) {
        m_looked();
        tryNext();
    } else if (address.setAddress(m_place.host)) {
        m_addresses = {address};
        m_looked();
        tryNext();
    } else if (isLoopbackName(m_place.host)) {
        m_addresses = {QHostAddress(QHostAddress::LocalHostIPv6), QHostAddress::LocalHost};
        m_looked();
        tryNext();
    } else {
        // Without it, nothing comes of the lookup any more.
        m_lookup = std::make_unique<QObject>();
        QHostInfo::lookupHost(
            m_place.host, m_lookup.get(), [this](const QHostInfo &found) { onLookedUp(found); });
    }
}

void DirectDial::onLookedUp(const QHostInfo &found)
{
    m_lookup.release()->deleteLater(); // it is what calls this
    m_addresses = found.addresses();
    if (m_addresses.isEmpty()) {
        end(transportFailure(ApiError::Kind::Dns, m_place.shown));
        return;
    }
    m_looked();
    tryNext();
}

void DirectDial::tryNext()
{
    DirectSocket socket;
    if (!m_place.unixSocket.isEmpty()) {
        const DirectSocket::Outcome outcome = socket.connectTo(m_place.unixSocket);
        if (outcome.mustWait) {
            m_patience.set(Clock::now() + untilRoom);
            return;
        }
        take(std::move(socket), outcome);
        return;
    }
    const QHostAddress address = m_addresses.at(m_next++);
    if (m_next < m_addresses.size()) {
        m_patience.set(Clock::now() + patience);
    }
    const DirectSocket::Outcome outcome = socket.connectTo(address, m_place.port);
    take(std::move(socket), outcome);
}

void DirectDial::take(DirectSocket socket, const DirectSocket::Outcome &outcome)
{
    if (outcome.error != 0) {
        attemptFailed(outcome.error);
    } else if (outcome.mustWait) {
        m_loop.watch(socket.descriptor(), *this, true, false, true);
        m_attempts.push_back(std::move(socket));
    } else {
        m_loop.watch(socket.descriptor(), *this, true, false, false);
        end(std::move(socket));
    }
}

bool DirectDial::onSocket(int descriptor, bool, bool, bool)
{
    const auto found = std::ranges::find(m_attempts, descriptor, &DirectSocket::descriptor);
    DirectSocket socket = std::move(*found);
    m_attempts.erase(found);
    if (const int error = socket.connectError(); error != 0) {
        m_loop.forget(descriptor);
        attemptFailed(error);
    } else {
        end(std::move(socket));
    }
    return true;
}

void DirectDial::attemptFailed(int error)
{
    if (m_next < m_addresses.size()) {
        m_patience.clear();
        tryNext();
    } else if (m_attempts.empty()) {
        end(error == EMFILE ? noMoreFilesError(m_place.shown)
                            : transportFailure(connectFailureKind(error), m_place.shown,
                                  qt_error_string(error)));
    }
}

void DirectDial::end(DirectSocket socket)
{
    // It may destroy this.
    const auto ended = std::move(m_ended);
    ended({.socket = std::move(socket), .error = {}});
}

void DirectDial::end(const ApiError &error)
{
    const auto ended = std::move(m_ended);
    ended({.socket = {}, .error = error});
}

} // namespace Lorikeet
