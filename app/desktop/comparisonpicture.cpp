// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparisonpicture.h"

#include "base/logging.h"
#include "compare/lane.h"
#include "text/markdownparser.h"
#include "textdifference.h"
#include "timeline/documentbuilder.h"
#include "timeline/metricsline.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr qreal margin = 32;
constexpr qreal gap = 24; // between lanes
constexpr qreal oneLane = 760;
constexpr qreal manyLanes = 440;
constexpr int longestImage = 32'000; // pixels, a little less than the rasteriser can count
constexpr qreal crispPixels = 24e6; // up to here it is drawn twice as large

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

/// Its height; drawn at `place` if there is a painter.
template<typename Fill>
qreal drawDocument(QPainter *painter, QPointF place, qreal width, const PictureLook &look,
    bool wraps, const Fill &fill, const MarkdownBlock *block = nullptr)
{
    QTextDocument document;
    DocumentBuilder::prepare(document, look.text, wraps);
    document.setTextWidth(width);
    fill(document);
    // A table that is wider than its lane is drawn smaller.
    const bool isTable = block && block->kind == MarkdownBlock::Kind::Table;
    const qreal drawn = isTable
        ? std::max(document.size().width(), DocumentBuilder::tableWidth(document))
        : document.size().width();
    const qreal scale = std::min(1.0, width / std::max(1.0, drawn));
    const qreal height = std::ceil(document.size().height() * scale);
    if (painter) {
        painter->save();
        painter->translate(place);
        painter->scale(scale, scale);
        if (block) {
            paintDecorations(*painter, document, *block, look);
        }
        QAbstractTextDocumentLayout::PaintContext context;
        context.palette.setColor(QPalette::Text, look.text.text);
        document.documentLayout()->draw(painter, context);
        painter->restore();
    }
    return height;
}

void drawGround(QPainter *painter, const QRectF &rect, const QColor &color, const QColor &border)
{
    if (painter) {
        painter->setPen(border.isValid() ? QPen(border) : QPen(Qt::NoPen));
        painter->setBrush(color);
        painter->drawRoundedRect(rect, 8, 8);
    }
}

} // namespace

ComparisonPicture::ComparisonPicture(const ComparisonRecord &record,
    const QList<ExportedLane> &lanes, const PictureLook &look, bool marksDifferences)
    : m_look(look)
    , m_title(record.title.isEmpty() ? tr("Comparison") : redacted(record.title))
{
    for (const ExportedLane &lane : lanes) {
        m_names.append(redacted(lane.name));
        m_facts.append(exportedFacts(lane).join(u" · "_s));
        QList<Cell> cells;
        for (const ExportedTurn &turn : exportedTurns(lane.conversation)) {
            Cell cell{
                .prompt = redacted(turn.prompt), .answer = turn.answer, .blocks = {}, .marks = {}};
            if (turn.answer) {
                cell.blocks = MarkdownParser::parse(redacted(turn.answer->message.content));
            }
            cells.append(cell);
        }
        m_lanes.append(cells);
    }
    const qsizetype base
        = std::clamp<qsizetype>(record.base, 0, std::max<qsizetype>(0, m_lanes.size() - 1));
    for (qsizetype lane = 0; marksDifferences && lane < m_lanes.size(); ++lane) {
        const qsizetype turns = std::min(m_lanes[lane].size(), m_lanes[base].size());
        for (qsizetype turn = 0; lane != base && turn < turns; ++turn) {
            Cell &of = m_lanes[base][turn];
            Cell &cell = m_lanes[lane][turn];
            const TextDiff diff = diffWords(readText(of.blocks), readText(cell.blocks));
            cell.marks = marksOf(cell.blocks, diff, false);
            if (m_lanes.size() == 2) {
                of.marks = marksOf(of.blocks, diff, true);
            }
        }
    }
}

qreal ComparisonPicture::laneWidth() const
{
    return (m_lanes.size() > 1 ? manyLanes : oneLane) * m_look.text.unit;
}

qreal ComparisonPicture::px(qreal size) const { return std::round(size * m_look.text.unit); }

qreal ComparisonPicture::laneX(qsizetype lane) const
{
    return px(margin) + qreal(lane) * (laneWidth() + px(gap));
}

