// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/blockdocument.h"

#include "timeline/codehighlighter.h"
#include "timeline/metricsline.h"
#include "timeline/rowcontent.h"
#include "timeline/timelineview.h"

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Repository>
#include <QAbstractTextDocumentLayout>
#include <QQuickTextDocument>
#include <QQuickWindow>
#include <QSGRectangleNode>
#include <QTextBlock>
#include <QTextDocument>

namespace Lorikeet {

using DocumentBuilder::Decoration;

BlockDocument::BlockDocument(QQuickItem *parent)
    : QQuickItem(parent)
{
    setFlag(ItemHasContents);
}

const TextStyle &BlockDocument::style() const { return m_row->view()->style()->value(); }

void BlockDocument::setRow(TimelineRow *row)
{
    m_row = row;
    if (row) {
        row->setDocument(this);
    }
}

void BlockDocument::setEdit(QQuickItem *edit)
{
    m_edit = edit;
    if (!edit) {
        return;
    }
    // The timeline selects across rows; a TextEdit that took the press would select in itself.
    edit->setAcceptedMouseButtons(Qt::NoButton);
}

void BlockDocument::setSunken(const QColor &color)
{
    m_sunken = color;
    update();
}

void BlockDocument::setLine(const QColor &color)
{
    m_line = color;
    update();
}

void BlockDocument::setBar(const QColor &color)
{
    m_bar = color;
    update();
}

void BlockDocument::componentComplete()
{
    QQuickItem::componentComplete();
    auto *quick = m_edit->property("textDocument").value<QQuickTextDocument *>();
    m_document = quick->textDocument();
    m_document->setUndoRedoEnabled(false);
    // The layout tells of every change of size, also of those by a new width.
    connect(m_document->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
        &BlockDocument::updateTextSize);
    sync();
}

void BlockDocument::updateTextSize()
{
    // A table is as wide as its columns, whatever the text's width.
    const QSizeF size(m_shown.kind == MarkdownBlock::Kind::Table
            ? std::ceil(DocumentBuilder::tableWidth(*m_document))
            : std::ceil(m_document->idealWidth()),
        std::ceil(m_document->size().height()));
    if (size != m_textSize) {
        m_textSize = size;
        Q_EMIT textSizeChanged();
    }
    polish();
}

void BlockDocument::geometryChange(const QRectF &now, const QRectF &before)
{
    QQuickItem::geometryChange(now, before);
    polish();
}

/// What of the block is shown: long code is folded to its first lines.
MarkdownBlock BlockDocument::shownBlock() const
{
    const MarkdownBlock *block = m_row->model()->block(m_row->index());
    if (!block) {
        return {};
    }
    MarkdownBlock shown = *block;
    if (shown.kind == MarkdownBlock::Kind::Code
        && isCollapsed(shown, m_row->model()->state(m_row->index()))) {
        shown.text = shown.text.section(u'\n', 0, RowSize::collapsedLines - 1);
    }
    return shown;
}

void BlockDocument::sync()
{
    if (!m_document || !m_row || m_row->index() < 0 || !m_row->model() || !m_row->view()->style()) {
        return;
    }
    const bool restyled = !(m_shownStyle == style());
    m_shownStyle = style();
    const TimelineModel &model = *m_row->model();
    if (m_content == Content::Metrics) {
        const auto metrics = MetricsLine::of(model.messageOf(m_row->index()).entry);
        if (!m_filled || restyled || metrics != m_metrics) {
            m_metrics = metrics;
            DocumentBuilder::fillMetrics(*m_document, m_metrics, m_shownStyle);
        }
    } else if (m_content == Content::Text) {
        const QString text = model.rowText(m_row->index());
        if (m_filled && !restyled && text.startsWith(m_shownText)) {
            DocumentBuilder::appendPlain(*m_document, QStringView(text).sliced(m_shownText.size()));
        } else {
            TextStyle plain = m_shownStyle;
            plain.text = m_muted ? plain.textSecondary : plain.text;
            DocumentBuilder::fillPlain(*m_document, text, plain, m_mono);
        }
        m_shownText = text;
    } else {
        const MarkdownBlock now = shownBlock();
        if (!m_filled || restyled) {
            DocumentBuilder::fill(*m_document, now, m_shownStyle);
        } else if (!(now == m_shown)) {
            DocumentBuilder::update(*m_document, m_shown, now, m_shownStyle);
        }
        const bool sameLanguage
            = m_filled && m_shown.language == now.language && m_shown.kind == now.kind;
        m_shown = now;
        if (!sameLanguage || restyled) {
            updateHighlighter(restyled);
        }
    }
    m_filled = true;
    m_row->view()->applySelectionTo(m_row);
    updateTextSize();
    update();
}

void BlockDocument::updateHighlighter(bool restyled)
{
    if (m_shown.kind != MarkdownBlock::Kind::Code) {
        delete m_highlighter;
        m_highlighter = nullptr;
        return;
    }
    const auto definition
        = CodeHighlighter::definitionFor(m_row->view()->style()->syntax(), m_shown.language);
    if (!m_highlighter) {
        m_highlighter = new CodeHighlighter(m_document, m_shownStyle);
    } else if (restyled) {
        m_highlighter->setStyle(m_shownStyle);
    }
    m_highlighter->setDefinition(definition);
}

void BlockDocument::forget() { m_filled = false; }

qsizetype BlockDocument::positionAt(QPointF inEdit) const
{
    if (!m_document) {
        return 0;
    }
    const int at = m_document->documentLayout()->hitTest(inEdit, Qt::FuzzyHit);
    const qsizetype length = m_row->model()->rowText(m_row->index()).size();
    return std::clamp<qsizetype>(at - DocumentBuilder::documentOffset(m_shown), 0, length);
}

QRectF BlockDocument::rectangleAt(qsizetype position) const
{
    const qsizetype at = std::min<qsizetype>(
        position + DocumentBuilder::documentOffset(m_shown), m_document->characterCount() - 1);
    const QTextBlock block = m_document->findBlock(int(at));
    const QRectF rect = m_document->documentLayout()->blockBoundingRect(block);
    const QTextLine line = block.layout()->lineForTextPosition(int(at) - block.position());
    if (!line.isValid()) {
        return rect;
    }
    return {rect.x() + line.cursorToX(int(at) - block.position()), rect.y() + line.y(), 1,
        line.height()};
}

std::pair<qsizetype, qsizetype> BlockDocument::wordAt(qsizetype position) const
{
    QTextCursor cursor(m_document);
    const qsizetype offset = DocumentBuilder::documentOffset(m_shown);
    cursor.setPosition(
        int(std::min<qsizetype>(position + offset, m_document->characterCount() - 1)));
    cursor.select(QTextCursor::WordUnderCursor);
    return {cursor.selectionStart() - offset, cursor.selectionEnd() - offset};
}

void BlockDocument::select(qsizetype begin, qsizetype end)
{
    if (!m_edit || !m_document) {
        return;
    }
    if (begin >= end) {
        QMetaObject::invokeMethod(m_edit, "deselect");
        return;
    }
    const qsizetype offset = DocumentBuilder::documentOffset(m_shown);
    const qsizetype last = m_document->characterCount() - 1;
    QMetaObject::invokeMethod(
        m_edit, "select", int(std::min(begin + offset, last)), int(std::min(end + offset, last)));
}

QString BlockDocument::linkAt(QPointF inEdit) const
{
    if (!m_document || m_content != Content::Block) {
        return {};
    }
    const int hit = m_document->documentLayout()->hitTest(inEdit, Qt::ExactHit);
    const qsizetype at = hit - DocumentBuilder::documentOffset(m_shown);
    for (const TextRun &run : m_shown.runs) {
        if (hit >= 0 && at >= run.start && at < run.start + run.length
            && (run.styles & (TextRun::Link | TextRun::Image))) {
            return run.target;
        }
    }
    return {};
}

QString BlockDocument::definitionAt(qreal x, qreal y) const
{
    const int hit = m_document ? m_document->documentLayout()->hitTest({x, y}, Qt::ExactHit) : -1;
    int end = 0;
    for (const DocumentBuilder::Metric &metric : m_metrics) {
        end += int(metric.label.size() + metric.value.size()) + 1 + (end > 0 ? 1 : 0);
        if (hit >= 0 && hit < end) {
            return metric.definition;
        }
    }
    return {};
}

QList<BlockDocument::Marked> BlockDocument::markedRects() const
{
    QList<Marked> marked;
    if (!m_row || !m_row->model() || m_row->index() < 0
        || m_row->index() >= m_row->model()->rowCount()) {
        return marked;
    }
    const QList<TextMark> marks = m_row->model()->marks(m_row->index());
    const qsizetype offset = DocumentBuilder::documentOffset(m_shown);
    for (const TextMark &mark : marks) {
        // Of folded code, no more than is shown.
        const qsizetype end = std::min(mark.start + mark.length, m_shown.text.size()) + offset;
        qsizetype at = mark.start + offset;
        while (at < end) {
            const QTextBlock block = m_document->findBlock(int(at));
            const qsizetype inBlock = at - block.position();
            // An indentation is no word.
            if (mark.start + offset < at && block.text().first(inBlock).trimmed().isEmpty()
                && m_document->characterAt(int(at)).isSpace()) {
                ++at;
                continue;
            }
            const QTextLine line = block.layout()->lineForTextPosition(int(inBlock));
            const qsizetype next
                = line.isValid() ? block.position() + line.textStart() + line.textLength() : end;
            if (line.isValid()) {
                const QRectF of = m_document->documentLayout()->blockBoundingRect(block);
                const qreal left = line.cursorToX(int(inBlock));
                const qreal right = line.cursorToX(int(std::min(end, next) - block.position()));
                marked.append(
                    {.rect = QRectF(of.x() + left, of.y() + line.y(), right - left, line.height()),
                        .added = mark.added,
                        .wrong = mark.wrong});
            }
            at = std::max(next, at + 1);
        }
    }
    return marked;
}

void BlockDocument::updatePolish()
{
    if (m_document && m_content == Content::Block) {
        m_decorations = DocumentBuilder::decorations(*m_document, m_shown, m_shownStyle);
        m_marked = markedRects();
        update();
        if (m_row && m_row->isTail()) {
            m_endPoint = rectangleAt(m_shown.text.size()).bottomRight();
            Q_EMIT endPointChanged();
        }
    }
}

QSGNode *BlockDocument::updatePaintNode(QSGNode *old, UpdatePaintNodeData *)
{
    delete old;
    if (m_decorations.isEmpty() && m_marked.isEmpty()) {
        return nullptr;
    }
    auto *root = new QSGNode;
    const auto add = [&](const QRectF &rect, const QColor &color) {
        QSGRectangleNode *node = window()->createRectangleNode();
        node->setRect(rect);
        node->setColor(color);
        node->setFlag(QSGNode::OwnedByParent);
        root->appendChildNode(node);
    };
    for (const Decoration &decoration : std::as_const(m_decorations)) {
        const QRectF rect = decoration.rect.toAlignedRect();
        switch (decoration.kind) {
        case Decoration::Kind::InlineCode:
            // Corners of the smallest radius there is: a node has none, and three are cheap.
            add(rect.adjusted(1, 0, -1, 0), m_sunken);
            add(QRectF(rect.left(), rect.top() + 1, 1, rect.height() - 2), m_sunken);
            add(QRectF(rect.right() - 1, rect.top() + 1, 1, rect.height() - 2), m_sunken);
            break;
        case Decoration::Kind::CodeLine:
        case Decoration::Kind::TableHead:
            add(rect, m_sunken);
            break;
        case Decoration::Kind::QuoteBar:
            add(rect, m_bar);
            break;
        case Decoration::Kind::TableLine:
        case Decoration::Kind::Rule:
            add(QRectF(rect.left(), std::round(decoration.rect.top()), rect.width(), 1), m_line);
            break;
        }
    }
    for (const Marked &marked : std::as_const(m_marked)) {
        const QRectF rect = marked.rect.adjusted(-1, 1, 1, -1).toAlignedRect();
        if (marked.wrong) {
            add(rect, m_removed);
            for (int x = qRound(rect.left()); x < qRound(rect.right()); x += 4) {
                add(QRectF(x, rect.bottom() - 2, std::min(2.0, rect.right() - x), 2),
                    m_removedLine);
            }
            continue;
        }
        add(rect, marked.added ? m_added : m_removed);
        // What came is underlined, what went is struck, for those who do not see the colours.
        const qreal y = marked.added ? rect.bottom() - 1 : std::round(rect.center().y());
        add(QRectF(rect.left(), y, rect.width(), 1), marked.added ? m_addedLine : m_removedLine);
    }
    return root;
}

} // namespace Lorikeet
