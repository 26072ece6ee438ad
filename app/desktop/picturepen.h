// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "text/markdownblock.h"
#include "timeline/documentbuilder.h"
#include "timeline/textmark.h"
#include "timeline/textstyle.h"

#include <QColor>
#include <QList>
#include <QPointF>
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

/// Writes a picture's texts with a painter; without one it measures them. Either way it gives the
/// height they take. Reentrant.
class PicturePen final
{
public:
    enum class Hand {
        Prose,
        Strong,
        Small, ///< of what stands beside the answers
        Warning,
        Danger,
    };

    /// Both must outlive this.
    PicturePen(QPainter *painter, const PictureLook &look)
        : m_painter(painter)
        , m_look(look)
    { }

    [[nodiscard]] const PictureLook &look() const { return m_look; }

    /// A length of the design in pixels of the picture.
    [[nodiscard]] qreal px(qreal size) const;
    /// A lane's.
    [[nodiscard]] QColor color(qsizetype lane) const;

    qreal heading(QPointF place, qreal width, const QString &text) const;
    qreal plain(QPointF place, qreal width, const QString &text, Hand hand = Hand::Prose) const;
    qreal metrics(QPointF place, qreal width, const QList<DocumentBuilder::Metric> &metrics) const;
    /// A block of an answer, as wide as `width`, with what is painted around it.
    qreal block(
        QPointF place, qreal width, const MarkdownBlock &block, const QList<TextMark> &marks) const;
    /// One line, cut off where there is no room for all.
    void line(const QRectF &room, const QString &text) const;
    void ground(const QRectF &rect, const QColor &color, const QColor &border = {}) const;
    void bar(const QRectF &rect, const QColor &color) const;
    /// The letter of a lane on its colour; a square of badgeSize.
    void badge(QPointF place, qsizetype lane) const;

    static constexpr qreal badgeSize = 18;

private:
    template<typename Fill>
    qreal document(QPointF place, qreal width, const TextStyle &style, const Fill &fill,
        const MarkdownBlock *block = nullptr) const;
    [[nodiscard]] TextStyle styleOf(Hand hand) const;

    QPainter *m_painter;
    const PictureLook &m_look;
};

} // namespace Lorikeet
