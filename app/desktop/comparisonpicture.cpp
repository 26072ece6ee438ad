// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparisonpicture.h"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace Lorikeet {

namespace {

constexpr qreal margin = 32;
constexpr qreal gap = 24; // between lanes
constexpr qreal oneLane = 760;
constexpr qreal manyLanes = 440;
constexpr qreal widestText = 2 * manyLanes + gap; // of lines that go over all lanes
constexpr int longestImage = 32'000; // pixels, a little less than the rasteriser can count
constexpr qreal crispPixels = 24e6; // up to here it is drawn twice as large

} // namespace

ComparisonPicture::ComparisonPicture(ComparisonSheet sheet, PictureLook look)
    : m_sheet(std::move(sheet))
    , m_look(std::move(look))
{ }

qreal ComparisonPicture::px(qreal size) const { return PicturePen(nullptr, m_look).px(size); }

qreal ComparisonPicture::laneWidth() const
{
    return (m_sheet.laneCount() > 1 ? manyLanes : oneLane) * m_look.text.unit;
}

qreal ComparisonPicture::laneX(qsizetype lane) const
{
    return px(margin) + qreal(lane) * (laneWidth() + px(gap));
}

qreal ComparisonPicture::wholeWidth() const
{
    const qsizetype last = std::max<qsizetype>(1, m_sheet.laneCount()) - 1;
    return laneX(last) + laneWidth() - px(margin);
}

QSizeF ComparisonPicture::size() const
{
    return {wholeWidth() + 2 * px(margin), drawAll(PicturePen(nullptr, m_look))};
}

void ComparisonPicture::paint(QPainter &painter) const
{
    (void)drawAll(PicturePen(&painter, m_look));
}

Result<QImage> ComparisonPicture::draw() const
{
    const QSizeF size = this->size();
    if (size.height() > longestImage) {
        return fail(ApiError::Kind::InvalidRequest,
            tr("The comparison would be a picture %L1 pixels high, and no more than %L2 can be "
               "drawn; export it as HTML instead.")
                .arg(qint64(size.height()))
                .arg(longestImage));
    }
    const bool isCrisp
        = size.width() * size.height() < crispPixels && 2 * size.height() < longestImage;
    const qreal ratio = isCrisp ? 2 : 1;
    QImage image((size * ratio).toSize(), QImage::Format_RGB32);
    if (image.isNull()) {
        return fail(ApiError::Kind::Internal,
            tr("There is not enough memory for a picture of the comparison; export it as HTML "
               "instead."));
    }
    image.setDevicePixelRatio(ratio);
    image.fill(m_look.ground);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    paint(painter);
    return image;
}

qreal ComparisonPicture::drawAll(const PicturePen &pen) const
{
    qreal y = drawHead(pen, px(margin));
    for (qsizetype turn = 0; turn < m_sheet.turns(); ++turn) {
        y = drawTurn(pen, turn, y + px(24));
    }
    return y + px(margin);
}

qreal ComparisonPicture::drawHead(const PicturePen &pen, qreal y) const
{
    y += pen.heading({px(margin), y}, wholeWidth(), m_sheet.title());
    y += px(16);
    qreal lowest = y;
    for (qsizetype lane = 0; lane < m_sheet.laneCount(); ++lane) {
        const QRectF bar(laneX(lane), y, laneWidth(), px(36));
        pen.bar(bar, m_look.bar);
        pen.bar(QRectF(bar.topLeft(), QSizeF(bar.width(), px(3))), pen.color(lane));
        pen.badge(bar.topLeft() + QPointF(px(12), px(10)), lane);
        pen.line(bar.adjusted(px(40), px(3), -px(12), 0), m_sheet.name(lane));
        const qreal facts = pen.plain({bar.x(), bar.bottom() + px(8)}, laneWidth(),
            m_sheet.facts(lane), PicturePen::Hand::Small);
        lowest = std::max(lowest, bar.bottom() + px(8) + facts);
    }
    return lowest;
}

qreal ComparisonPicture::drawTurn(const PicturePen &pen, qsizetype turn, qreal y) const
{
    const auto below = [&](qreal top, const auto &draw) {
        qreal bottom = top;
        for (qsizetype lane = 0; lane < m_sheet.laneCount(); ++lane) {
            if (const ComparisonSheet::Cell *cell = m_sheet.cell(lane, turn)) {
                bottom = std::max(bottom, draw(*cell, QRectF(laneX(lane), top, laneWidth(), 0)));
            }
        }
        return bottom;
    };
    const qreal answers
        = px(16) + below(y, [&](const ComparisonSheet::Cell &cell, const QRectF &room) {
              return drawPrompt(pen, cell.prompt, room);
          });
    qreal bottom = below(answers, [&](const ComparisonSheet::Cell &cell, const QRectF &room) {
        return drawAnswer(pen, cell, room);
    });
    for (const ComparisonSheet::Judged &judged : m_sheet.judged(turn)) {
        bottom = drawJudged(pen, judged, bottom + px(16));
    }
    return bottom;
}

