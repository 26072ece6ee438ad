// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>
#include <vector>

namespace Lorikeet::Sim {

struct PromptMessage
{
    QString role;
    QString text;
};

struct WeightedAdapter
{
    QString id;
    double weight = 1;
};

/// What is to be written, whichever dialect asked.
struct GenerationRequest
{
    QList<WeightedAdapter> adapters; ///< empty: the base model
    QList<PromptMessage> messages;
    qint64 promptTokens = 0;
    qint64 maxTokens = 0;
    qint64 minTokens = 0;
    bool ignoreEos = false; ///< write until maxTokens
    QStringList stop;
    bool continues = false; ///< the last message is the beginning of the answer
    bool keepStopText = false; ///< the answer ends with the stop text rather than before it
    std::optional<quint64> seed;
    double temperature = 1; ///< 0: always the same answer
    int choices = 1;
    bool reasoning = false;
    /// Set: the answer is JSON that fits it.
    std::optional<QJsonObject> schema;
    /// Set: the answer is a call of this function, whose parameters' schema is toolSchema.
    QString tool;
    QJsonObject toolSchema;
};

enum class Channel : quint8 { Reasoning, Content, ToolArguments };

enum class AnswerEnd { Natural, Length, StopSequence };

/// An answer as it is planned before its first token is sent.
struct Answer
{
    struct Piece
    {
        qsizetype end; ///< in `text`
        Channel channel;
    };

    QByteArray text; ///< all pieces joined
    std::vector<Piece> pieces; ///< one a token
    AnswerEnd end = AnswerEnd::Natural;
    QString stopText; ///< the stop sequence that was met
    QString tool; ///< the function called, if one is
    bool isVerdict = false; ///< it begins with a letter of which the others are likely too
    quint64 entropy = 0; ///< decides probabilities, ids and the like

    [[nodiscard]] size_t count() const { return pieces.size(); }

    [[nodiscard]] QByteArrayView piece(size_t index) const
    {
        const qsizetype begin = index == 0 ? 0 : pieces[index - 1].end;
        return QByteArrayView(text).sliced(begin, pieces[index].end - begin);
    }

    [[nodiscard]] QByteArray joined(Channel channel) const
    {
        QByteArray result;
        for (size_t i = 0; i < pieces.size(); ++i) {
            if (pieces[i].channel == channel) {
                result += piece(i);
            }
        }
        return result;
    }
};

/// The probability the pretended model gave to a token, as a natural logarithm, and those of
/// others it considered, in falling order.
struct TokenProbability
{
    double logprob = 0;
    std::vector<std::pair<QByteArray, double>> alternatives;
};

[[nodiscard]] TokenProbability tokenProbability(
    const Answer &answer, size_t index, int alternatives);

} // namespace Lorikeet::Sim
