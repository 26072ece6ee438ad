// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/toolmock.h"

#include "base/invalidrequest.h"
#include "schema/partialjson.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString contentOf(const JsonNode &result)
{
    return result.is(JsonNode::Kind::String) ? result.text : compactJson(result);
}

ToolReply replyOf(const JsonNode &result, bool isError)
{
    ToolReply reply{.content = contentOf(result), .record = {}};
    reply.record.by = ToolReply::By::Mock;
    reply.record.isError = isError;
    return reply;
}

bool fits(const JsonNode &wanted, const JsonNode &given)
{
    for (qsizetype i = 0; i < wanted.keys.size(); ++i) {
        const JsonNode *member = given.find(QStringView(wanted.keys[i]));
        if (!member || !sameJson(*member, wanted.items[size_t(i)])) {
            return false;
        }
    }
    return true;
}

} // namespace

Result<std::shared_ptr<ToolMock>> ToolMock::from(const QByteArray &utf8, const QList<Tool> &tools)
{
    const Result<JsonNode> root = parseJson(utf8);
    if (!root) {
        return invalidRequest(u"The mock is no JSON. "_s + root.error().message);
    }
    auto mock = std::make_shared<ToolMock>();
    if (root->is(JsonNode::Kind::Object)) {
        for (qsizetype i = 0; i < root->keys.size(); ++i) {
            mock->m_rules.append({.name = root->keys[i],
                .arguments = {},
                .reply = replyOf(root->items[size_t(i)], false)});
        }
    } else if (root->is(JsonNode::Kind::Array)) {
        for (const JsonNode &item : root->items) {
            const Result<Rule> rule = ruleFrom(item, mock->m_rules.size() + 1);
            if (!rule) {
                return Failure(rule.error());
            }
            mock->m_rules.append(*rule);
        }
    } else {
        return invalidRequest(u"The mock must be an object with a result for each tool, or a list "
                              "of rules."_s);
    }
    for (const Rule &rule : std::as_const(mock->m_rules)) {
        if (!findTool(tools, rule.name)) {
            return invalidRequest(
                u"The mock has an answer of “%1”, which is none of the tools."_s.arg(rule.name));
        }
    }
    return mock;
}

Result<ToolMock::Rule> ToolMock::ruleFrom(const JsonNode &item, qsizetype number)
{
    const QString where = u"Rule %1 of the mock"_s.arg(number);
    const JsonNode *name = item.find("name"_L1);
    if (!name || !name->is(JsonNode::Kind::String)) {
        return invalidRequest(u"%1 has no name of a tool."_s.arg(where));
    }
    for (const QString &key : item.keys) {
        if (key != "name"_L1 && key != "arguments"_L1 && key != "result"_L1 && key != "error"_L1) {
            return invalidRequest(u"%1 has a member “%2”: it may have name, arguments, result and "
                                  "error."_s.arg(where, key));
        }
    }
    const JsonNode *result = item.find("result"_L1);
    if (!result) {
        return invalidRequest(u"%1 has no result."_s.arg(where));
    }
    const JsonNode *arguments = item.find("arguments"_L1);
    if (arguments && !arguments->is(JsonNode::Kind::Object)) {
        return invalidRequest(u"%1: its arguments must be an object."_s.arg(where));
    }
    const JsonNode *error = item.find("error"_L1);
    if (error && !error->is(JsonNode::Kind::Boolean)) {
        return invalidRequest(u"%1: error must be true or false."_s.arg(where));
    }
    return Rule{.name = name->text,
        .arguments = arguments ? *arguments : JsonNode(),
        .reply = replyOf(*result, error && error->boolean)};
}

std::optional<QFuture<Result<ToolReply>>> ToolMock::answer(const ToolQuestion &question)
{
    for (const Rule &rule : std::as_const(m_rules)) {
        if (rule.name == question.call.name && fits(rule.arguments, question.arguments)) {
            return QtFuture::makeReadyValueFuture(Result<ToolReply>(rule.reply));
        }
    }
    return std::nullopt;
}

bool ToolMock::answersAny(const QString &tool) const
{
    return std::ranges::any_of(m_rules, [&tool](const Rule &rule) { return rule.name == tool; });
}

} // namespace Lorikeet