qreal ComparisonPicture::drawPrompt(const PicturePen &pen, const QString &text, const QRectF &room)
{
    const QPointF inside = room.topLeft() + QPointF(pen.px(14), pen.px(12));
    const qreal width = room.width() - 2 * pen.px(14);
    const qreal height
        = PicturePen(nullptr, pen.look()).plain(inside, width, text) + 2 * pen.px(12);
    pen.ground(QRectF(room.topLeft(), QSizeF(room.width(), height)), pen.look().prompt);
    (void)pen.plain(inside, width, text);
    return room.y() + height;
}

qreal ComparisonPicture::drawAnswer(
    const PicturePen &pen, const ComparisonSheet::Cell &cell, const QRectF &room)
{
    qreal y = room.y();
    for (qsizetype i = 0; i < cell.blocks.size(); ++i) {
        y += pen.block({room.x(), y}, room.width(), cell.blocks[i], cell.marks.value(i))
            + pen.px(12);
    }
    if (!cell.metrics.isEmpty()) {
        y += pen.metrics({room.x(), y}, room.width(), cell.metrics);
    }
    if (!cell.error.isEmpty()) {
        y += pen.px(8);
        y += pen.plain({room.x(), y}, room.width(), cell.error, PicturePen::Hand::Danger);
    }
    return y;
}

/// A card over all lanes, though no wider than can be read.
qreal ComparisonPicture::drawJudged(
    const PicturePen &pen, const ComparisonSheet::Judged &judged, qreal y) const
{
    using Hand = PicturePen::Hand;
    const qreal width = std::min(wholeWidth(), px(widestText));
    const auto write = [&](const PicturePen &with) {
        const QRectF room(px(margin + 16), y + px(12), width - 2 * px(16), 0);
        qreal at = room.y();
        at += with.plain({room.x(), at}, room.width(), judged.judge, Hand::Strong) + px(4);
        at += with.plain({room.x(), at}, room.width(), judged.rubric, Hand::Small) + px(8);
        if (!judged.lanes.isEmpty()) {
            qreal x = room.x();
            for (const JudgedLane &lane : judged.lanes) {
                with.badge({x, at}, lane.place);
                with.line(
                    {x + px(PicturePen::badgeSize + 6), at, px(64), px(PicturePen::badgeSize)},
                    lane.share);
                x += px(96);
            }
            at += px(PicturePen::badgeSize) + px(12);
        }
        for (const JudgedPairRow &pair : judged.pairs) {
            at = drawPair(with, pair, {room.x(), at, room.width(), 0}) + px(12);
        }
        if (!judged.bias.isEmpty()) {
            at += with.plain({room.x(), at}, room.width(), judged.bias, Hand::Small);
        }
        return at + with.plain({room.x(), at}, room.width(), judged.counts, Hand::Small) + px(12);
    };
    const qreal bottom = write(PicturePen(nullptr, m_look));
    pen.ground(QRectF(px(margin), y, width, bottom - y), m_look.bar, m_look.border);
    (void)write(pen);
    return bottom;
}

qreal ComparisonPicture::drawPair(
    const PicturePen &pen, const JudgedPairRow &pair, const QRectF &room)
{
    using Hand = PicturePen::Hand;
    const qreal badge = pen.px(PicturePen::badgeSize);
    qreal y = room.y();
    pen.badge({room.x(), y + pen.px(2)}, pair.firstPlace);
    pen.badge({room.x() + badge + pen.px(4), y + pen.px(2)}, pair.secondPlace);
    const qreal beside = 2 * badge + pen.px(4 + 10);
    y += pen.plain({room.x() + beside, y}, room.width() - beside, pair.verdict,
        pair.agrees ? Hand::Strong : Hand::Warning);
    const auto order = [&](const QString &said, const QString &reason) {
        y += pen.plain({room.x() + beside, y}, room.width() - beside, said, Hand::Small);
        if (!reason.isEmpty()) {
            y += pen.plain({room.x() + beside, y}, room.width() - beside, reason);
        }
    };
    order(pair.forward, pair.forwardReason);
    order(pair.backward, pair.backwardReason);
    if (!pair.problem.isEmpty()) {
        y += pen.plain({room.x() + beside, y}, room.width() - beside, pair.problem, Hand::Danger);
    }
    return y;
}

} // namespace Lorikeet
