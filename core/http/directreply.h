// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/directdial.h"
#include "http/directloop.h"
#include "http/wirereply.h"

#include <QHttpHeaders>

#include <memory>
#include <optional>

namespace Lorikeet {

class DirectConnection;

/// One request over a DirectLoop.
class DirectReply final : public WireReply
{
    Q_OBJECT

public:
    /// Starts at once. `headers` are those of the request and what every request has; Host and
    /// Content-Length, which is written where `hasBody`, come from here.
    DirectReply(std::shared_ptr<DirectLoop> loop, const HttpRequest &request,
        const QHttpHeaders &headers, bool hasBody, const TransportOptions &options,
        QObject *parent);
    ~DirectReply() override;

    [[nodiscard]] PhaseTimes phaseTimes() const override { return m_phases; }

    // For the loop.

    /// Over that one, which is open; `isReused`: not opened for this request.
    void useConnection(DirectConnection &connection, bool isReused);

    void useDial(std::unique_ptr<DirectDial> dial) { m_dial = std::move(dial); }

    void onLookedUp();
    /// Nothing was sent.
    void onDialFailed(const ApiError &error);

    // For the connection.

    [[nodiscard]] const QUrl &place() const { return m_place.shown; }

    [[nodiscard]] const DirectPlace &target() const { return m_place; }

    [[nodiscard]] AnswerHead &answerHead() { return head(); }

    [[nodiscard]] bool isHead() const { return m_isHead; }

    using WireReply::hasRoom;

    [[nodiscard]] QByteArrayView unwrittenHead() const;
    [[nodiscard]] QByteArrayView unwrittenBody() const;

    [[nodiscard]] bool isWritten() const
    {
        return m_written == m_requestHead.size() + m_body.size();
    }

    void onWritten(qint64 size);

    /// Of what may still be an interim answer.
    void onStatusLine(TimePoint at) { m_phases.firstByte = at; }

    void onHead() { note(Head); }

    using WireReply::addReceived;
    using WireReply::bytesReceived;
    using WireReply::isDataUntold;
    using WireReply::startPiece;

    /// The connection is not its own any more.
    void onEnd(const std::optional<ApiError> &error);

protected:
    void giveUp() override;
    void resumeReading() override;

private:
    std::shared_ptr<DirectLoop> m_loop;
    DirectPlace m_place;
    QByteArray m_requestHead; ///< of the request, as it is written
    QByteArray m_body;
    qint64 m_written = 0; ///< of both
    bool m_isHead;
    std::unique_ptr<DirectDial> m_dial; ///< null but while connecting
    DirectConnection *m_connection = nullptr; ///< null before, and once ended
    PhaseTimes m_phases;
};

} // namespace Lorikeet