Result<QImage> ComparisonPicture::draw() const
{
    const qsizetype count = std::max<qsizetype>(1, m_lanes.size());
    const qreal width = laneX(count - 1) + laneWidth() + px(margin);
    const qreal height = drawAll(nullptr);
    if (height > longestImage) {
        return fail(ApiError::Kind::InvalidRequest,
            tr("The comparison would be a picture %L1 pixels high, and no more than %L2 can be "
               "drawn; export it as HTML instead.")
                .arg(qint64(height))
                .arg(longestImage));
    }
    const qreal ratio = width * height < crispPixels && 2 * height < longestImage ? 2 : 1;
    QImage image(QSize(int(width * ratio), int(height * ratio)), QImage::Format_RGB32);
    if (image.isNull()) {
        return fail(ApiError::Kind::Internal,
            tr("There is not enough memory for a picture of the comparison; export it as HTML "
               "instead."));
    }
    image.setDevicePixelRatio(ratio);
    image.fill(m_look.ground);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    (void)drawAll(&painter);
    return image;
}

qreal ComparisonPicture::drawAll(QPainter *painter) const
{
    qreal y = drawHead(painter, px(margin));
    qsizetype turns = 0;
    for (const QList<Cell> &cells : m_lanes) {
        turns = std::max(turns, cells.size());
    }
    for (qsizetype turn = 0; turn < turns; ++turn) {
        y = drawTurn(painter, turn, y + px(24));
    }
    return y + px(margin);
}

qreal ComparisonPicture::drawHead(QPainter *painter, qreal y) const
{
    const qreal all = laneX(m_lanes.size() - 1) + laneWidth() - px(margin);
    y += drawDocument(painter, {px(margin), y}, std::max(laneWidth(), all), m_look, true,
        [this](QTextDocument &document) {
            DocumentBuilder::fill(document,
                MarkdownBlock{.kind = MarkdownBlock::Kind::Heading,
                    .headingLevel = 2,
                    .text = m_title,
                    .paragraphs = {{.start = 0,
                        .length = m_title.size(),
                        .kind = BlockParagraph::Kind::Heading,
                        .headingLevel = 2}}},
                m_look.text);
        });
    y += px(16);
    qreal lowest = y;
    for (qsizetype lane = 0; lane < m_lanes.size(); ++lane) {
        const QColor color = m_look.lanes.value(lane % std::max<qsizetype>(1, m_look.lanes.size()));
        const QRectF bar(laneX(lane), y, laneWidth(), px(36));
        if (painter) {
            painter->fillRect(bar, m_look.bar);
            painter->fillRect(QRectF(bar.topLeft(), QSizeF(bar.width(), px(3))), color);
            const QRectF badge(bar.x() + px(12), bar.y() + px(10), px(18), px(18));
            painter->setPen(Qt::NoPen);
            painter->setBrush(color);
            painter->drawRoundedRect(badge, px(4), px(4));
            painter->setFont(m_look.text.number);
            painter->setPen(m_look.textOnLane);
            painter->drawText(badge, Qt::AlignCenter, laneLetter(lane));
            QFont name = m_look.text.prose;
            name.setWeight(QFont::DemiBold);
            painter->setFont(name);
            painter->setPen(m_look.text.text);
            const QRectF room = bar.adjusted(px(40), px(3), -px(12), 0);
            painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                QFontMetricsF(name).elidedText(m_names[lane], Qt::ElideRight, room.width()));
        }
        TextStyle small = m_look.text;
        small.prose = small.metric;
        small.proseLine = small.metricLine + 2;
        small.text = small.textMuted;
        PictureLook muted = m_look;
        muted.text = small;
        const qreal facts = drawDocument(painter, {bar.x(), bar.bottom() + px(8)}, laneWidth(),
            muted, true, [&](QTextDocument &document) {
                DocumentBuilder::fillPlain(document, m_facts[lane], small, false);
            });
        lowest = std::max(lowest, bar.bottom() + px(8) + facts);
    }
    return lowest;
}

