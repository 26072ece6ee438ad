// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tools/tooloutline.h"

#include "base/invalidrequest.h"
#include "schema/jsonedit.h"
#include "schema/jsonplaces.h"
#include "schema/partialjson.h"
#include "tools/toolset.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Kind = JsonNode::Kind;

constexpr qsizetype mostOfAnother = 48; ///< characters of what a form leaves alone

/// The list of tools: all of the text, or under "tools" in it.
QString listPointer(const JsonNode &root)
{
    return root.is(Kind::Object) ? u"/tools"_s : QString();
}

const JsonNode *listIn(const JsonNode &root)
{
    const JsonNode *list = atPointer(root, listPointer(root));
    return list && list->is(Kind::Array) ? list : nullptr;
}

JsonNode textNode(const QString &text)
{
    JsonNode node;
    node.kind = Kind::String;
    node.text = text;
    return node;
}

JsonNode objectNode(const QList<std::pair<QString, JsonNode>> &members)
{
    JsonNode node;
    node.kind = Kind::Object;
    for (const auto &[key, value] : members) {
        node.keys.append(key);
        node.items.push_back(value);
    }
    return node;
}

JsonNode noArguments()
{
    return objectNode({{u"type"_s, textNode(u"object"_s)}, {u"properties"_s, objectNode({})}});
}

/// Whether a form has a place for this member as it is.
bool isShown(const QString &key, const JsonNode &value)
{
    if (key == "name"_L1 || key == "description"_L1) {
        return value.is(Kind::String);
    }
    if (key == "strict"_L1) {
        return value.is(Kind::Boolean) || value.is(Kind::Null);
    }
    return key == "parameters"_L1 || key == "input_schema"_L1
        || (key == "type"_L1 && value.text == "function"_L1);
}

QString memberText(const JsonNode &function, QLatin1StringView key)
{
    const JsonNode *member = function.find(key);
    return member && member->is(Kind::String) ? member->text : QString();
}

FunctionOutline functionOutline(const JsonNode &item, const QString &pointer)
{
    FunctionOutline outline;
    outline.item = pointer;
    outline.function = pointer;
    const JsonNode *type = item.find("type"_L1);
    const JsonNode *inner = item.find("function"_L1);
    const JsonNode &function = inner ? *inner : item;
    outline.isFixed = !item.is(Kind::Object) || !function.is(Kind::Object)
        || (type && type->text != "function"_L1);
    if (outline.isFixed) {
        outline.others.append(compactJson(item, mostOfAnother));
        return outline;
    }
    if (inner) {
        outline.function += "/function"_L1;
    }
    const auto addOthers = [&outline](const JsonNode &object, bool isAround) {
        for (qsizetype i = 0; i < object.keys.size(); ++i) {
            const JsonNode &value = object.items[size_t(i)];
            const bool isInner = isAround && object.keys[i] == "function"_L1;
            const bool isSaid
                = isAround ? object.keys[i] == "type"_L1 : isShown(object.keys[i], value);
            if (!isInner && !isSaid) {
                outline.others.append(object.keys[i] + ": "_L1 + compactJson(value, mostOfAnother));
            }
        }
    };
    if (inner) {
        addOthers(item, true);
    }
    addOthers(function, false);
    outline.name = memberText(function, "name"_L1);
    outline.description = memberText(function, "description"_L1);
    const JsonNode *strict = function.find("strict"_L1);
    outline.isStrict = strict && strict->is(Kind::Boolean) && strict->boolean;
    const bool isAnthropics = !function.find("parameters"_L1) && function.find("input_schema"_L1);
    const QLatin1StringView key = isAnthropics ? "input_schema"_L1 : "parameters"_L1;
    const JsonNode *parameters = function.find(key);
    outline.parameters = outline.function + u'/' + key;
    outline.hasParameters = parameters && !parameters->is(Kind::Null);
    return outline;
}

/// A text with its functions.
struct Functions
{
    JsonNode root;
    QList<FunctionOutline> all;

    [[nodiscard]] const JsonNode *find(const QString &pointer) const
    {
        return atPointer(root, pointer);
    }

    [[nodiscard]] bool hasName(const QString &name) const
    {
        return std::ranges::find(all, name, &FunctionOutline::name) != all.end();
    }

    /// `wish`, or where that is taken already with a number behind it.
    [[nodiscard]] QString freeName(const QString &wish) const
    {
        QString name = wish;
        for (int i = 2; hasName(name); ++i) {
            const QString number = u"_%1"_s.arg(i);
            name = wish.left(longestToolName - number.size()) + number;
        }
        return name;
    }
};

Result<Functions> functionsIn(const QString &text)
{
    Result<JsonNode> root = parseJson(text);
    if (!root) {
        return Failure(root.error());
    }
    const Result<QList<FunctionOutline>> all = functionsOf(*root);
    if (!all) {
        return Failure(all.error());
    }
    return Functions{.root = *std::move(root), .all = *all};
}

/// The same, where there is such a function and it can be changed.
Result<Functions> functionsWith(const QString &text, qsizetype function)
{
    Result<Functions> functions = functionsIn(text);
    if (functions && (function < 0 || function >= functions->all.size())) {
        return invalidRequest(u"There is no function %1."_s.arg(function + 1));
    }
    if (functions && functions->all[function].isFixed) {
        return invalidRequest(
            u"Tool %1 is no function: change it in the text."_s.arg(function + 1));
    }
    return functions;
}

Result<QString> changed(const std::optional<QString> &text)
{
    // What was found in the tree stands in the text.
    return text ? Result<QString>(*text)
                : fail(ApiError::Kind::Internal, u"The tools could not be changed there."_s);
}

