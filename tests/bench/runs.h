// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "measure.h"

namespace Lorikeet::Bench {

// One scenario, asked of the stub server on 127.0.0.1, by these clients. Each runs in a process of
// its own, since processor time and memory are counted for the process.

/// Sockets, epoll, memchr and simdjson: nothing can be much cheaper, and nothing else is done.
[[nodiscard]] QJsonObject runEpoll(const Scenario &scenario);
/// The same, looking at its sockets once a millisecond: it reads much at a time and does not wait
/// when the server writes, which costs the server least. So it takes about all that one can send.
[[nodiscard]] QJsonObject runLazy(const Scenario &scenario);
/// CurlAccessManager with the same splitting as above.
[[nodiscard]] QJsonObject runCurl(const Scenario &scenario);
/// ApiClient::chat(), which is what the program uses.
[[nodiscard]] QJsonObject runApiClient(const Scenario &scenario);

/// The text of the first choice's delta, within one event of the stub server; empty if none.
[[nodiscard]] QByteArrayView deltaText(QByteArrayView json);

/// Calls `event` with the data of each whole event in `buffer` and removes them.
template<typename Handler>
void splitEvents(QByteArray &buffer, Handler event)
{
    qsizetype at = 0;
    for (;;) {
        const qsizetype end = buffer.indexOf('\n', at);
        if (end < 0) {
            break;
        }
        const QByteArrayView line = QByteArrayView(buffer).sliced(at, end - at);
        at = end + 1;
        if (line.startsWith("data: {")) {
            event(line.sliced(6));
        }
    }
    buffer.remove(0, at);
}

} // namespace Lorikeet::Bench
