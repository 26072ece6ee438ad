// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "timeline/textstyle.h"

#include <QObject>
#include <QPointer>
#include <QQuickTextDocument>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

class CodeHighlighter;

/// Colours the JSON that is typed into a text field.
class JsonColours : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQuickTextDocument *document READ document WRITE setDocument NOTIFY changed FINAL)
    /// keyword, string, number, comment, function, type.
    Q_PROPERTY(QList<QColor> colours READ colours WRITE setColours NOTIFY changed FINAL)

public:
    using QObject::QObject;

    [[nodiscard]] QQuickTextDocument *document() const { return m_document; }

    void setDocument(QQuickTextDocument *document);

    [[nodiscard]] QList<QColor> colours() const { return m_colours; }

    void setColours(const QList<QColor> &colours);

Q_SIGNALS:
    void changed();

private:
    void paint();

    QPointer<QQuickTextDocument> m_document;
    QPointer<CodeHighlighter> m_highlighter; ///< the document's
    QList<QColor> m_colours;
};

} // namespace Lorikeet
