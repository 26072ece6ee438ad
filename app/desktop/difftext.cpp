// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "difftext.h"

#include <QTextCursor>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet {

void DiffText::setDocument(QQuickTextDocument *document)
{
    m_document = document;
    fill();
}

void DiffText::setPieces(const QList<DiffPiece> &pieces)
{
    if (m_pieces != pieces) {
        m_pieces = pieces;
        fill();
    }
}

void DiffText::recolour(QColor &part, const QColor &color)
{
    if (part != color) {
        part = color;
        fill();
    }
}

void DiffText::fill()
{
    QTextDocument *document = m_document ? m_document->textDocument() : nullptr;
    if (!document) {
        return;
    }
    document->setUndoRedoEnabled(false);
    QTextCursor cursor(document);
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.removeSelectedText();
    int before = DiffPiece::Gap;
    for (const DiffPiece &piece : std::as_const(m_pieces)) {
        QTextCharFormat format;
        format.setForeground(m_text);
        // Words that come in the place of others do not touch them.
        if (before == DiffPiece::Removed && piece.kind == DiffPiece::Added) {
            cursor.insertText(u" "_s, format);
        }
        before = piece.kind;
        switch (piece.kind) {
        case DiffPiece::Added:
            format.setBackground(m_added);
            format.setFontUnderline(true);
            break;
        case DiffPiece::Removed:
            format.setBackground(m_removed);
            format.setFontStrikeOut(true);
            break;
        case DiffPiece::Gap:
            format.setForeground(m_muted);
            cursor.insertText(cursor.atStart() ? u"… "_s : u" …\n\n… "_s, format);
            continue;
        default:
            break;
        }
        cursor.insertText(piece.text, format);
    }
    cursor.endEditBlock();
}

} // namespace Lorikeet
