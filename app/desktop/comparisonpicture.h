// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "comparisonsheet.h"
#include "picturepen.h"

#include <QCoreApplication>
#include <QImage>
#include <QRectF>
#include <QSizeF>

class QPainter;

namespace Lorikeet {

/// A comparison as one picture, however long: prompts and answers side by side as the window shows
/// them, below each prompt what models said of its answers. Reentrant: to be drawn in any thread.
class ComparisonPicture final
{
    Q_DECLARE_TR_FUNCTIONS(ComparisonPicture)

public:
    ComparisonPicture(ComparisonSheet sheet, PictureLook look);

    /// Fails where it would be longer than an image may be.
    [[nodiscard]] Result<QImage> draw() const;

    /// In pixels of the window.
    [[nodiscard]] QSizeF size() const;
    /// Everything but the ground.
    void paint(QPainter &painter) const;

private:
    // Each gives where it ends, downwards.
    [[nodiscard]] qreal drawAll(const PicturePen &pen) const;
    [[nodiscard]] qreal drawHead(const PicturePen &pen, qreal y) const;
    [[nodiscard]] qreal drawTurn(const PicturePen &pen, qsizetype turn, qreal y) const;
    [[nodiscard]] static qreal drawPrompt(
        const PicturePen &pen, const QString &text, const QRectF &room);
    [[nodiscard]] static qreal drawAnswer(
        const PicturePen &pen, const ComparisonSheet::Cell &cell, const QRectF &room);
    [[nodiscard]] qreal drawJudged(
        const PicturePen &pen, const ComparisonSheet::Judged &judged, qreal y) const;
    [[nodiscard]] static qreal drawPair(
        const PicturePen &pen, const JudgedPairRow &pair, const QRectF &room);
    [[nodiscard]] qreal px(qreal size) const;
    [[nodiscard]] qreal laneWidth() const;
    [[nodiscard]] qreal laneX(qsizetype lane) const;
    /// Of all lanes.
    [[nodiscard]] qreal wholeWidth() const;

    ComparisonSheet m_sheet;
    PictureLook m_look;
};

} // namespace Lorikeet
