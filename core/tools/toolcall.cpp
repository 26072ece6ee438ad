// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/toolcall.h"

#include "providers/wireparts.h"
#include "schema/partialjson.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr qsizetype mostQuoted = 500; ///< of arguments that cannot be read
constexpr qsizetype mostTold = 20; ///< violations

JsonNode emptyObject()
{
    JsonNode node;
    node.kind = JsonNode::Kind::Object;
    return node;
}

} // namespace

QString toWord(ToolRecord::By by)
{
    switch (by) {
    case ToolRecord::By::Check:
        return u"check"_s;
    case ToolRecord::By::Hand:
        return u"hand"_s;
    case ToolRecord::By::Mock:
        return u"mock"_s;
    case ToolRecord::By::Command:
        return u"command"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

ToolReply refusal(ToolReply::By by, const QString &content)
{
    ToolReply reply{.content = content, .record = {}};
    reply.record.by = by;
    reply.record.isError = true;
    return reply;
}

Result<ToolQuestion> checkCall(
    const ToolCall &call, const QList<Tool> &tools, const std::function<bool()> &isStopped)
{
    ToolQuestion question{
        .call = call, .arguments = emptyObject(), .violations = {}, .problem = {}};
    // A function without parameters is often called with nothing at all.
    const bool isEmpty = call.arguments.trimmed().isEmpty();
    const Result<JsonNode> read
        = isEmpty ? Result<JsonNode>(emptyObject()) : parseJson(QStringView(call.arguments));
    const QString quoted = call.arguments.size() > mostQuoted
        ? call.arguments.left(mostQuoted) + u'…'
        : call.arguments;
    if (read && read->is(JsonNode::Kind::Object)) {
        question.arguments = *read;
    }
    const Tool *tool = findTool(tools, call.name);
    if (!tool) {
        QStringList names;
        for (const Tool &known : tools) {
            names.append(known.name);
        }
        question.problem = u"There is no tool “%1”: there is %2."_s.arg(
            call.name.left(mostQuoted), names.join(u", "_s));
        return question;
    }
    if (!read) {
        question.problem = u"The arguments of %1 are no JSON. %2 They were: %3"_s.arg(
            call.name, read.error().message, quoted);
        return question;
    }
    if (!read->is(JsonNode::Kind::Object)) {
        question.problem
            = u"The arguments of %1 must be a JSON object. They were: %2"_s.arg(call.name, quoted);
        return question;
    }
    const Result<SchemaReport> report = tool->parameters.check(*read, {}, isStopped);
    if (!report) {
        return Failure(report.error());
    }
    question.violations = report->violations;
    if (!question.violations.isEmpty()) {
        question.problem = u"The arguments of %1 do not keep to its schema:"_s.arg(call.name);
        for (const SchemaViolation &violation :
            question.violations.first(std::min(mostTold, question.violations.size()))) {
            question.problem += u"\n- "_s + toText(violation);
        }
    }
    return question;
}

QList<ToolCall> withIds(const QList<ToolCall> &calls, int first)
{
    QList<ToolCall> fitted;
    for (ToolCall call : calls) {
        const auto isSame = [&call](const ToolCall &other) { return other.id == call.id; };
        if (call.id.isEmpty() || std::ranges::any_of(fitted, isSame)) {
            call.id = ownToolCallId(first + int(fitted.size()));
        }
        fitted.append(call);
    }
    return fitted;
}

} // namespace Lorikeet
