// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "textdifference.h"

#include <QColor>
#include <QObject>
#include <QPointer>
#include <QQuickTextDocument>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// Fills the document of a TextEdit with pieces of a difference: what came underlined, what went
/// struck, both on grounds of their own.
class DiffText : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQuickTextDocument *document MEMBER m_document WRITE setDocument FINAL)
    Q_PROPERTY(QList<Lorikeet::DiffPiece> pieces MEMBER m_pieces WRITE setPieces FINAL)
    Q_PROPERTY(QColor added MEMBER m_added WRITE setAdded FINAL)
    Q_PROPERTY(QColor removed MEMBER m_removed WRITE setRemoved FINAL)
    /// Of the signs for what is left out.
    Q_PROPERTY(QColor muted MEMBER m_muted WRITE setMuted FINAL)
    Q_PROPERTY(QColor text MEMBER m_text WRITE setText FINAL)

public:
    using QObject::QObject;

    void setDocument(QQuickTextDocument *document);
    void setPieces(const QList<DiffPiece> &pieces);

    void setAdded(const QColor &color) { recolour(m_added, color); }

    void setRemoved(const QColor &color) { recolour(m_removed, color); }

    void setMuted(const QColor &color) { recolour(m_muted, color); }

    void setText(const QColor &color) { recolour(m_text, color); }

private:
    void recolour(QColor &part, const QColor &color);
    void fill();

    QPointer<QQuickTextDocument> m_document;
    QList<DiffPiece> m_pieces;
    QColor m_added;
    QColor m_removed;
    QColor m_muted;
    QColor m_text;
};

} // namespace Lorikeet
