// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "extrabody.h"

#include <QJsonDocument>

#include <algorithm>

namespace Lorikeet {

ExtraBody::ExtraBody(QObject *parent)
    : QObject(parent)
{ }

void ExtraBody::show(const QJsonObject &object, const QString &draft)
{
    if (object == m_object && draft == this->draft()) {
        return;
    }
    take(!draft.isEmpty()      ? draft
            : object.isEmpty() ? QString()
                               : QString::fromUtf8(QJsonDocument(object).toJson()).trimmed());
    Q_EMIT changed();
}

void ExtraBody::setText(const QString &text)
{
    if (text == m_text) {
        return;
    }
    const QJsonObject formerObject = m_object;
    const QString formerDraft = draft();
    take(text);
    Q_EMIT changed();
    if (m_object != formerObject || draft() != formerDraft) {
        Q_EMIT edited();
    }
}

void ExtraBody::take(const QString &text)
{
    m_text = text;
    m_problem.clear();
    m_object = {};
    if (text.trimmed().isEmpty()) {
        return;
    }
    const QByteArray bytes = text.toUtf8();
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError) {
        const qsizetype line
            = bytes.first(std::min(qsizetype(error.offset), bytes.size())).count('\n') + 1;
        m_problem = tr("Not sent, since line %1 is no JSON: %2.")
                        .arg(QString::number(line), error.errorString());
    } else if (!document.isObject()) {
        m_problem = tr("Not sent, since it is no object: write members in braces, such as "
                       "{\"user\": \"me\"}.");
    } else {
        m_object = document.object();
    }
}

} // namespace Lorikeet

#include "moc_extrabody.cpp"
