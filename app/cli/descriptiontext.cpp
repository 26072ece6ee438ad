// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "descriptiontext.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

void putText(QJsonObject &object, const QString &name, const QString &text)
{
    if (!text.isEmpty()) {
        object.insert(name, text);
    }
}

template<typename T>
void put(QJsonObject &object, const QString &name, const std::optional<T> &number)
{
    if (number) {
        object.insert(name, *number);
    }
}

QJsonObject toJson(const ModelInfo &model)
{
    QJsonObject object{{u"id"_s, model.id}};
    putText(object, u"name"_s, model.name);
    putText(object, u"owned_by"_s, model.ownedBy);
    put(object, u"context_length"_s, model.contextLength);
    return object;
}

QJsonObject toJson(const AdapterInfo &adapter)
{
    QJsonObject object{{u"id"_s, adapter.id}};
    putText(object, u"name"_s, adapter.name);
    putText(object, u"base"_s, adapter.base);
    putText(object, u"path"_s, adapter.path);
    put(object, u"scale"_s, adapter.scale);
    return object;
}

QJsonObject toJson(const CapabilityFinding &finding)
{
    QJsonObject object{{u"state"_s, toWord(finding.state)}, {u"ground"_s, toWord(finding.ground)}};
    putText(object, u"reason"_s, finding.reason);
    return object;
}

} // namespace

QJsonObject toJson(const EndpointDescription &description)
{
    QJsonArray models;
    for (const ModelInfo &model : description.models) {
        models.append(toJson(model));
    }
    QJsonArray adapters;
    for (const AdapterInfo &adapter : description.adapters) {
        adapters.append(toJson(adapter));
    }
    QJsonObject object{{u"models"_s, models}, {u"adapters"_s, adapters},
        {u"adapter_style"_s, toWord(description.adapterStyle)},
        {u"notes"_s, QJsonArray::fromStringList(description.notes)}};
    if (!description.capabilities.isEmpty()) {
        QJsonObject capabilities;
        for (const CapabilityFinding &finding : description.capabilities) {
            capabilities.insert(toWord(finding.capability), toJson(finding));
        }
        object.insert(u"capabilities"_s, capabilities);
        QJsonArray access;
        for (const RouteAccess &route : description.access) {
            access.append(QJsonObject{{u"route"_s, route.route},
                {u"access"_s, toWord(route.access)}, {u"reason"_s, route.reason}});
        }
        object.insert(u"access"_s, access);
    }
    putText(object, u"server"_s, description.server);
    putText(object, u"version"_s, description.version);
    put(object, u"context_length"_s, description.contextLength);
    if (description.latency) {
        object.insert(u"latency_ns"_s, qint64(description.latency->count()));
    }
    return object;
}

QString table(const QString &heading, const QList<std::pair<QString, QString>> &rows)
{
    qsizetype width = 0;
    for (const auto &[first, second] : rows) {
        width = std::max(width, first.size());
    }
    QString text = heading + u'\n';
    for (const auto &[first, second] : rows) {
        text += second.isEmpty() ? u"  %1\n"_s.arg(first)
                                 : u"  %1  %2\n"_s.arg(first.leftJustified(width), second);
    }
    return text;
}

QString serverText(const EndpointDescription &description)
{
    return QStringList{description.server, description.version}.join(u' ').trimmed();
}

QString servedText(const EndpointDescription &description)
{
    QString text;
    const QString server = serverText(description);
    if (!server.isEmpty()) {
        text += server + u'\n';
    }
    QList<std::pair<QString, QString>> models;
    for (const ModelInfo &model : description.models) {
        const std::optional<qint64> context
            = model.contextLength ? model.contextLength : description.contextLength;
        models.append({model.id, context ? u"%1 tokens of context"_s.arg(*context) : QString()});
    }
    text += models.isEmpty() ? u"No models are listed.\n"_s : table(u"Models:"_s, models);
    QList<std::pair<QString, QString>> adapters;
    for (const AdapterInfo &adapter : description.adapters) {
        QStringList details{adapter.name == adapter.id ? QString() : adapter.name,
            adapter.base.isEmpty() ? QString() : u"on "_s + adapter.base,
            adapter.scale ? u"scale %1"_s.arg(*adapter.scale) : QString()};
        details.removeAll(QString());
        adapters.append({adapter.id, details.join(u", "_s)});
    }
    if (!adapters.isEmpty()) {
        text += table(u"Adapters:"_s, adapters);
    }
    return text;
}

} // namespace Lorikeet
