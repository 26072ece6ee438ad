// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "extrabody.h"

#include <QJsonDocument>

#include <algorithm>
#include <utility>

namespace Lorikeet {

ExtraBody::ExtraBody(QObject *parent)
    : QObject(parent)
{ }

void ExtraBody::setObject(const QJsonObject &object)
{
    if (object == m_object) {
        return;
    }
    m_object = object;
    m_problem.clear();
    m_text = object.isEmpty() ? QString()
                              : QString::fromUtf8(QJsonDocument(object).toJson()).trimmed();
    Q_EMIT changed();
}

void ExtraBody::setText(const QString &text)
{
    if (text == m_text) {
        return;
    }
    m_text = text;
    m_problem.clear();
    QJsonObject object;
    if (!text.trimmed().isEmpty()) {
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
            object = document.object();
        }
    }
    const bool isOther = object != m_object;
    m_object = std::move(object);
    Q_EMIT changed();
    if (isOther) {
        Q_EMIT edited();
    }
}

} // namespace Lorikeet

#include "moc_extrabody.cpp"
