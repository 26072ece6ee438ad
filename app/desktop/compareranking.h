// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/chatnode.h"

#include <QCoreApplication>
#include <QList>
#include <QtQml/qqmlregistration.h>

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

/// A figure by which lanes are ranked, the first lane the best of it.
struct RankedFigure
{
    Q_GADGET
    QML_VALUE_TYPE(rankedFigure)
    Q_PROPERTY(QString label MEMBER label FINAL)
    Q_PROPERTY(QString definition MEMBER definition FINAL)
    Q_PROPERTY(QList<Lorikeet::RankedLane> lanes MEMBER lanes FINAL)

public:
    QString label;
    QString definition;
    QList<RankedLane> lanes;

    friend bool operator==(const RankedFigure &, const RankedFigure &) = default;
};

/// Ranks the last answers of lanes.
class CompareRanking final
{
    Q_DECLARE_TR_FUNCTIONS(CompareRanking)

public:
    /// By lane; null where there is none that has ended. A figure that fewer than two have is left
    /// out: there is nothing to rank.
    [[nodiscard]] static QList<RankedFigure> of(const QList<const ChatNode *> &answers);
};

} // namespace Lorikeet
