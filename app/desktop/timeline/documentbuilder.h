// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "text/markdownblock.h"
#include "timeline/textstyle.h"

#include <QList>
#include <QRectF>

class QTextDocument;

namespace Lorikeet {

/// Ready blocks to documents: the same code fills what is shown and, in another thread, what is
/// measured. A document's characters are the block's text, one to one (in a table after one more
/// character at the start), so that positions in it are positions in the block.
namespace DocumentBuilder {

/// Settings that TextEdit makes in its own document, for one that has no TextEdit.
void prepare(QTextDocument &document, const TextStyle &style, bool wraps);

/// Fills the document anew.
void fill(QTextDocument &document, const MarkdownBlock &block, const TextStyle &style);

/// Brings a document that shows `before` to `now`, touching as little as possible at its end.
void update(QTextDocument &document, const MarkdownBlock &before, const MarkdownBlock &now,
    const TextStyle &style);

/// Text as it was typed (a prompt, a reasoning), in the prose font; or code in the code font.
void fillPlain(QTextDocument &document, const QString &text, const TextStyle &style, bool code);
void appendPlain(QTextDocument &document, QStringView text);

/// "TTFT 182 ms   speed 61 tok/s": labels and values of a metrics line.
struct Metric
{
    QString label;
    QString value;
    QString definition; ///< for the tooltip
    enum class Tone { Normal, Good, Warning, Danger } tone = Tone::Normal;
    friend bool operator==(const Metric &, const Metric &) = default;
};

void fillMetrics(QTextDocument &document, const QList<Metric> &metrics, const TextStyle &style);

/// What is painted behind the text.
struct Decoration
{
    enum class Kind { InlineCode, CodeLine, QuoteBar, TableHead, TableLine, Rule } kind;
    QRectF rect;
};

[[nodiscard]] QList<Decoration> decorations(
    const QTextDocument &document, const MarkdownBlock &block, const TextStyle &style);

/// Columns are as wide as their text, up to a limit from where on it wraps.
void fillTable(QTextDocument &document, const MarkdownBlock &block, const TextStyle &style);
[[nodiscard]] qreal tableWidth(const QTextDocument &document);
[[nodiscard]] qsizetype documentOffset(const MarkdownBlock &block);

} // namespace DocumentBuilder

} // namespace Lorikeet