/// Gives a member of a function this value, adds it behind those named, or takes it out.
Result<QString> withMemberSet(const QString &text, const Functions &functions,
    const FunctionOutline &function, QLatin1StringView key, const QString &value,
    const QStringList &behind)
{
    const JsonNode &object = *functions.find(function.function);
    const QString pointer = function.function + u'/' + key;
    if (object.find(key)) {
        return changed(value.isEmpty() ? without(text, pointer) : withValue(text, pointer, value));
    }
    if (value.isEmpty()) {
        return text;
    }
    qsizetype at = 0;
    for (const QString &before : behind) {
        at = std::max(at, object.keys.indexOf(before) + 1);
    }
    return changed(withMember(text, function.function, at, QString(key), value));
}

} // namespace

Result<QList<FunctionOutline>> functionsOf(const JsonNode &root)
{
    const JsonNode *list = listIn(root);
    if (!list) {
        return invalidRequest(u"There is no list of tools: they are a list of functions, or one "
                              "under “tools” in an object."_s);
    }
    QList<FunctionOutline> all;
    for (const JsonNode &item : list->items) {
        all.append(functionOutline(item, u"%1/%2"_s.arg(listPointer(root)).arg(all.size())));
    }
    return all;
}

Result<QString> setFunctionName(const QString &text, qsizetype function, const QString &name)
{
    const Result<Functions> functions = functionsWith(text, function);
    return functions ? withMemberSet(text, *functions, functions->all[function], "name"_L1,
                           jsonText(name), {u"type"_s})
                     : Failure(functions.error());
}

Result<QString> setFunctionDescription(
    const QString &text, qsizetype function, const QString &description)
{
    const Result<Functions> functions = functionsWith(text, function);
    return functions
        ? withMemberSet(text, *functions, functions->all[function], "description"_L1,
              description.isEmpty() ? QString() : jsonText(description), {u"type"_s, u"name"_s})
        : Failure(functions.error());
}

Result<QString> setFunctionStrict(const QString &text, qsizetype function, bool isStrict)
{
    const Result<Functions> functions = functionsWith(text, function);
    if (!functions || functions->all[function].isStrict == isStrict) {
        return functions ? Result<QString>(text) : Failure(functions.error());
    }
    return withMemberSet(text, *functions, functions->all[function], "strict"_L1,
        isStrict ? u"true"_s : QString(), functions->find(functions->all[function].function)->keys);
}

Result<QString> addFunctionParameters(const QString &text, qsizetype function)
{
    const Result<Functions> functions = functionsWith(text, function);
    if (!functions || functions->all[function].hasParameters) {
        return functions ? Result<QString>(text) : Failure(functions.error());
    }
    const FunctionOutline &outline = functions->all[function];
    const bool isAnthropics = outline.parameters.endsWith("/input_schema"_L1);
    return withMemberSet(text, *functions, outline,
        isAnthropics ? "input_schema"_L1 : "parameters"_L1,
        laidOut(text, outline.function, noArguments()), {u"type"_s, u"name"_s, u"description"_s});
}

Result<QString> addFunction(const QString &text, qsizetype index)
{
    const bool isBlank = text.trimmed().isEmpty();
    const Result<Functions> functions = functionsIn(isBlank ? u"[]"_s : text);
    if (!functions) {
        return Failure(functions.error());
    }
    const QString list = listPointer(functions->root);
    // In the form of the one before it.
    const qsizetype count = functions->all.size();
    const FunctionOutline like = count > 0
        ? functions->all[std::clamp(index - 1, qsizetype(0), count - 1)]
        : FunctionOutline();
    JsonNode function = objectNode({{u"name"_s, textNode(functions->freeName(u"new_function"_s))},
        {like.parameters.endsWith("/input_schema"_L1) ? u"input_schema"_s : u"parameters"_s,
            noArguments()}});
    if (like.function != like.item) {
        function = objectNode(
            {{u"type"_s, textNode(u"function"_s)}, {u"function"_s, std::move(function)}});
    }
    if (isBlank) {
        JsonNode all;
        all.kind = Kind::Array;
        all.items.push_back(std::move(function));
        return indentedJson(all) + u'\n';
    }
    return changed(withItem(text, list, index, laidOut(text, list, function)));
}

Result<QString> duplicateFunction(const QString &text, qsizetype function)
{
    const Result<Functions> functions = functionsWith(text, function);
    if (!functions) {
        return Failure(functions.error());
    }
    const FunctionOutline &outline = functions->all[function];
    const auto place = placeOf(text, outline.item);
    const QString item = place ? text.sliced(place->begin, place->end - place->begin) : QString();
    const Result<QString> doubled
        = changed(withItem(text, listPointer(functions->root), function + 1, item));
    return doubled && !outline.name.isEmpty()
        ? setFunctionName(*doubled, function + 1, functions->freeName(outline.name))
        : doubled;
}

Result<QString> removeFunction(const QString &text, qsizetype function)
{
    const Result<Functions> functions = functionsIn(text);
    if (functions && (function < 0 || function >= functions->all.size())) {
        return invalidRequest(u"There is no function %1."_s.arg(function + 1));
    }
    return functions ? changed(without(text, functions->all[function].item))
                     : Failure(functions.error());
}

Result<QString> moveFunction(const QString &text, qsizetype function, qsizetype by)
{
    const Result<Functions> functions = functionsIn(text);
    if (functions && (function < 0 || function >= functions->all.size())) {
        return invalidRequest(u"There is no function %1."_s.arg(function + 1));
    }
    if (!functions) {
        return Failure(functions.error());
    }
    const qsizetype to = std::clamp(function + by, qsizetype(0), functions->all.size() - 1);
    return to == function ? Result<QString>(text)
                          : changed(withMoved(text, listPointer(functions->root), function, to));
}

} // namespace Lorikeet
