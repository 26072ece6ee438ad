// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHttpHeaders>

namespace Lorikeet {

/// The head of an answer, from its lines, handed over one by one: interim answers (100, 103) come
/// before it as heads of their own, and trailers after the body look like headers too.
class AnswerHead final
{
public:
    enum class Line { StatusLine, Other, End };

    /// Takes one line with its line end. End is returned once, when the head is complete.
    Line take(QByteArrayView line);

    [[nodiscard]] bool isComplete() const { return m_isComplete; }

    /// The next line must be a status line: nothing has come, or an interim answer's end.
    [[nodiscard]] bool awaitsStatusLine() const { return m_awaitsStatusLine; }

    [[nodiscard]] int status() const { return m_status; }

    [[nodiscard]] bool isHttp2() const { return m_isHttp2; }

    [[nodiscard]] bool isHttp10() const { return m_isHttp10; }

    [[nodiscard]] const QByteArray &reason() const { return m_reason; }

    [[nodiscard]] const QHttpHeaders &headers() const { return m_headers; }

    /// The server will close the connection after this answer without having said so. llama.cpp's
    /// server does after each streamed one, whatever its Keep-Alive header promises: its content
    /// provider returns false at the end (tools/server/server-http.cpp), which cpp-httplib takes
    /// for a failed answer. A request that is quicker than its close would be lost.
    [[nodiscard]] bool closesUnannounced() const;

private:
    int m_status = 0;
    QByteArray m_reason;
    QHttpHeaders m_headers;
    bool m_isHttp2 = false;
    bool m_isHttp10 = false;
    bool m_isComplete = false;
    bool m_awaitsStatusLine = true;
};

} // namespace Lorikeet
