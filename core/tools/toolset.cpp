// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/toolset.h"

#include "base/invalidrequest.h"
#include "schema/partialjson.h"

#include <QHash>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

constexpr std::array functionMembers{
    "type"_L1, "name"_L1, "description"_L1, "parameters"_L1, "input_schema"_L1, "strict"_L1};

bool isName(const QString &text)
{
    return !text.isEmpty() && text.size() <= longestToolName
        && std::ranges::all_of(text, [](QChar c) {
               return c.unicode() < 128 && (c.isLetterOrNumber() || c == u'_' || c == u'-');
           });
}

/// What is wrong with a member of a function.
Failure wrong(QStringView member, const QString &sentence)
{
    Failure failure = invalidRequest(sentence);
    failure.value().param = u'/' + pointerPart(member);
    return failure;
}

/// A member that is a text where it is there; fails where it is something else.
Result<QString> textOf(const JsonNode &object, const QString &key, const QString &where)
{
    const JsonNode *member = object.find(QStringView(key));
    if (!member || member->is(JsonNode::Kind::Null)) {
        return QString();
    }
    return member->is(JsonNode::Kind::String)
        ? Result<QString>(member->text)
        : Result<QString>(wrong(key, u"%1: its %2 must be a text."_s.arg(where, key)));
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
        return wrong(function.find("parameters"_L1) ? u"parameters" : u"input_schema",
            u"%1: its parameters must be the schema of an object: \"type\": \"object\"."_s.arg(
                where));
    }
    return schema;
}

Result<Tool> toolIn(const JsonNode &function, const QString &place)
{
    const Result<QString> name = textOf(function, u"name"_s, place);
    if (!name) {
        return Failure(name.error());
    }
    if (name->isEmpty()) {
        return wrong(u"name", u"%1 has no name."_s.arg(place));
    }
    if (!isName(*name)) {
        return wrong(u"name",
            u"%1 cannot be called “%2”: a name has letters, digits, _ and -, and at most %3 of "
            "them."_s.arg(place, name->left(80))
                .arg(longestToolName));
    }
    const QString where = u"%1, “%2”"_s.arg(place, *name);
    for (const QString &key : function.keys) {
        if (std::ranges::find(functionMembers, key) == functionMembers.end()) {
            return wrong(key,
                u"%1 has a member “%2”, which is none of a function's: these are name, "
                "description, parameters and strict."_s.arg(where, key));
        }
    }
    const Result<QString> description = textOf(function, u"description"_s, where);
    if (!description) {
        return Failure(description.error());
    }
    const JsonNode *strict = function.find("strict"_L1);
    if (strict && !strict->is(JsonNode::Kind::Boolean) && !strict->is(JsonNode::Kind::Null)) {
        return wrong(u"strict", u"%1: strict must be true or false."_s.arg(where));
    }
    const Result<JsonSchema> parameters = parametersOf(function, where);
    if (!parameters) {
        return Failure(parameters.error());
    }
    return Tool{.name = *name,
        .description = *description,
        .parameters = *parameters,
        .isStrict = strict && strict->boolean};
}

/// With places from the list's item on.
Result<Tool> toolFrom(const JsonNode &item, qsizetype number)
{
    const QString place = u"Tool %1"_s.arg(number);
    const Result<const JsonNode *> function = functionIn(item, place);
    Result<Tool> tool = function ? toolIn(**function, place) : Failure(function.error());
    if (!tool && item.find("function"_L1)) {
        tool.error().param.prepend(function ? u"/function"_s : QString());
    }
    return tool;
}

/// The tools that can be read, and what is wrong with others.
struct ReadTools
{
    QList<Tool> tools;
    QList<ApiError> faults;
};

ReadTools readTools(const QByteArray &utf8, bool isOneFaultEnough)
{
    ReadTools read;
    const auto failed = [&read](const QString &sentence) {
        read.faults.append(invalidRequest(sentence).value());
        return read;
    };
    const Result<JsonNode> root = parseJson(utf8);
    if (!root) {
        return failed(u"The tools are no JSON. "_s + root.error().message);
    }
    const bool isObject = root->is(JsonNode::Kind::Object);
    const JsonNode *list = isObject ? root->find("tools"_L1) : &*root;
    if (!list || !list->is(JsonNode::Kind::Array)) {
        return failed(u"There is no list of tools: they are a list of functions, or one under "
                      "“tools” in an object."_s);
    }
    if (list->items.empty()) {
        return failed(u"The list of tools is empty."_s);
    }
    QHash<QString, qsizetype> numbers; ///< by name
    for (qsizetype i = 0; i < qsizetype(list->items.size()); ++i) {
        Result<Tool> tool = toolFrom(list->items[size_t(i)], i + 1);
        if (tool && numbers.contains(tool->name)) {
            const bool isWrapped = list->items[size_t(i)].find("function"_L1);
            Failure same = invalidRequest(
                u"The tools %1 and %2 have the same name, “%3”."_s.arg(numbers.value(tool->name))
                    .arg(i + 1)
                    .arg(tool->name));
            same.value().param = isWrapped ? u"/function/name"_s : u"/name"_s;
            tool = same;
        }
        if (tool) {
            numbers.insert(tool->name, i + 1);
            read.tools.append(*tool);
            continue;
        }
        ApiError error = tool.error();
        error.param = u"#%1/%2%3"_s.arg(isObject ? u"/tools"_s : QString()).arg(i).arg(error.param);
        read.faults.append(error);
        if (isOneFaultEnough) {
            break;
        }
    }
    return read;
}

} // namespace

Result<QList<Tool>> toolsFrom(const QByteArray &utf8)
{
    const ReadTools read = readTools(utf8, true);
    return read.faults.isEmpty() ? Result<QList<Tool>>(read.tools)
                                 : Failure(read.faults.constFirst());
}

QList<ApiError> toolFaults(const QByteArray &utf8) { return readTools(utf8, false).faults; }

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
