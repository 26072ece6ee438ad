// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "picturepen.h"

#include "compare/lane.h"

#include <QAbstractTextDocumentLayout>
#include <QFontMetricsF>
#include <QPainter>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>
#include <cmath>

namespace Lorikeet {

namespace {

void mark(QTextDocument &document, const MarkdownBlock &block, const QList<TextMark> &marks,
    const PictureLook &look)
{
    QTextCursor cursor(&document);
    const qsizetype offset = DocumentBuilder::documentOffset(block);
    const qsizetype last = document.characterCount() - 1;
    for (const TextMark &each : marks) {
        QTextCharFormat format;
        format.setBackground(each.added ? look.added : look.removed);
        format.setFontUnderline(each.added);
        format.setFontStrikeOut(!each.added);
        cursor.setPosition(int(std::min(each.start + offset, last)));
        cursor.setPosition(
            int(std::min(each.start + each.length + offset, last)), QTextCursor::KeepAnchor);
        cursor.mergeCharFormat(format);
    }
}

void paintDecorations(QPainter &painter, const QTextDocument &document, const MarkdownBlock &block,
    const PictureLook &look)
{
    using Kind = DocumentBuilder::Decoration::Kind;
    painter.setPen(Qt::NoPen);
    for (const auto &[kind, rect] : DocumentBuilder::decorations(document, block, look.text)) {
        const bool isGround
            = kind == Kind::InlineCode || kind == Kind::CodeLine || kind == Kind::TableHead;
        painter.setBrush(isGround ? look.sunken : look.border);
        const qreal radius = kind == Kind::InlineCode ? 4 : 0;
        painter.drawRoundedRect(rect, radius, radius);
    }
}

} // namespace

qreal PicturePen::px(qreal size) const { return std::round(size * m_look.text.unit); }

QColor PicturePen::color(qsizetype lane) const
{
    return m_look.lanes.value(lane % std::max<qsizetype>(1, m_look.lanes.size()));
}

template<typename Fill>
qreal PicturePen::document(QPointF place, qreal width, const TextStyle &style, const Fill &fill,
    const MarkdownBlock *block) const
{
    QTextDocument document;
    DocumentBuilder::prepare(document, style, true);
    document.setTextWidth(width);
    fill(document);
    // A table that is wider than its lane is drawn smaller.
    const bool isTable = block && block->kind == MarkdownBlock::Kind::Table;
    const qreal drawn = isTable
        ? std::max(document.size().width(), DocumentBuilder::tableWidth(document))
        : document.size().width();
    const qreal scale = std::min(1.0, width / std::max(1.0, drawn));
    if (m_painter) {
        m_painter->save();
        m_painter->translate(place);
        m_painter->scale(scale, scale);
        if (block) {
            paintDecorations(*m_painter, document, *block, m_look);
        }
        QAbstractTextDocumentLayout::PaintContext context;
        context.palette.setColor(QPalette::Text, style.text);
        document.documentLayout()->draw(m_painter, context);
        m_painter->restore();
    }
    return std::ceil(document.size().height() * scale);
}

TextStyle PicturePen::styleOf(Hand hand) const
{
    TextStyle style = m_look.text;
    switch (hand) {
    case Hand::Prose:
        break;
    case Hand::Strong:
        style.prose.setWeight(QFont::DemiBold);
        break;
    case Hand::Small:
        style.prose = style.metric;
        style.proseLine = style.metricLine + 2;
        style.text = style.textMuted;
        break;
    case Hand::Warning:
        style.prose.setWeight(QFont::DemiBold);
        style.text = style.warning;
        break;
    case Hand::Danger:
        style.text = style.danger;
        break;
    }
    return style;
}

qreal PicturePen::heading(QPointF place, qreal width, const QString &text) const
{
    return document(place, width, m_look.text, [&](QTextDocument &document) {
        DocumentBuilder::fill(document,
            MarkdownBlock{.kind = MarkdownBlock::Kind::Heading,
                .headingLevel = 2,
                .text = text,
                .paragraphs = {{.start = 0,
                    .length = text.size(),
                    .kind = BlockParagraph::Kind::Heading,
                    .headingLevel = 2}}},
            m_look.text);
    });
}

qreal PicturePen::plain(QPointF place, qreal width, const QString &text, Hand hand) const
{
    const TextStyle style = styleOf(hand);
    return document(place, width, style,
        [&](QTextDocument &document) { DocumentBuilder::fillPlain(document, text, style, false); });
}

qreal PicturePen::metrics(
    QPointF place, qreal width, const QList<DocumentBuilder::Metric> &metrics) const
{
    return document(place, width, m_look.text, [&](QTextDocument &document) {
        DocumentBuilder::fillMetrics(document, metrics, m_look.text);
    });
}

qreal PicturePen::block(
    QPointF place, qreal width, const MarkdownBlock &block, const QList<TextMark> &marks) const
{
    if (block.kind == MarkdownBlock::Kind::Rule) {
        bar(QRectF(place.x(), place.y() + px(8), width, 1), m_look.border);
        return px(17);
    }
    const bool isCode
        = block.kind == MarkdownBlock::Kind::Code || block.kind == MarkdownBlock::Kind::Math;
    const qreal indent = px(20) * block.indent;
    const qreal side = isCode ? px(14) : 0;
    const qreal above = isCode ? px(12) : 0;
    const QPointF inside = place + QPointF(indent + side, above);
    const qreal room = std::max(px(60), width - indent - 2 * side);
    const auto fill = [&](QTextDocument &document) {
        if (isCode) {
            DocumentBuilder::fillPlain(document, block.text, m_look.text, true);
        } else {
            DocumentBuilder::fill(document, block, m_look.text);
        }
        mark(document, block, marks, m_look);
    };
    if (isCode && m_painter) {
        const PicturePen measure(nullptr, m_look);
        const qreal height = measure.document(inside, room, m_look.text, fill, &block) + 2 * above;
        ground(QRectF(place.x() + indent, place.y(), width - indent, height), m_look.sunken,
            m_look.border);
    }
    return document(inside, room, m_look.text, fill, &block) + 2 * above;
}

void PicturePen::line(const QRectF &room, const QString &text) const
{
    if (m_painter) {
        const TextStyle style = styleOf(Hand::Strong);
        m_painter->setFont(style.prose);
        m_painter->setPen(style.text);
        m_painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetricsF(style.prose).elidedText(text, Qt::ElideRight, room.width()));
    }
}

void PicturePen::ground(const QRectF &rect, const QColor &color, const QColor &border) const
{
    if (m_painter) {
        m_painter->setPen(border.isValid() ? QPen(border) : QPen(Qt::NoPen));
        m_painter->setBrush(color);
        m_painter->drawRoundedRect(rect, 8, 8);
    }
}

void PicturePen::bar(const QRectF &rect, const QColor &color) const
{
    if (m_painter) {
        m_painter->fillRect(rect, color);
    }
}

void PicturePen::badge(QPointF place, qsizetype lane) const
{
    if (m_painter) {
        const QRectF rect(place, QSizeF(px(badgeSize), px(badgeSize)));
        m_painter->setPen(Qt::NoPen);
        m_painter->setBrush(color(lane));
        m_painter->drawRoundedRect(rect, px(4), px(4));
        m_painter->setFont(m_look.text.number);
        m_painter->setPen(m_look.textOnLane);
        m_painter->drawText(rect, Qt::AlignCenter, laneLetter(lane));
    }
}

} // namespace Lorikeet
