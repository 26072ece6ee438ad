// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/loadanswers.h"

#include <QList>
#include <QString>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// One read of an answer, on the axis of its request.
struct LoadTokenMark
{
    double at = 0; ///< of the whole time, 0 to 1
    Nanoseconds since{}; ///< the request was written
    Nanoseconds gap{}; ///< since the read before it; of the first none
    qint32 pieces = 0;
    qint32 text = 0; ///< UTF-16 units, from textFrom on
    qint32 reasoning = 0;
    qsizetype textFrom = 0;
    qsizetype reasoningFrom = 0;
    bool isStall = false; ///< the gap before it is one

    friend bool operator==(const LoadTokenMark &, const LoadTokenMark &) = default;
};

/// When the tokens of one answer came: what a LoadTokenLane draws.
struct LoadTokenTrack
{
    Q_GADGET
    QML_VALUE_TYPE(loadTokenTrack)
    Q_PROPERTY(int count READ count FINAL)
    Q_PROPERTY(int stalls READ stalls FINAL)
    /// There was reasoning, there was an answer.
    Q_PROPERTY(bool reasoned READ hasReasoning FINAL)
    Q_PROPERTY(bool answered READ hasText FINAL)
    /// How long a gap is a stall: "1.0 s".
    Q_PROPERTY(QString stallText MEMBER stallText FINAL)
    /// How long the axis is.
    Q_PROPERTY(QString spanText MEMBER spanText FINAL)

public:
    QList<LoadTokenMark> marks; ///< in the order of time
    QString text; ///< what the marks are parts of
    QString reasoning;
    QString stallText;
    QString spanText;

    [[nodiscard]] int count() const { return int(marks.size()); }

    [[nodiscard]] int stalls() const;
    [[nodiscard]] bool hasReasoning() const;
    [[nodiscard]] bool hasText() const;

    /// The mark nearest to a place on the axis; -1: there is none.
    [[nodiscard]] int nearest(double share) const;
    /// The next one behind a stall, or the one before it; -1: there is none.
    [[nodiscard]] int stallBeside(int mark, int direction) const;

    /// What came with it, as it is shown in a line.
    [[nodiscard]] QString pieceOf(int mark) const;

    friend bool operator==(const LoadTokenTrack &, const LoadTokenTrack &) = default;
};

/// Where a request lies on the axis of its drawer: the whole of its time, and when it was written
/// in that.
struct LoadRequestAxis
{
    Nanoseconds whole{}; ///< above zero
    Nanoseconds written{}; ///< since its beginning

    [[nodiscard]] double shareOf(Nanoseconds sinceWritten) const
    {
        return double((written + sinceWritten).count()) / double(whole.count());
    }
};

/// A gap of more than `stall` is one.
[[nodiscard]] LoadTokenTrack trackOf(
    const LoadAnswer &answer, const LoadRequestAxis &axis, Nanoseconds stall);

} // namespace Lorikeet
