// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/chatnode.h"
#include "chat/passrate.h"
#include "model/tokenprice.h"

#include <QCoreApplication>
#include <QList>
#include <QtQml/qqmlregistration.h>

#include <optional>

namespace Lorikeet {

/// One lane's figure: "B 176 ms".
struct RankedLane
{
    Q_GADGET
    QML_VALUE_TYPE(rankedLane)
    Q_PROPERTY(int place MEMBER place FINAL)
    Q_PROPERTY(QString letter MEMBER letter FINAL)
    Q_PROPERTY(QString value MEMBER value FINAL)

public:
    int place = 0;
    QString letter;
    QString value;

    friend bool operator==(const RankedLane &, const RankedLane &) = default;
};

/// A figure by which lanes are ranked.
struct RankedFigure
{
    Q_GADGET
    QML_VALUE_TYPE(rankedFigure)
    Q_PROPERTY(QString label MEMBER label FINAL)
    Q_PROPERTY(QString definition MEMBER definition FINAL)
    /// The first lane is the best; else they only stand side by side.
    Q_PROPERTY(bool ranked MEMBER ranked FINAL)
    /// It comes from the price table.
    Q_PROPERTY(bool cost MEMBER cost FINAL)
    Q_PROPERTY(QList<Lorikeet::RankedLane> lanes MEMBER lanes FINAL)

public:
    QString label;
    QString definition;
    bool ranked = true;
    bool cost = false;
    QList<RankedLane> lanes;

    friend bool operator==(const RankedFigure &, const RankedFigure &) = default;
};

/// A lane's last answer, and what its tokens cost.
struct RankedAnswer
{
    const ChatNode *answer = nullptr; ///< null: there is none that has ended
    TokenPrice price;
    PassRate passRate; ///< of its versions
};

/// Ranks the last answers of lanes.
class CompareRanking final
{
    Q_DECLARE_TR_FUNCTIONS(CompareRanking)

public:
    /// By lane. A figure that fewer than two have is left out: there is nothing to rank; but that
    /// of the cost is there for all that are ranked, without lanes where none has a price, and that
    /// of the pass rate where one lane was asked several times.
    [[nodiscard]] static QList<RankedFigure> of(const QList<RankedAnswer> &answers);
    /// Of money, with three digits that say something: an answer costs a small part of anything.
    [[nodiscard]] static QString amount(double value);

private:
    [[nodiscard]] static std::optional<RankedFigure> passRates(const QList<RankedAnswer> &answers);
    [[nodiscard]] static RankedFigure costs(const QList<RankedAnswer> &answers);
};

} // namespace Lorikeet
