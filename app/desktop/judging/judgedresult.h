// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "compare/judgedturn.h"

#include <QCoreApplication>
#include <QList>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// A lane by what a model said of its answer.
struct JudgedLane
{
    Q_GADGET
    QML_VALUE_TYPE(judgedLane)
    Q_PROPERTY(int place MEMBER place FINAL)
    Q_PROPERTY(QString letter MEMBER letter FINAL)
    /// "72 %"
    Q_PROPERTY(QString share MEMBER share FINAL)
    /// No other has a greater share, and at least one a lesser.
    Q_PROPERTY(bool best MEMBER best FINAL)

public:
    int place = 0;
    QString letter;
    QString share;
    bool best = false;

    friend bool operator==(const JudgedLane &, const JudgedLane &) = default;
};

/// Two lanes, and what a model said of them in either order.
struct JudgedPairRow
{
    Q_GADGET
    QML_VALUE_TYPE(judgedPairRow)
    Q_PROPERTY(int firstPlace MEMBER firstPlace FINAL)
    Q_PROPERTY(int secondPlace MEMBER secondPlace FINAL)
    Q_PROPERTY(QString firstLetter MEMBER firstLetter FINAL)
    Q_PROPERTY(QString secondLetter MEMBER secondLetter FINAL)
    /// "B 84 %, both orders agree"
    Q_PROPERTY(QString verdict MEMBER verdict FINAL)
    /// Both orders were judged, and prefer the same one or neither.
    Q_PROPERTY(bool agrees MEMBER agrees FINAL)
    /// "A, then B: B 90 %"
    Q_PROPERTY(QString forward MEMBER forward FINAL)
    Q_PROPERTY(QString backward MEMBER backward FINAL)
    /// In the judge's words; empty: it gave none.
    Q_PROPERTY(QString forwardReason MEMBER forwardReason FINAL)
    Q_PROPERTY(QString backwardReason MEMBER backwardReason FINAL)
    /// Why an order is missing, in a sentence; empty: none is.
    Q_PROPERTY(QString problem MEMBER problem FINAL)

public:
    int firstPlace = 0;
    int secondPlace = 1;
    QString firstLetter;
    QString secondLetter;
    QString verdict;
    bool agrees = true;
    QString forward;
    QString backward;
    QString forwardReason;
    QString backwardReason;
    QString problem;

    friend bool operator==(const JudgedPairRow &, const JudgedPairRow &) = default;
};

/// A JudgedTurn in words, for lanes that may stand elsewhere by now.
struct JudgedResult
{
    Q_GADGET
    Q_DECLARE_TR_FUNCTIONS(JudgedResult)
    QML_VALUE_TYPE(judgedResult)
    /// Of those in sight, the greatest share first.
    Q_PROPERTY(QList<Lorikeet::JudgedLane> lanes MEMBER lanes FINAL)
    /// Of lanes in sight.
    Q_PROPERTY(QList<Lorikeet::JudgedPairRow> pairs MEMBER pairs FINAL)
    /// Who said it, by what, and how many pairs.
    Q_PROPERTY(QString summary MEMBER summary FINAL)
    /// "place bias +8.0"; empty: nothing was judged.
    Q_PROPERTY(QString bias MEMBER bias FINAL)
    /// The same as a sentence.
    Q_PROPERTY(QString biasDetail MEMBER biasDetail FINAL)
    /// It is so strong that the verdicts say little.
    Q_PROPERTY(bool biased MEMBER biased FINAL)
    /// "1,204 tokens read, 30 written, 0.0012 €"
    Q_PROPERTY(QString cost MEMBER cost FINAL)

public:
    QList<JudgedLane> lanes;
    QList<JudgedPairRow> pairs;
    QString counts; ///< the end of the summary
    QString summary;
    QString bias;
    QString biasDetail;
    bool biased = false;
    QString cost;

    /// `places` are those of the lanes by JudgedTurn::answers; -1: the answer is not in sight.
    [[nodiscard]] static JudgedResult of(const JudgedTurn &turn, const QList<int> &places);

    friend bool operator==(const JudgedResult &, const JudgedResult &) = default;
};

} // namespace Lorikeet
