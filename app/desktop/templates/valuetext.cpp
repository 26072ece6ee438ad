// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/valuetext.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString asJson(const QJsonValue &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.sliced(1, list.size() - 2));
}

} // namespace

QString valueToText(const QJsonValue &value)
{
    if (!value.isString()) {
        return asJson(value);
    }
    const QString text = value.toString();
    return !text.isEmpty() && valueFromJsonText(text) == value ? text : asJson(value);
}

QJsonValue valueFromJsonText(const QString &text)
{
    const QJsonDocument list = QJsonDocument::fromJson(u"[%1]"_s.arg(text).toUtf8());
    return list.isArray() && list.array().size() == 1 ? list.array().at(0) : QJsonValue(text);
}

} // namespace Lorikeet
