// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "timeline/documentbuilder.h"
#include "timeline/timelinerow.h"

#include <QQuickItem>
#include <QtQml/qqmlregistration.h>

class QTextDocument;

namespace Lorikeet {

class CodeHighlighter;

/// Fills a TextEdit with what a row shows, keeps it up to date with the least possible change, and
/// paints what belongs behind the text (grounds of inline code, bars of quotes, lines of tables).
/// Lies behind the TextEdit, with the same geometry.
class BlockDocument : public QQuickItem
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Lorikeet::TimelineRow *row READ row WRITE setRow REQUIRED FINAL)
    Q_PROPERTY(QQuickItem *edit READ edit WRITE setEdit REQUIRED FINAL)
    Q_PROPERTY(Content content MEMBER m_content FINAL)
    /// Text in the secondary colour (a reasoning).
    Q_PROPERTY(bool muted MEMBER m_muted FINAL)
    /// Text as code is written (what a command says).
    Q_PROPERTY(bool mono MEMBER m_mono FINAL)
    Q_PROPERTY(QColor sunken MEMBER m_sunken WRITE setSunken FINAL)
    Q_PROPERTY(QColor line MEMBER m_line WRITE setLine FINAL)
    Q_PROPERTY(QColor bar MEMBER m_bar WRITE setBar FINAL)
    /// Grounds and lines of words that differ from another text.
    Q_PROPERTY(QColor added MEMBER m_added FINAL)
    Q_PROPERTY(QColor addedLine MEMBER m_addedLine FINAL)
    Q_PROPERTY(QColor removed MEMBER m_removed FINAL)
    Q_PROPERTY(QColor removedLine MEMBER m_removedLine FINAL)
    /// Height of the text, rounded up: what the row's height is made of.
    Q_PROPERTY(qreal textHeight READ textHeight NOTIFY textSizeChanged FINAL)
    Q_PROPERTY(qreal textWidth READ textWidth NOTIFY textSizeChanged FINAL)
    /// Bottom right of the last character.
    Q_PROPERTY(QPointF endPoint READ endPoint NOTIFY endPointChanged FINAL)

public:
    enum class Content {
        Block,
        Text, ///< a prompt, a reasoning or the like, as it was typed
        Metrics,
    };
    Q_ENUM(Content)

    explicit BlockDocument(QQuickItem *parent = nullptr);

    [[nodiscard]] TimelineRow *row() const { return m_row; }

    [[nodiscard]] QQuickItem *edit() const { return m_edit; }

    void setRow(TimelineRow *row);
    void setEdit(QQuickItem *edit);
    void setSunken(const QColor &color);
    void setLine(const QColor &color);
    void setBar(const QColor &color);

    [[nodiscard]] qreal textHeight() const { return m_textSize.height(); }

    [[nodiscard]] qreal textWidth() const { return m_textSize.width(); }

    [[nodiscard]] QPointF endPoint() const { return m_endPoint; }

    /// Brings the text to what the model has.
    void sync();

    /// Another row is to be shown: what there is has nothing to do with it.
    void forget();

    /// Positions are those of the row's text.
    [[nodiscard]] qsizetype positionAt(QPointF inEdit) const;
    [[nodiscard]] QRectF rectangleAt(qsizetype position) const;
    [[nodiscard]] std::pair<qsizetype, qsizetype> wordAt(qsizetype position) const;
    void select(qsizetype begin, qsizetype end);
    /// The address of the link at a point, if there is one.
    [[nodiscard]] QString linkAt(QPointF inEdit) const;
    /// Definition of the metric at a point.
    Q_INVOKABLE QString definitionAt(qreal x, qreal y) const;

Q_SIGNALS:
    void textSizeChanged();
    void endPointChanged();

protected:
    void componentComplete() override;
    void updatePolish() override;
    void geometryChange(const QRectF &now, const QRectF &before) override;
    QSGNode *updatePaintNode(QSGNode *old, UpdatePaintNodeData *data) override;

private:
    /// A mark, or its part on one line of the text.
    struct Marked
    {
        QRectF rect;
        bool added = true;
        bool wrong = false; ///< dotted below
    };

    void refill();
    void fillText(const QString &text);
    void updateBlock();
    void updateHighlighter(bool restyled);
    void updateTextSize();
    [[nodiscard]] QList<Marked> markedRects() const;
    [[nodiscard]] MarkdownBlock shownBlock() const;
    [[nodiscard]] const TextStyle &style() const;

    QPointer<TimelineRow> m_row;
    QPointer<QQuickItem> m_edit;
    QPointer<QTextDocument> m_document;
    CodeHighlighter *m_highlighter = nullptr; ///< the document's child
    Content m_content = Content::Block;
    QColor m_sunken;
    QColor m_line;
    QColor m_bar;
    QColor m_added;
    QColor m_addedLine;
    QColor m_removed;
    QColor m_removedLine;
    bool m_muted = false;
    bool m_mono = false;
    bool m_filled = false;
    QPointF m_endPoint;
    MarkdownBlock m_shown;
    QString m_shownText;
    QList<DocumentBuilder::Metric> m_metrics;
    TextStyle m_shownStyle;
    QList<DocumentBuilder::Decoration> m_decorations;
    QList<Marked> m_marked;
    QSizeF m_textSize;
};

} // namespace Lorikeet
