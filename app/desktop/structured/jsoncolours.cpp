// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "structured/jsoncolours.h"

#include "timeline/codehighlighter.h"

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Repository>

using namespace Qt::StringLiterals;

namespace Lorikeet {

void JsonColours::setDocument(QQuickTextDocument *document)
{
    if (m_document != document) {
        delete m_highlighter;
        m_document = document;
        paint();
        Q_EMIT changed();
    }
}

void JsonColours::setColours(const QList<QColor> &colours)
{
    if (m_colours != colours) {
        m_colours = colours;
        paint();
        Q_EMIT changed();
    }
}

void JsonColours::paint()
{
    constexpr qsizetype count = 6;
    if (!m_document || m_colours.size() != count) {
        return;
    }
    TextStyle style;
    style.codeKeyword = m_colours[0];
    style.codeString = m_colours[1];
    style.codeNumber = m_colours[2];
    style.codeComment = m_colours[3];
    style.codeFunction = m_colours[4];
    style.codeType = m_colours[5];
    if (m_highlighter) {
        m_highlighter->setStyle(style);
        return;
    }
    // Read once, on first use.
    static KSyntaxHighlighting::Repository repository;
    m_highlighter = new CodeHighlighter(m_document->textDocument(), style);
    m_highlighter->setDefinition(CodeHighlighter::definitionFor(repository, u"json"_s));
}

} // namespace Lorikeet
