// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "structured/schemacheck.h"

#include "schema/jsonplaces.h"
#include "schema/partialjson.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Lorikeet {

SchemaFinding checkSchema(const QString &text, const Endpoint &endpoint,
    const ParameterSet &parameters, const StructuredOptions &options)
{
    SchemaFinding finding;
    PartialJson parser;
    parser.append(text);
    parser.finish();
    if (const std::optional<JsonFault> &fault = parser.fault()) {
        finding.problem = QCoreApplication::translate("SchemaCheck", "This is no JSON: %1.")
                              .arg(fault->message);
        finding.line = fault->line;
        finding.place = fault->offset;
        return finding;
    }
    const Result<JsonSchema> schema = JsonSchema::from(*parser.root());
    if (!schema) {
        finding.problem = schema.error().message;
        if (const QString &pointer = schema.error().param; pointer.startsWith(u'#')) {
            if (const auto place = placeOf(text, QStringView(pointer).sliced(1))) {
                finding.place = place->keyEnd > 0 ? place->keyBegin : place->begin;
                finding.line = int(QStringView(text).first(finding.place).count(u'\n')) + 1;
            }
        }
        return finding;
    }
    finding.draft = toWord(schema->draft());
    if (endpoint.provider.isEmpty()) {
        return finding;
    }
    const Target target{.endpoint = endpoint};
    const Result<CarriedSchema> carried
        = carrySchema(target, {.parameters = parameters}, *schema, options.carrying);
    if (!carried) {
        finding.problem = carried.error().message;
    } else if (const auto problem = problemOf(target, options)) {
        finding.problem = *problem;
    } else {
        finding.notes = carried->notes;
    }
    return finding;
}

} // namespace Lorikeet
