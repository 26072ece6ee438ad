// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "grid/gridrecord.h"

#include "grid/gridtable.h"
#include "ids.h"
#include "store/storejson.h"
#include "templates/templatefile.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet {

Result<QList<QJsonObject>> tableOf(const GridRecord &record)
{
    const QString name = record.sourceName.isEmpty()
        ? QCoreApplication::translate("GridRecord", "The table")
        : record.sourceName;
    // What is pasted has no ending to tell by.
    const bool isCsv = record.sourceName.isEmpty() && !record.source.trimmed().startsWith(u'{');
    return tableFromFile(record.source.toUtf8(), isCsv ? name + u".csv"_s : name);
}

QByteArray gridRecordToJson(const GridRecord &record)
{
    QJsonArray lanes;
    for (const GridRecordLane &lane : record.lanes) {
        const QJsonObject setup
            = QJsonDocument::fromJson(toStoredJson(lane.setup).toUtf8()).object();
        lanes.append(QJsonObject{{u"name"_s, lane.name}, {u"setup"_s, setup}});
    }
    QJsonObject schemas;
    for (const auto &[name, text] : record.schemas.asKeyValueRange()) {
        schemas.insert(name, text);
    }
    QJsonObject object{{u"id"_s, toText(record.id)},
        {u"created"_s, record.created.toString(Qt::ISODateWithMs)},
        {u"source_name"_s, record.sourceName}, {u"source"_s, record.source}, {u"lanes"_s, lanes},
        {u"samples"_s, record.samples}, {u"concurrency"_s, record.concurrency},
        {u"assertions"_s, QJsonArray::fromStringList(record.assertions)}, {u"schemas"_s, schemas}};
    if (record.isCheckedAnew) {
        object.insert(u"checked_anew"_s, true);
    }
    if (record.prompt) {
        object.insert(u"template"_s, templateToJson(*record.prompt));
    }
    if (record.promptVersion) {
        object.insert(u"template_version"_s, *record.promptVersion);
    }
    if (record.seed) {
        object.insert(u"seed"_s, *record.seed);
    }
    return QJsonDocument(object).toJson();
}

Result<GridRecord> gridRecordFromJson(const QByteArray &json, const QString &fileName)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    GridRecord record{.id = QUuid::fromString(object[u"id"_s].toString()),
        .created = QDateTime::fromString(object[u"created"_s].toString(), Qt::ISODateWithMs),
        .sourceName = object[u"source_name"_s].toString(),
        .source = object[u"source"_s].toString(),
        .samples = object[u"samples"_s].toInt(1),
        .concurrency = object[u"concurrency"_s].toInt(4),
        .isCheckedAnew = object[u"checked_anew"_s].toBool()};
    const QJsonArray lanes = object[u"lanes"_s].toArray();
    for (const QJsonValue &lane : lanes) {
        const QByteArray setup = QJsonDocument(lane[u"setup"_s].toObject()).toJson();
        record.lanes.append({.name = lane[u"name"_s].toString(),
            .setup = setupFromStoredJson(QString::fromUtf8(setup))});
    }
    if (record.id.isNull() || record.lanes.isEmpty() || record.samples < 1) {
        return fail(ApiError::Kind::Storage, u"%1 is no grid of Lorikeet's."_s.arg(fileName));
    }
    if (object.contains("template"_L1)) {
        const Result<PromptTemplate> prompt
            = templateFromJson(object[u"template"_s].toObject(), fileName);
        if (!prompt) {
            return Failure(prompt.error());
        }
        record.prompt = *prompt;
    }
    if (object.contains("template_version"_L1)) {
        record.promptVersion = object[u"template_version"_s].toInt();
    }
    if (object.contains("seed"_L1)) {
        record.seed = object[u"seed"_s].toInteger();
    }
    for (const QJsonValue &spec : object[u"assertions"_s].toArray()) {
        record.assertions.append(spec.toString());
    }
    const QJsonObject schemas = object[u"schemas"_s].toObject();
    for (auto it = schemas.begin(); it != schemas.end(); ++it) {
        record.schemas.insert(it.key(), it.value().toString());
    }
    return record;
}

} // namespace Lorikeet
