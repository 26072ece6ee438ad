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

public:
    int place = 0;
    QString letter;
    QString share;

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
    /// "B, 84 %: both orders agree"
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
class JudgedRows final
{
    Q_DECLARE_TR_FUNCTIONS(JudgedRows)

public:
    /// `places` are those of the lanes by JudgedTurn::answers; -1: the answer is not in sight.
    JudgedRows(JudgedTurn turn, QList<int> places);

    /// Best first.
    [[nodiscard]] QList<JudgedLane> lanes() const;
    [[nodiscard]] QList<JudgedPairRow> pairs() const;
    /// "3 of 3 pairs judged in both orders, 2 of them alike."
    [[nodiscard]] QString counts() const;
    /// "bias +8.0 points"; empty: nothing was judged.
    [[nodiscard]] QString bias() const;
    /// The same as a sentence.
    [[nodiscard]] QString biasDetail() const;
    /// It is so strong that the verdicts say little.
    [[nodiscard]] bool isBiased() const;
    /// "1,204 tokens read, 30 written, € 0.0012"
    [[nodiscard]] QString cost() const;

private:
    [[nodiscard]] int placeOf(int answer) const { return m_places.value(answer, -1); }

    [[nodiscard]] static QString preferred(
        double share, const QString &first, const QString &second);
    static void fill(JudgedPairRow &row, const Judgement &judgement);

    JudgedTurn m_turn;
    QList<int> m_places;
    JudgeSummary m_summary;
};

} // namespace Lorikeet
