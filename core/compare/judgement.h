// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "compare/ratings.h"
#include "model/chatmetrics.h"
#include "model/chatoutcome.h"
#include "model/chatrequest.h"
#include "model/parameters.h"
#include "model/tokenprice.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Lorikeet {

/// Two answers to one prompt, for a model to judge.
struct JudgePair
{
    QString id; ///< the caller's own; may be empty
    QString prompt;
    QString firstName; ///< what ratings are about: an adapter, a model
    QString secondName;
    QString first; ///< the answers
    QString second;

    friend bool operator==(const JudgePair &, const JudgePair &) = default;
};

/// What one answer of the judge says of the answers it was shown, as shares that sum up to 1.
///
/// Where the server tells probabilities they are those of the letters A, B and C at the verdict's
/// token: those of all spellings of a letter ("A", " A") added up, divided by the sum over the
/// three. `mass` is that sum, what the model gave to a verdict at all. Else the letter that the
/// judge wrote has the share 1.
struct JudgeReading
{
    double shownFirst = 0;
    double shownSecond = 0;
    double neither = 0;
    std::optional<double> mass; ///< nothing: the letter counts, no probabilities came
    QString reason; ///< what the judge said besides the letter; empty: nothing

    /// Of the answer shown first; a tie counts half.
    [[nodiscard]] double score() const { return shownFirst + neither / 2; }

    friend bool operator==(const JudgeReading &, const JudgeReading &) = default;
};

/// One pair, asked in both orders: what a judge owes to the place an answer stands at cancels out.
struct Judgement
{
    std::optional<JudgeReading> forward; ///< the pair's first was shown first
    std::optional<JudgeReading> backward; ///< its second was
    std::optional<ApiError> error; ///< why a reading is missing: the first that failed
    qint64 promptTokens = 0; ///< of both, where the server counts
    qint64 outputTokens = 0;
    std::optional<double> cost; ///< of both; nothing without a price or counts

    /// How much better the first is: 1 wholly, 0.5 neither, 0 the second. Nothing unless both
    /// orders were judged.
    [[nodiscard]] std::optional<double> score() const;
    /// Whether both orders prefer the same answer, or neither one.
    [[nodiscard]] bool agrees() const;

    friend bool operator==(const Judgement &, const Judgement &) = default;
};

/// What many judgements say together.
struct JudgeSummary
{
    qsizetype pairs = 0;
    qsizetype judged = 0; ///< in both orders
    qsizetype agreeing = 0; ///< of those, the ones where both orders agree
    /// The mean share of the answer shown first, less a half: 0 is fair, +0.5 always the first.
    double positionBias = 0;
    qint64 promptTokens = 0;
    qint64 outputTokens = 0;
    std::optional<double> cost; ///< nothing unless that of all is known
    QList<Rating> ratings; ///< by rate(), best first
};

/// What the judge is told to look at, where nobody says otherwise.
[[nodiscard]] QString defaultRubric();

/// What is asked of a judge.
struct JudgeTask
{
    QString rubric = defaultRubric(); ///< what makes an answer good, in words
    /// It says why, after the letter: which then is the first token still, with its probabilities.
    bool reasons = false;
};

/// Asks which of the two is better. `swapped`: the pair's second is shown first. Model, adapter
/// and parameters are those of `defaults`.
[[nodiscard]] ChatRequest judgeRequest(
    const ChatRequest &defaults, const JudgeTask &task, const JudgePair &pair, bool swapped);

/// Adds what makes a judge steady and readable, as far as the server takes it and nothing else is
/// set: no chance (temperature 0) and the probabilities of tokens.
void prepareJudge(ParameterSet &parameters, const ParameterSpecs &specs);

/// Nothing where the answer names no letter, or one at its beginning and another at its end.
[[nodiscard]] std::optional<JudgeReading> readJudgement(const ChatOutcome &outcome);

/// Judgements by pair.
[[nodiscard]] JudgeSummary summarise(
    const QList<JudgePair> &pairs, const QList<Judgement> &judgements, const QString &reference);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::Judgement)
