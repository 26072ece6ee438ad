// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/rowcontent.h"

#include "timeline/metricsline.h"
#include "timeline/timelinemodel.h"

#include <QAbstractTextDocumentLayout>
#include <QFontMetricsF>
#include <QTextDocument>

namespace Lorikeet {

namespace {

template<typename Fill>
qreal documentHeight(const TextStyle &style, qreal width, Fill fill)
{
    QTextDocument document;
    DocumentBuilder::prepare(document, style, width > 0);
    if (width > 0) {
        document.setTextWidth(width);
    }
    fill(document);
    return std::ceil(document.size().height());
}

qreal codeBody(const RowContent &content, qreal width, const TextStyle &style)
{
    const bool collapsed = isCollapsed(content.block, content.state);
    if (!content.state.wrapped) {
        return (collapsed ? RowSize::collapsedLines : lineCount(content.block.text))
            * style.codeLine;
    }
    QString text = content.block.text;
    if (collapsed) {
        text = text.section(u'\n', 0, RowSize::collapsedLines - 1);
    }
    return documentHeight(style, width,
        [&](QTextDocument &document) { DocumentBuilder::fillPlain(document, text, style, true); });
}

} // namespace

int jsonLines(QStringView json, int most)
{
    int lines = 1;
    bool isText = false;
    bool isEmpty = false; ///< what was opened last, as far as is known
    for (qsizetype at = 0; at < json.size() && lines < most; ++at) {
        const QChar c = json[at];
        if (isText) {
            at += c == u'\\' ? 1 : 0;
            isText = c != u'"';
            continue;
        }
        if (c.isSpace()) {
            continue;
        }
        if (isEmpty && c != u'}' && c != u']') {
            ++lines; // the first of what is in there
        }
        isEmpty = c == u'{' || c == u'[';
        isText = c == u'"';
        lines += c == u',' ? 1 : 0;
    }
    return lines;
}

int lineCount(QStringView code) { return int(code.count(u'\n')) + 1; }

bool isCollapsed(const MarkdownBlock &block, RowState state)
{
    return !state.expanded && lineCount(block.text) > RowSize::collapseOver;
}

RowContent RowContent::of(const TimelineModel &model, int row, bool exact)
{
    RowContent content;
    content.kind = model.row(row).kind;
    const TimelineMessage &message = model.messageOf(row);
    if (const MarkdownBlock *block = model.block(row)) {
        content.block = *block;
        content.state = model.state(row);
    } else if (content.kind == RowKind::User) {
        content.text = message.entry.node.message.content;
    } else if (content.kind == RowKind::Reasoning) {
        content.state = model.state(row);
        content.text = content.state.expanded ? message.entry.node.message.reasoning : QString();
    } else if (content.kind == RowKind::Aside) {
        content.state = model.state(row);
        content.text = model.rowText(row);
    } else if (content.kind == RowKind::Schema) {
        // A line each; what matters here is how many.
        content.text = QString(message.entry.node.verdict->violations.size(), u'\n');
        content.state = model.state(row);
    } else if (content.kind == RowKind::Pending) {
        content.text = message.entry.node.message.content;
    } else if (exact && content.kind == RowKind::Footer && message.isAnswer()) {
        content.metrics = MetricsLine::of(message.entry);
    }
    return content;
}

size_t RowContent::hash() const
{
    size_t seed = qHashMulti(0, int(kind), text, block.text, int(block.kind), block.headingLevel,
        block.indent, state.expanded, state.wrapped);
    for (const TextRun &run : block.runs) {
        seed = qHashMulti(seed, run.start, run.length, int(run.styles));
    }
    for (const BlockParagraph &paragraph : block.paragraphs) {
        seed = qHashMulti(seed, paragraph.start, int(paragraph.kind), paragraph.headingLevel,
            paragraph.quoteDepth, paragraph.listDepth, paragraph.tight, paragraph.number);
    }
    for (const DocumentBuilder::Metric &metric : metrics) {
        seed = qHashMulti(seed, metric.label, metric.value);
    }
    return seed;
}

qreal measureRow(const RowContent &content, const RowWidths &widths, const TextStyle &style)
{
    const qreal unit = style.unit;
    const auto plain = [&](qreal width) {
        return documentHeight(style, width, [&](QTextDocument &document) {
            DocumentBuilder::fillPlain(document, content.text, style, false);
        });
    };
    const qreal indent = content.block.indent * RowSize::listIndent * unit;
    switch (content.kind) {
    case RowKind::Header:
        return RowSize::header * unit;
    case RowKind::User:
        return plain(widths.text - 2 * RowSize::userSide * unit) + 2 * RowSize::userPadding * unit;
    case RowKind::Reasoning:
        return RowSize::reasoning * unit
            + (content.text.isEmpty() ? 0 : plain(widths.text - RowSize::reasoningIndent * unit));
    case RowKind::Aside:
        return RowSize::reasoning * unit
            + (content.text.isEmpty()
                    ? 0
                    : documentHeight(style, widths.text - RowSize::reasoningIndent * unit,
                          [&](QTextDocument &document) {
                              DocumentBuilder::fillPlain(document, content.text, style, true);
                          }));
    case RowKind::Prose:
    case RowKind::Table:
        return documentHeight(style,
                   (content.kind == RowKind::Table ? widths.wide : widths.text) - indent,
                   [&](QTextDocument &document) {
                       DocumentBuilder::fill(document, content.block, style);
                   })
            + (content.kind == RowKind::Table ? RowSize::actions * unit : 0);
    case RowKind::Code: {
        const qreal width = widths.wide - indent - 2 * RowSize::codeSide * unit;
        const bool long_ = lineCount(content.block.text) > RowSize::collapseOver;
        return (RowSize::codeHead + 2 * RowSize::codePadding + (long_ ? RowSize::codeFoot : 0))
            * unit
            + codeBody(content, width, style);
    }
    case RowKind::Tree:
        return estimateRow(content, widths, style);
    case RowKind::Math:
        return documentHeight(style, widths.text - 2 * RowSize::codeSide * unit - 48 * unit,
                   [&](QTextDocument &document) {
                       DocumentBuilder::fill(document, content.block, style);
                   })
            + 2 * RowSize::mathPadding * unit;
    case RowKind::Footer:
        if (content.metrics.isEmpty()) {
            return RowSize::actions * unit;
        }
        return documentHeight(style, widths.text, [&](QTextDocument &document) {
            DocumentBuilder::fillMetrics(document, content.metrics, style);
        }) + (RowSize::metricsGap + RowSize::actions) * unit;
    default:
        return estimateRow(content, widths, style);
    }
}

qreal estimateRow(const RowContent &content, const RowWidths &widths, const TextStyle &style)
{
    const qreal unit = style.unit;
    const auto lines = [&](QStringView text, qreal width) {
        const qreal perLine = std::max(10.0, width / (style.prose.pixelSize() * 0.53));
        return std::ceil(qreal(text.size()) / perLine) + qreal(text.count(u'\n')) * 0.5;
    };
    switch (content.kind) {
    case RowKind::Header:
        return RowSize::header * unit;
    case RowKind::User:
        return lines(content.text, widths.text) * style.proseLine + 2 * RowSize::userPadding * unit;
    case RowKind::Reasoning:
        return RowSize::reasoning * unit + lines(content.text, widths.text) * style.proseLine;
    case RowKind::Aside:
        return RowSize::reasoning * unit
            + (content.text.isEmpty() ? 0 : lineCount(content.text) * style.codeLine);
    case RowKind::Pending:
    case RowKind::Message:
        return std::max(1.0, lines(content.text, widths.text) * 1.15) * style.proseLine;
    case RowKind::Prose: {
        qreal height = 0;
        for (const BlockParagraph &paragraph : content.block.paragraphs) {
            height += std::max(1.0,
                          std::ceil(qreal(paragraph.length) * style.prose.pixelSize() * 0.5
                              / std::max(40.0, widths.text)))
                    * style.proseLine
                + (paragraph.start > 0 ? 6 * unit : 0);
        }
        return height;
    }
    case RowKind::Code:
    case RowKind::Math:
        return (content.kind == RowKind::Code ? RowSize::codeHead : 0) * unit
            + 2 * RowSize::codePadding * unit + lineCount(content.block.text) * style.codeLine;
    case RowKind::Tree:
        return (RowSize::codeHead + 2 * RowSize::treePadding
                   + RowSize::treeLine * jsonLines(content.block.text, RowSize::treeLines))
            * unit;
    case RowKind::Table:
        return (lineCount(content.block.text) * 33 + RowSize::actions) * unit;
    case RowKind::Rule:
        return RowSize::rule * unit;
    case RowKind::Image:
        return RowSize::image * unit;
    case RowKind::Notice:
        return RowSize::notice * unit;
    case RowKind::Error:
        return 112 * unit;
    case RowKind::Schema:
        return (64 + 22 * lineCount(content.text)) * unit;
    case RowKind::Footer:
        return (RowSize::actions + 24) * unit;
    case RowKind::Waiting:
        break;
    }
    return style.proseLine;
}

qreal gapAbove(const TimelineModel &model, int row, const TextStyle &style)
{
    const TimelineModel::Row &here = model.row(row);
    const auto gap = [&]() -> int {
        if (row == 0) {
            return 16;
        }
        const TimelineModel::Row &above = model.row(row - 1);
        if (above.message != here.message) {
            return 24;
        }
        switch (here.kind) {
        case RowKind::Footer:
            return model.messageOf(row).isAnswer() ? 10 : 2;
        case RowKind::Reasoning:
        case RowKind::Aside:
            return 4;
        default:
            break;
        }
        if (above.kind == RowKind::Header) {
            return 8;
        }
        if (above.kind == RowKind::Reasoning) {
            return 12;
        }
        const MarkdownBlock *block = model.block(row);
        if (block && block->kind == MarkdownBlock::Kind::Heading) {
            return 20;
        }
        const MarkdownBlock *before = model.block(row - 1);
        return before && before->kind == MarkdownBlock::Kind::Heading ? 8 : 12;
    };
    return std::round(gap() * style.unit);
}

} // namespace Lorikeet
