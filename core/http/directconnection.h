// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/directloop.h"
#include "http/directsocket.h"
#include "http/http1reader.h"

namespace Lorikeet {

/// An open connection: writes one request after the other, and reads their answers.
class DirectConnection final : public DirectHandler
{
public:
    /// `key`: DirectPlace::key().
    DirectConnection(DirectLoop &loop, DirectSocket socket, const QString &key);

    /// Writes what it can of the reply's request; the rest follows.
    void begin(DirectReply &reply);
    /// Reading was held up by DirectReply::hasRoom(), which may have changed.
    void resumeReading();

    /// Since when it waits for a request.
    [[nodiscard]] TimePoint keptSince() const { return m_keptSince; }

    /// Nothing has come, and it was not closed.
    [[nodiscard]] bool isQuiet() const { return m_socket.isQuiet(); }

    [[nodiscard]] int descriptor() const { return m_socket.descriptor(); }

    [[nodiscard]] const QString &key() const { return m_key; }

    bool onSocket(int descriptor, bool readable, bool writable, bool failed) override;

private:
    /// False: the request has ended, and this is gone.
    [[nodiscard]] bool write();
    void read();
    void readAnswer(QByteArrayView received, TimePoint at);
    void onClosed(int error);
    void end(const std::optional<ApiError> &error);
    void updateWatch();

    DirectLoop &m_loop;
    DirectSocket m_socket;
    QString m_key;
    Http1Reader m_reader;
    DirectReply *m_reply = nullptr; ///< null: waits for one
    TimePoint m_keptSince;
    bool m_isWatched = true; ///< at all
    bool m_watchesRead = false;
    bool m_watchesWrite = false;
    bool m_writingFailed = false; ///< what the server said of it may still come
};

} // namespace Lorikeet
