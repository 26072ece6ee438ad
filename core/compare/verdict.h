// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "compare/ratings.h"
#include "model/promptexamples.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>
#include <QUuid>

#include <optional>

namespace Lorikeet {

/// An answer that was judged, and whose it is.
struct JudgedAnswer
{
    QString name; ///< of the adapter, or of the model without one: what ratings are about
    QString endpointName;
    QString model;
    QString adapter; ///< empty: the base model
    QString text;

    friend bool operator==(const JudgedAnswer &, const JudgedAnswer &) = default;
};

/// What a person, or a model, said of the answers to one prompt. It holds all it is about, since
/// comparisons are deleted and endpoints renamed.
struct Verdict
{
    enum class Kind {
        Best, ///< answers[best] is better than each of the others
        Tie, ///< all are as good
        AllBad, ///< none is any good, which says nothing of which is better
        Ranking, ///< they stand in the order of their `places`
    };

    QUuid id;
    QUuid comparison;
    QString prompt;
    QString systemPrompt; ///< where all were asked with the same; else empty
    QList<ExampleTurn> examples; ///< likewise
    QList<JudgedAnswer> answers; ///< in the order they were shown
    Kind kind = Kind::Tie;
    int best = 0;
    QList<int>
        places; ///< of Ranking, by answer: 1 is the best; those of the same place are as good
    QString judge; ///< the model that said it, for display; empty: a person
    /// Of a model, on two answers: how much better the first is, 1 wholly to 0 the second.
    std::optional<double> score;
    bool blind = true; ///< it was not shown whose they are
    QStringList tags; ///< the reasons: "wrong", "format"
    QString note;
    QDateTime created; ///< UTC

    friend bool operator==(const Verdict &, const Verdict &) = default;
};

/// Whose verdicts.
enum class Voter {
    Person,
    Model, ///< what one said of the same answers before does not count any more
};

[[nodiscard]] QList<Verdict> verdictsOf(const QList<Verdict> &verdicts, Voter voter);

/// A stable lower-case word ("all-bad"), as stored and exported.
[[nodiscard]] QString toWord(Verdict::Kind kind);

/// The verdicts as pairs, for rate(): what was said of two answers, and nothing of those of which
/// nothing was. Those that carry `tag` only, if it is not empty.
[[nodiscard]] QList<PairResult> pairsOf(const QList<Verdict> &verdicts, const QString &tag = {});

/// One JSON object a line for each pair of which one answer was preferred, in a ranking each of
/// unlike places: "prompt", "chosen", "rejected" and "metadata", as preference tuning takes it;
/// "system" and "examples" where there were the same for all.
[[nodiscard]] QByteArray preferencesAsJsonLines(const QList<Verdict> &verdicts);

/// A line for each answer of each verdict, for a spreadsheet; the first has the columns' names.
[[nodiscard]] QByteArray verdictsAsCsv(const QList<Verdict> &verdicts);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::Verdict)
