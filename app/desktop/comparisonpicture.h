// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "compare/comparisonexport.h"
#include "text/markdownblock.h"
#include "timeline/textmark.h"
#include "timeline/textstyle.h"

#include <QColor>
#include <QCoreApplication>
#include <QImage>
#include <QList>
#include <QRectF>

class QPainter;

namespace Lorikeet {

/// How a picture of a comparison looks: the window's fonts and colours. A value, for any thread.
struct PictureLook
{
    TextStyle text;
    QColor ground;
    QColor bar; ///< behind the names of lanes
    QColor prompt; ///< behind what was asked
    QColor sunken; ///< behind code
    QColor border;
    QColor added;
    QColor removed;
    QColor textOnLane;
    QList<QColor> lanes;
};

/// A comparison as one picture, however long: prompts and answers side by side as the window shows
/// them, with the words that differ from the base's marked if wanted. Like the other exports it has
/// no addresses, headers or keys. Reentrant: to be drawn in any thread.
class ComparisonPicture final
{
    Q_DECLARE_TR_FUNCTIONS(ComparisonPicture)

public:
    ComparisonPicture(const ComparisonRecord &record, const QList<ExportedLane> &lanes,
        const PictureLook &look, bool marksDifferences);

    /// Fails where it would be longer than an image may be.
    [[nodiscard]] Result<QImage> draw() const;

private:
    struct Cell
    {
        QString prompt;
        std::optional<ChatNode> answer;
        MarkdownBlocks blocks;
        BlockMarks marks;
    };

    /// Draws with a painter, measures without one; both give the height.
    [[nodiscard]] qreal drawAll(QPainter *painter) const;
    [[nodiscard]] qreal drawHead(QPainter *painter, qreal y) const;
    [[nodiscard]] qreal drawTurn(QPainter *painter, qsizetype turn, qreal y) const;
    [[nodiscard]] qreal drawPrompt(
        QPainter *painter, const QString &text, const QRectF &room) const;
    [[nodiscard]] qreal drawAnswer(QPainter *painter, const Cell &cell, const QRectF &room) const;
    [[nodiscard]] qreal drawBlock(QPainter *painter, const MarkdownBlock &block,
        const QList<TextMark> &marks, const QRectF &room) const;
    [[nodiscard]] qreal px(qreal size) const;
    [[nodiscard]] qreal laneWidth() const;
    [[nodiscard]] qreal laneX(qsizetype lane) const;

    PictureLook m_look;
    QString m_title;
    QStringList m_names;
    QStringList m_facts;
    QList<QList<Cell>> m_lanes; ///< by lane and turn
};

} // namespace Lorikeet
