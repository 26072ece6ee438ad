// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schemaoptions.h"

#include "base/invalidrequest.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Lorikeet {

QList<OptionHelp> schemaOptions()
{
    return {
        {{u"schema"_s}, u"FILE"_s, u"The JSON Schema."_s},
        {{u"draft"_s}, u"DRAFT"_s,
            u"Which draft the schema keeps to: %1. Default: what its $schema says; where it says "
            "nothing draft7 if it has definitions and no $defs, else draft2020-12."_s.arg(
                draftWords().join(u", "_s))},
        {{u"document"_s}, u"URI=FILE"_s,
            u"Another schema, to which the first refers by this URI. Nothing is fetched. May be "
            "given more than once."_s},
    };
}

OptionHelp embeddedOption()
{
    return {{u"embedded"_s}, {},
        u"Takes JSON out of a code fence or the words around it, too. Default: these are faults."_s};
}

Result<QByteArray> contentsOf(const QString &name)
{
    QFile file(name);
    const bool isOpen
        = name == "-"_L1 ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen) {
        return invalidRequest(u"%1 cannot be read: %2."_s.arg(name, file.errorString()));
    }
    return file.readAll();
}

Result<JsonSchema> schemaFrom(const CommandLine &line)
{
    const QString name = line.value(u"schema"_s);
    if (name.isEmpty()) {
        return invalidRequest(u"There is no schema: name its file by --schema."_s);
    }
    JsonSchema::Options options;
    if (line.has(u"draft"_s)) {
        options.draft = draftFromWord(line.value(u"draft"_s));
        if (!options.draft) {
            return invalidRequest(u"--draft takes %1, not “%2”."_s.arg(
                draftWords().join(u", "_s), line.value(u"draft"_s)));
        }
    }
    for (const QString &text : line.values(u"document"_s)) {
        const auto pair = splitPair(text, u'=');
        const Result<QByteArray> bytes = pair
            ? contentsOf(pair->second)
            : Result<QByteArray>(
                  invalidRequest(u"--document takes URI=FILE, not “%1”."_s.arg(text)));
        if (!bytes) {
            return Failure(bytes.error());
        }
        const Result<JsonNode> node = parseJson(*bytes);
        if (!node) {
            return invalidRequest(u"%1 is no JSON. %2"_s.arg(pair->second, node.error().message));
        }
        options.documents.insert(pair->first, *node);
    }
    const Result<QByteArray> schema = contentsOf(name);
    return schema ? JsonSchema::from(*schema, options)
                  : Result<JsonSchema>(Failure(schema.error()));
}

QString toLines(const QList<SchemaViolation> &violations, bool hasMore)
{
    QString lines;
    for (const SchemaViolation &violation : violations) {
        lines += u"%1  (%2)\n"_s.arg(toText(violation).simplified(), violation.schemaPath);
    }
    return hasMore ? lines + u"… and more\n"_s : lines;
}

QJsonArray toJson(const QList<SchemaViolation> &violations)
{
    QJsonArray array;
    for (const SchemaViolation &violation : violations) {
        array.append(QJsonObject{{u"keyword"_s, violation.keyword},
            {u"instance_path"_s, violation.instancePath}, {u"schema_path"_s, violation.schemaPath},
            {u"message"_s, violation.message}});
    }
    return array;
}

} // namespace Lorikeet
