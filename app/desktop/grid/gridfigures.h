// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "grid/gridreport.h"

#include <QCoreApplication>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// How one lane of a grid did, in words.
struct LaneFigures
{
    Q_GADGET
    Q_DECLARE_TR_FUNCTIONS(LaneFigures)
    QML_VALUE_TYPE(laneFigures)
    Q_PROPERTY(int place MEMBER place FINAL)
    Q_PROPERTY(QString name MEMBER name FINAL) ///< "A · support-v3"
    Q_PROPERTY(QString counts MEMBER counts FINAL) ///< "120 answered, 2 failed"
    /// Keep to all that is demanded: "86.7 %"; empty: nothing is, or nothing was answered.
    Q_PROPERTY(QString passed MEMBER passed FINAL)
    Q_PROPERTY(QString interval MEMBER interval FINAL) ///< "62.1–96.3 %"
    Q_PROPERTY(double share MEMBER share FINAL)
    Q_PROPERTY(double low MEMBER low FINAL)
    Q_PROPERTY(double high MEMBER high FINAL)
    Q_PROPERTY(QStringList checks MEMBER checks FINAL) ///< of each demand by itself
    Q_PROPERTY(QStringList means MEMBER means FINAL) ///< time, TTFT, tokens with intervals

public:
    int place = 0;
    QString name;
    QString counts;
    QString passed;
    QString interval;
    double share = 0;
    double low = 0;
    double high = 0;
    QStringList checks;
    QStringList means;

    friend bool operator==(const LaneFigures &, const LaneFigures &) = default;
};

[[nodiscard]] QList<LaneFigures> figuresOf(
    const GridPlan &plan, const QList<GridSummary> &summaries);

/// One answer of a row of a grid.
struct GridAnswer
{
    Q_GADGET
    Q_DECLARE_TR_FUNCTIONS(GridAnswer)
    QML_VALUE_TYPE(gridAnswer)
    Q_PROPERTY(int place MEMBER place FINAL)
    Q_PROPERTY(
        QString name MEMBER name FINAL) ///< "A · support-v3", with the sample if there are more
    Q_PROPERTY(QString text MEMBER text FINAL)
    Q_PROPERTY(QString facts MEMBER facts FINAL) ///< "total 1.2 s · TTFT 0.2 s · out 87"
    Q_PROPERTY(QString error MEMBER error FINAL)
    Q_PROPERTY(bool asked MEMBER asked FINAL)
    Q_PROPERTY(QStringList passed MEMBER passed FINAL) ///< what it keeps to
    Q_PROPERTY(QStringList failed MEMBER failed FINAL) ///< what not, and why

public:
    int place = 0;
    QString name;
    QString text;
    QString facts;
    QString error;
    bool asked = false;
    QStringList passed;
    QStringList failed;

    friend bool operator==(const GridAnswer &, const GridAnswer &) = default;
};

/// Of all lanes, sample by sample.
[[nodiscard]] QList<GridAnswer> answersOf(
    const GridPlan &plan, const GridResults &results, qsizetype row);

/// As in the line below an answer: "182 ms".
[[nodiscard]] QString timeText(double seconds);

} // namespace Lorikeet
