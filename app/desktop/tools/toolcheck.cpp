// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/toolcheck.h"

#include "schema/jsonplaces.h"
#include "schema/partialjson.h"
#include "tools/toolcarrier.h"
#include "tools/toolcommand.h"
#include "tools/toolmock.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Why a text is no JSON; nothing where it is some.
std::optional<TextProblem> jsonProblem(const QString &text)
{
    PartialJson parser;
    parser.append(text);
    parser.finish();
    const std::optional<JsonFault> &fault = parser.fault();
    return fault ? std::optional(TextProblem{
                       .sentence = QCoreApplication::translate("ToolCheck", "This is no JSON: %1.")
                           .arg(fault->message),
                       .line = fault->line,
                       .place = fault->offset,
                       .pointer = {}})
                 : std::nullopt;
}

TextProblem problemIn(const QString &text, const ApiError &error)
{
    TextProblem problem{.sentence = error.message, .pointer = {}};
    if (!error.param.startsWith(u'#')) {
        return problem;
    }
    problem.pointer = error.param.sliced(1);
    // What is missing is shown at what it is missing in.
    QStringView pointer(problem.pointer);
    auto place = placeOf(text, pointer);
    while (!place && !pointer.isEmpty()) {
        pointer = pointer.first(pointer.lastIndexOf(u'/'));
        place = placeOf(text, pointer);
    }
    if (place) {
        problem.place = place->keyEnd > 0 ? place->keyBegin : place->begin;
        problem.line = int(QStringView(text).first(problem.place).count(u'\n')) + 1;
    }
    return problem;
}

/// Of a text beside the tools, which need not be there.
template<typename Read>
TextProblem problemOf(const QString &text, const QList<Tool> &tools, Read read)
{
    if (text.trimmed().isEmpty()) {
        return {};
    }
    if (const auto problem = jsonProblem(text)) {
        return *problem;
    }
    const auto made = read(text.toUtf8(), tools);
    return made ? TextProblem() : problemIn(text, made.error());
}

} // namespace

ToolFinding checkTools(
    const ToolSetup &setup, const Endpoint &endpoint, const ParameterSet &parameters)
{
    ToolFinding finding;
    if (const auto problem = jsonProblem(setup.tools)) {
        finding.tools = *problem;
        return finding;
    }
    const Result<QList<Tool>> tools = toolsFrom(setup.tools.toUtf8());
    if (!tools) {
        const QList<ApiError> faults = toolFaults(setup.tools.toUtf8());
        for (const ApiError &fault : faults) {
            finding.toolFaults.append(problemIn(setup.tools, fault));
        }
        finding.tools = finding.toolFaults.constFirst();
        return finding;
    }
    for (const Tool &tool : *tools) {
        finding.names.append(tool.name);
    }
    finding.mock = problemOf(setup.mock, *tools, &ToolMock::from);
    finding.commands = problemOf(setup.commands, *tools, &toolCommandsFrom);
    if (endpoint.provider.isEmpty()) {
        return finding;
    }
    const Result<CarriedTools> carried
        = carryTools({.endpoint = endpoint}, {.parameters = parameters}, *tools);
    if (carried) {
        finding.notes = carried->notes;
    } else {
        finding.refusal = carried.error().message;
    }
    return finding;
}

} // namespace Lorikeet
