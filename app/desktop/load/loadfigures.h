// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/livefigures.h"
#include "load/loadreport.h"

#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// The big figures of a run, as text; empty where they are not known.
struct LoadFigures
{
    Q_GADGET
    QML_VALUE_TYPE(loadFigures)
    /// "Texts", "Documents"; empty: a chat. Of others tokenRate is theirs, and the times to the
    /// first token are those to the end of the answer.
    Q_PROPERTY(QString items MEMBER items FINAL)
    Q_PROPERTY(QString tokenRate MEMBER tokenRate FINAL)
    Q_PROPERTY(QString requestRate MEMBER requestRate FINAL)
    Q_PROPERTY(QString running MEMBER running FINAL)
    /// In all, warm-up included; so are the failures.
    Q_PROPERTY(QString answered MEMBER answered FINAL)
    Q_PROPERTY(QString failed MEMBER failed FINAL)
    /// There are failures.
    Q_PROPERTY(bool failing MEMBER failing FINAL)
    /// There is an objective, and so a goodput.
    Q_PROPERTY(bool judged MEMBER judged FINAL)
    /// Answers within all limits a second.
    Q_PROPERTY(QString goodput MEMBER goodput FINAL)
    Q_PROPERTY(QString firstToken50 MEMBER firstToken50 FINAL)
    Q_PROPERTY(QString firstToken95 MEMBER firstToken95 FINAL)
    Q_PROPERTY(QString firstToken99 MEMBER firstToken99 FINAL)
    Q_PROPERTY(QString gap50 MEMBER gap50 FINAL)
    Q_PROPERTY(QString gap95 MEMBER gap95 FINAL)
    Q_PROPERTY(QString gap99 MEMBER gap99 FINAL)

public:
    QString items;
    QString tokenRate;
    QString requestRate;
    QString running;
    QString answered;
    QString failed;
    bool failing = false;
    bool judged = false;
    QString goodput;
    QString firstToken50;
    QString firstToken95;
    QString firstToken99;
    QString gap50;
    QString gap95;
    QString gap99;

    friend bool operator==(const LoadFigures &, const LoadFigures &) = default;
};

/// A time of a run in a table of them: its percentiles, in parentheses where there are too few.
struct LoadTimeRow
{
    Q_GADGET
    QML_VALUE_TYPE(loadTimeRow)
    Q_PROPERTY(QString name MEMBER name FINAL)
    /// What it is, in a sentence.
    Q_PROPERTY(QString meaning MEMBER meaning FINAL)
    /// Mean, p50, p90, p95, p99, most.
    Q_PROPERTY(QStringList values MEMBER values FINAL)

public:
    QString name;
    QString meaning;
    QStringList values;

    friend bool operator==(const LoadTimeRow &, const LoadTimeRow &) = default;
};

/// A name and what stands behind it.
struct LoadFact
{
    Q_GADGET
    QML_VALUE_TYPE(loadFact)
    Q_PROPERTY(QString name MEMBER name FINAL)
    Q_PROPERTY(QString value MEMBER value FINAL)

public:
    QString name;
    QString value;

    friend bool operator==(const LoadFact &, const LoadFact &) = default;
};

/// How one of those who were asked did.
struct LoadChoiceRow
{
    Q_GADGET
    QML_VALUE_TYPE(loadChoiceRow)
    Q_PROPERTY(QString name MEMBER name FINAL)
    Q_PROPERTY(int look MEMBER look FINAL)
    Q_PROPERTY(QString requests MEMBER requests FINAL)
    Q_PROPERTY(QString failed MEMBER failed FINAL)
    Q_PROPERTY(QString tokens MEMBER tokens FINAL)
    Q_PROPERTY(QString firstToken50 MEMBER firstToken50 FINAL)
    Q_PROPERTY(QString firstToken95 MEMBER firstToken95 FINAL)
    Q_PROPERTY(QString total95 MEMBER total95 FINAL)
    /// Of the requests, 0 to 1.
    Q_PROPERTY(double share MEMBER share FINAL)

public:
    QString name;
    int look = 0;
    QString requests;
    QString failed;
    QString tokens;
    QString firstToken50;
    QString firstToken95;
    QString total95;
    double share = 0;

    friend bool operator==(const LoadChoiceRow &, const LoadChoiceRow &) = default;
};

/// One limit of the objective and whether it was kept.
struct LoadVerdict
{
    Q_GADGET
    QML_VALUE_TYPE(loadVerdict)
    Q_PROPERTY(QString sentence MEMBER sentence FINAL)
    Q_PROPERTY(bool kept MEMBER kept FINAL)
    Q_PROPERTY(bool known MEMBER known FINAL)

public:
    QString sentence;
    bool kept = false;
    bool known = true;

    friend bool operator==(const LoadVerdict &, const LoadVerdict &) = default;
};

/// Of the last few seconds of a run of which `soFar` is known.
[[nodiscard]] LoadFigures figuresOf(
    const LiveState &state, const LoadReport &soFar, LoadTask::Kind task = LoadTask::Kind::Chat);
/// Of what was measured, which warm-up and cool-down are no part of; counts are of all of it.
[[nodiscard]] LoadFigures figuresOf(const LoadReport &report);

/// How much load that is: "8", "37.5", "10,000".
[[nodiscard]] QString loadNumberText(double load);

[[nodiscard]] QList<LoadTimeRow> timeRowsOf(const LoadSummary &summary);
[[nodiscard]] QList<LoadFact> factsOf(const LoadReport &report);
[[nodiscard]] QList<LoadChoiceRow> choiceRowsOf(const QList<LoadChoice> &choices);
[[nodiscard]] QList<LoadVerdict> verdictRowsOf(const LoadReport &report);
/// By kind, the most frequent first: "12 rate limited".
[[nodiscard]] QList<LoadFact> failuresOf(const LoadSummary &summary);

} // namespace Lorikeet
