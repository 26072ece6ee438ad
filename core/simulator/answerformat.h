// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/fault.h"
#include "simulator/generation.h"
#include "simulator/serverconnection.h"
#include "simulator/simulatorrecord.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace Lorikeet::Sim {

/// Everything about one request's answer that is settled before it is sent.
struct Script
{
    QString model; ///< the base model's id
    QList<WeightedAdapter> adapters; ///< to be loaded first; empty: none
    std::vector<Answer> answers; ///< never empty
    qint64 promptTokens = 0;
    bool stream = false;
    bool countsEos = false; ///< the end-of-text token is counted and shown (LoRAX)
    QByteArray requestId; ///< the X-Request-Id
    std::optional<SimulatorFault> fault;

    [[nodiscard]] bool hasFault(SimulatorFault::Kind kind) const
    {
        return fault && fault->kind == kind;
    }

    /// Whether answers end with a finish reason, and the stream with its end marker.
    [[nodiscard]] bool withFinish() const { return !hasFault(SimulatorFault::Kind::NoFinish); }

    [[nodiscard]] bool withDone() const
    {
        return withFinish() && !hasFault(SimulatorFault::Kind::NoDone);
    }
};

/// How a dialect writes one answer, as a stream or whole. The engine decides when what is sent.
class AnswerFormat
{
public:
    explicit AnswerFormat(Script script)
        : m_script(std::move(script))
    { }

    Q_DISABLE_COPY_MOVE(AnswerFormat)
    virtual ~AnswerFormat() = default;

    [[nodiscard]] const Script &script() const { return m_script; }

    [[nodiscard]] Script &script() { return m_script; }

    [[nodiscard]] virtual ServerResponse streamHead() const = 0;
    /// The events before the first token.
    [[nodiscard]] virtual QList<QByteArray> begin() = 0;
    /// Appends the event of one token, or nothing where it is not shown at its time.
    virtual void appendToken(QByteArray &out, size_t choice, size_t index) = 0;
    /// The events after the last token of a choice.
    [[nodiscard]] virtual QList<QByteArray> finish(size_t choice) = 0;
    /// The events after the last choice.
    [[nodiscard]] virtual QList<QByteArray> end(const SimulatorRecord &record) = 0;
    /// The events of a failure within the stream.
    [[nodiscard]] virtual QList<QByteArray> failure() const = 0;

    /// A failure has no event: the connection is closed amid the answer.
    [[nodiscard]] virtual bool failsByBreakingOff() const { return false; }

    /// An event that breaks off amid its JSON.
    [[nodiscard]] virtual QByteArray malformed() const
    {
        return "data: {\"choices\": [{\"delta\": {\"content\": \n\n";
    }

    /// What is sent when nothing was for a while; empty: nothing.
    [[nodiscard]] virtual QByteArray keepAlive() const { return {}; }

    /// The answer in one piece, and the failure in its place.
    [[nodiscard]] virtual ServerResponse whole(const SimulatorRecord &record) const = 0;
    [[nodiscard]] virtual ServerResponse wholeFailure() const = 0;

private:
    Script m_script;
};

/// What a route makes of a request: an answer at once, or one the engine gives in its time.
using RouteReply = std::variant<ServerResponse, std::unique_ptr<AnswerFormat>>;

} // namespace Lorikeet::Sim
