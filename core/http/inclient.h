// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QThread>

#include <functional>

namespace Lorikeet {

class ApiClient;

/// Calls a function in an ApiClient's thread, later and in the order of the calls.
using InClient = std::function<void(const std::function<void(ApiClient &)> &)>;

/// Takes `worker`, an object of the calling thread, into the client's and starts it there. Whoever
/// does this ends it with deleteInClient().
template<typename Worker>
void startInClient(const InClient &inClient, Worker *worker)
{
    // An object can be taken into a thread only if it is in none.
    worker->moveToThread(nullptr);
    inClient([worker](ApiClient &client) {
        worker->moveToThread(QThread::currentThread());
        worker->start(client);
    });
}

template<typename Worker>
void deleteInClient(const InClient &inClient, Worker *worker)
{
    inClient([worker](ApiClient &) { delete worker; });
}

} // namespace Lorikeet
