// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "model/streamevent.h"

#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>

namespace Lorikeet::Triton {

/// One answer of a model that writes, however it travelled. Lists have an entry for each of the
/// answers that were asked for (n); what the model did not tell is empty.
struct ChatPiece
{
    QString id;
    QString model;
    QStringList texts;
    QStringList reasons; ///< "None" until an answer ends
    QList<QByteArray> logprobs; ///< the vLLM backend's, as JSON
    std::optional<qint64> inputTokens;
    std::optional<qint64> outputTokens; ///< of all answers, since the piece before
};

/// Of one piece. A server that goes beyond is broken or hostile.
inline constexpr qsizetype mostChoices = 128;

/// Makes events of pieces. There is no end marker in them; a finish reason, where the backend tells
/// one, serves as such.
class ChatPieces final
{
public:
    void add(const ChatPiece &piece, TimePoint at, StreamEvents &out);

    /// What is missing where no more pieces come.
    [[nodiscard]] std::optional<ApiError> atEnd() const;

private:
    void addUsage(const ChatPiece &piece, TimePoint at, StreamEvents &out);

    bool m_started = false;
    bool m_tellsReasons = false;
    QSet<int> m_open; ///< choices that wrote and did not end
    Usage m_usage;
};

/// A list with an object for each token, whose members are ids, the token that was taken first,
/// with `logprob` and `decoded_token`. Empty where it is something else.
[[nodiscard]] QList<LogprobDelta::Token> readLogprobs(const QByteArray &json);

/// What a model's own words for an error mean beyond what any error does.
[[nodiscard]] ApiError chatError(const ApiError &error);

} // namespace Lorikeet::Triton
