// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/toolset.h"

#include "base/invalidrequest.h"
#include "schema/partialjson.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// What all dialects take; some take more.
constexpr qsizetype longestName = 64;

constexpr std::array functionMembers{
    "type"_L1, "name"_L1, "description"_L1, "parameters"_L1, "input_schema"_L1, "strict"_L1};

bool isName(const QString &text)
{
    return !text.isEmpty() && text.size() <= longestName && std::ranges::all_of(text, [](QChar c) {
        return c.unicode() < 128 && (c.isLetterOrNumber() || c == u'_' || c == u'-');
    });
}

/// A member that is a text where it is there; fails where it is something else.
Result<QString> textOf(const JsonNode &object, QLatin1StringView key, const QString &where)
{
    const JsonNode *member = object.find(key);
    if (!member || member->is(JsonNode::Kind::Null)) {
        return QString();
    }
    return member->is(JsonNode::Kind::String)
        ? Result<QString>(member->text)
        : Result<QString>(invalidRequest(u"%1: its %2 must be a text."_s.arg(where, key)));
}

/// The function in an item of the list, whichever form that has.
Result<const JsonNode *> functionIn(const JsonNode &item, const QString &where)
{
    if (!item.is(JsonNode::Kind::Object)) {
        return invalidRequest(u"%1 is no object: a tool is one with a name."_s.arg(where));
    }
    const JsonNode *type = item.find("type"_L1);
    if (type && type->text != "function"_L1) {
        return invalidRequest(u"%1 is of the type %2: functions alone can be called here."_s.arg(
            where, compactJson(*type, 40)));
    }
    const JsonNode *function = item.find("function"_L1);
    if (!function) {
        return &item;
    }
    for (const QString &key : item.keys) {
        if (key != "type"_L1 && key != "function"_L1) {
            return invalidRequest(
                u"%1 has “%2” beside its function: it belongs into it."_s.arg(where, key));
        }
    }
    return function->is(JsonNode::Kind::Object)
        ? Result<const JsonNode *>(function)
        : Result<const JsonNode *>(
              invalidRequest(u"%1: its function must be an object."_s.arg(where)));
}

/// The schema of the arguments; of a function that names none, of an object without members.
Result<JsonSchema> parametersOf(const JsonNode &function, const QString &where)
{
    const JsonNode *given = function.find("parameters"_L1);
    given = given ? given : function.find("input_schema"_L1);
    if (!given || given->is(JsonNode::Kind::Null)) {
        return JsonSchema::from("{\"type\":\"object\",\"properties\":{}}"_ba, {});
    }
    Result<JsonSchema> schema = JsonSchema::from(*given);
    if (!schema) {
        const QString key = function.find("parameters"_L1) ? u"/parameters"_s : u"/input_schema"_s;
        QString problem = schema.error().message;
        problem[0] = problem[0].toLower();
        Failure failure = invalidRequest(u"%1, parameters: %2"_s.arg(where, problem));
        failure.value().param
            = key + schema.error().param.sliced(schema.error().param.startsWith(u'#') ? 1 : 0);
        return failure;
    }
    const JsonNode *type = given->find("type"_L1);
    if (!type || type->text != "object"_L1) {
        return invalidRequest(
            u"%1: its parameters must be the schema of an object: \"type\": \"object\"."_s.arg(
                where));
    }
    return schema;
}

