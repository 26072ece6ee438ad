// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/deadline.h"
#include "http/directloop.h"
#include "http/directsocket.h"

#include <QHostInfo>
#include <QList>

#include <memory>
#include <optional>
#include <vector>

namespace Lorikeet {

/// Finds a name's addresses and connects to the first that takes it: in their order, the next one
/// tried beside the others where they are slow (RFC 8305), for a name's IPv6 may lead nowhere.
class DirectDial final : public DirectHandler
{
public:
    struct Ending
    {
        DirectSocket socket; ///< connected, where there is no error
        std::optional<ApiError> error;
    };

    /// `looked` is called when the addresses are known and the first socket is opened; `ended` once
    /// and last, and may destroy this. Neither comes from within this call.
    DirectDial(DirectLoop &loop, const DirectPlace &place, Milliseconds limit,
        std::function<void()> looked, std::function<void(Ending)> ended);
    ~DirectDial() override;

    /// May end it at once.
    void start();

    bool onSocket(int descriptor, bool readable, bool writable, bool failed) override;

private:
    void onLookedUp(const QHostInfo &found);
    void tryNext();
    void take(DirectSocket socket, const DirectSocket::Outcome &outcome);
    void attemptFailed(int error);
    void end(DirectSocket socket);
    void end(const ApiError &error);

    DirectLoop &m_loop;
    DirectPlace m_place;
    Milliseconds m_limit;
    std::function<void()> m_looked;
    std::function<void(Ending)> m_ended;
    std::unique_ptr<QObject> m_lookup; ///< null but while it is under way
    QList<QHostAddress> m_addresses;
    qsizetype m_next = 0; ///< of them, to be tried
    std::vector<DirectSocket> m_attempts; ///< under way
    Deadline m_patience; ///< until another is tried beside those under way
    Deadline m_timeout;
};

} // namespace Lorikeet