qreal ComparisonPicture::drawTurn(QPainter *painter, qsizetype turn, qreal y) const
{
    qreal answers = y;
    for (qsizetype lane = 0; lane < m_lanes.size(); ++lane) {
        if (turn < m_lanes[lane].size()) {
            answers = std::max(answers,
                drawPrompt(
                    painter, m_lanes[lane][turn].prompt, QRectF(laneX(lane), y, laneWidth(), 0)));
        }
    }
    answers += px(16);
    qreal bottom = answers;
    for (qsizetype lane = 0; lane < m_lanes.size(); ++lane) {
        if (turn < m_lanes[lane].size()) {
            bottom = std::max(bottom,
                drawAnswer(
                    painter, m_lanes[lane][turn], QRectF(laneX(lane), answers, laneWidth(), 0)));
        }
    }
    return bottom;
}

qreal ComparisonPicture::drawPrompt(
    QPainter *painter, const QString &text, const QRectF &room) const
{
    const QPointF inside = room.topLeft() + QPointF(px(14), px(12));
    const qreal width = room.width() - 2 * px(14);
    const auto fill = [&](QTextDocument &document) {
        DocumentBuilder::fillPlain(document, text, m_look.text, false);
    };
    const qreal height = drawDocument(nullptr, inside, width, m_look, true, fill) + 2 * px(12);
    drawGround(painter, QRectF(room.topLeft(), QSizeF(room.width(), height)), m_look.prompt, {});
    (void)drawDocument(painter, inside, width, m_look, true, fill);
    return room.y() + height;
}

qreal ComparisonPicture::drawAnswer(QPainter *painter, const Cell &cell, const QRectF &room) const
{
    if (!cell.answer) {
        return room.y();
    }
    qreal y = room.y();
    for (qsizetype i = 0; i < cell.blocks.size(); ++i) {
        y = drawBlock(
                painter, cell.blocks[i], cell.marks.value(i), QRectF(room.x(), y, room.width(), 0))
            + px(12);
    }
    QList<DocumentBuilder::Metric> metrics = MetricsLine::of(*cell.answer);
    if (cell.answer->state != ChatNode::State::Complete) {
        metrics.append(
            {tr("state"), toWord(cell.answer->state), {}, DocumentBuilder::Metric::Tone::Warning});
    }
    y += drawDocument(
        painter, {room.x(), y}, room.width(), m_look, true, [&](QTextDocument &document) {
            DocumentBuilder::fillMetrics(document, metrics, m_look.text);
        });
    if (cell.answer->error) {
        TextStyle danger = m_look.text;
        danger.text = danger.danger;
        y += drawDocument(painter, {room.x(), y + px(8)}, room.width(), m_look, true,
                 [&](QTextDocument &document) {
                     DocumentBuilder::fillPlain(
                         document, redacted(cell.answer->error->message), danger, false);
                 })
            + px(8);
    }
    return y;
}

qreal ComparisonPicture::drawBlock(QPainter *painter, const MarkdownBlock &block,
    const QList<TextMark> &marks, const QRectF &room) const
{
    if (block.kind == MarkdownBlock::Kind::Rule) {
        if (painter) {
            painter->fillRect(QRectF(room.x(), room.y() + px(8), room.width(), 1), m_look.border);
        }
        return room.y() + px(17);
    }
    const bool isCode
        = block.kind == MarkdownBlock::Kind::Code || block.kind == MarkdownBlock::Kind::Math;
    const qreal indent = px(20) * block.indent;
    const qreal side = isCode ? px(14) : 0;
    const qreal above = isCode ? px(12) : 0;
    const QPointF inside = room.topLeft() + QPointF(indent + side, above);
    const qreal width = std::max(px(60), room.width() - indent - 2 * side);
    const auto fill = [&](QTextDocument &document) {
        if (isCode) {
            DocumentBuilder::fillPlain(document, block.text, m_look.text, true);
        } else {
            DocumentBuilder::fill(document, block, m_look.text);
        }
        mark(document, block, marks, m_look);
    };
    const qreal height
        = drawDocument(nullptr, inside, width, m_look, true, fill, &block) + 2 * above;
    if (isCode) {
        drawGround(painter, QRectF(room.x() + indent, room.y(), room.width() - indent, height),
            m_look.sunken, m_look.border);
    }
    if (painter) {
        (void)drawDocument(painter, inside, width, m_look, true, fill, &block);
    }
    return room.y() + height;
}

} // namespace Lorikeet