Result<Tool> toolFrom(const JsonNode &item, qsizetype number)
{
    const QString place = u"Tool %1"_s.arg(number);
    const Result<const JsonNode *> found = functionIn(item, place);
    if (!found) {
        return Failure(found.error());
    }
    const JsonNode &function = **found;
    const Result<QString> name = textOf(function, "name"_L1, place);
    if (!name) {
        return Failure(name.error());
    }
    if (name->isEmpty()) {
        return invalidRequest(u"%1 has no name."_s.arg(place));
    }
    if (!isName(*name)) {
        return invalidRequest(u"%1 cannot be called “%2”: a name has letters, digits, _ and -, and "
                              "at most %3 of them."_s.arg(place, name->left(80))
                                  .arg(longestName));
    }
    const QString where = u"%1, “%2”"_s.arg(place, *name);
    for (const QString &key : function.keys) {
        if (std::ranges::find(functionMembers, key) == functionMembers.end()) {
            return invalidRequest(u"%1 has a member “%2”, which is none of a function's: these are "
                                  "name, description, parameters and strict."_s.arg(where, key));
        }
    }
    const Result<QString> description = textOf(function, "description"_L1, where);
    if (!description) {
        return Failure(description.error());
    }
    const JsonNode *strict = function.find("strict"_L1);
    if (strict && !strict->is(JsonNode::Kind::Boolean) && !strict->is(JsonNode::Kind::Null)) {
        return invalidRequest(u"%1: strict must be true or false."_s.arg(where));
    }
    const Result<JsonSchema> parameters = parametersOf(function, where);
    if (!parameters) {
        ApiError error = parameters.error();
        error.param.prepend(item.find("function"_L1) ? u"/function"_s : QString());
        return Failure(error);
    }
    return Tool{.name = *name,
        .description = *description,
        .parameters = *parameters,
        .isStrict = strict && strict->boolean};
}

} // namespace

Result<QList<Tool>> toolsFrom(const QByteArray &utf8)
{
    const Result<JsonNode> root = parseJson(utf8);
    if (!root) {
        return invalidRequest(u"The tools are no JSON. "_s + root.error().message);
    }
    const JsonNode *list = root->is(JsonNode::Kind::Object) ? root->find("tools"_L1) : &*root;
    if (!list || !list->is(JsonNode::Kind::Array)) {
        return invalidRequest(u"There is no list of tools: they are a list of functions, or one "
                              "under “tools” in an object."_s);
    }
    if (list->items.empty()) {
        return invalidRequest(u"The list of tools is empty."_s);
    }
    QList<Tool> tools;
    for (const JsonNode &item : list->items) {
        const Result<Tool> tool = toolFrom(item, tools.size() + 1);
        if (!tool) {
            ApiError error = tool.error();
            const QString base = root->is(JsonNode::Kind::Object) ? u"/tools"_s : QString();
            error.param = u"#%1/%2%3"_s.arg(base).arg(tools.size()).arg(error.param);
            return Failure(error);
        }
        const auto same = std::ranges::find(tools, tool->name, &Tool::name);
        if (same != tools.end()) {
            return invalidRequest(
                u"The tools %1 and %2 have the same name, “%3”."_s.arg(same - tools.begin() + 1)
                    .arg(tools.size() + 1)
                    .arg(tool->name));
        }
        tools.append(*tool);
    }
    return tools;
}

Result<ToolChoice> toolChoiceFrom(const QString &word, const QList<Tool> &tools)
{
    using Kind = ToolChoice::Kind;
    for (const auto &[name, kind] : {std::pair("auto"_L1, Kind::Auto),
             std::pair("none"_L1, Kind::None), std::pair("required"_L1, Kind::Required)}) {
        if (word == name) {
            return ToolChoice{.kind = kind, .name = {}};
        }
    }
    if (findTool(tools, word)) {
        return ToolChoice{.kind = Kind::Named, .name = word};
    }
    QStringList names;
    for (const Tool &tool : tools) {
        names.append(tool.name);
    }
    return invalidRequest(u"The choice of a tool is auto, none, required or the name of one (%1), "
                          "not “%2”."_s.arg(names.join(u", "_s), word));
}

const Tool *findTool(const QList<Tool> &tools, QStringView name)
{
    const auto found = std::ranges::find(tools, name, &Tool::name);
    return found == tools.end() ? nullptr : &*found;
}

} // namespace Lorikeet
