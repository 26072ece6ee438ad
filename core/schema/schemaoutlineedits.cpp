// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/invalidrequest.h"
#include "schema/jsonedit.h"
#include "schema/outlinevalues.h"
#include "schema/partialjson.h"
#include "schema/schemaoutline.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Kind = JsonNode::Kind;

Result<QString> changed(const std::optional<QString> &text)
{
    // What was found in the tree stands in the text.
    return text ? Result<QString>(*text)
                : fail(ApiError::Kind::Internal, u"The schema could not be changed there."_s);
}

/// A row in its text.
class Spot final
{
public:
    static Result<Spot> at(const QString &text, const QString &pointer, const QString &base)
    {
        Result<JsonNode> root = parseJson(text);
        if (!root) {
            return Failure(root.error());
        }
        const JsonNode *schema = atPointer(*root, base);
        const QList<OutlineRow> rows = schema ? outlineOf(*schema, base) : QList<OutlineRow>();
        const auto row = std::ranges::find(rows, pointer, &OutlineRow::pointer);
        if (row == rows.end()) {
            return invalidRequest(u"The schema has nothing at %1."_s.arg(pointer));
        }
        return Spot(text, std::move(*root), *row);
    }

    [[nodiscard]] const QString &text() const { return m_text; }

    [[nodiscard]] const OutlineRow &row() const { return m_row; }

    /// Null: it is not there yet.
    [[nodiscard]] const JsonNode *node() const { return atPointer(m_root, m_row.pointer); }

    [[nodiscard]] const JsonNode *find(const QString &pointer) const
    {
        return atPointer(m_root, pointer);
    }

    [[nodiscard]] QString below(QLatin1StringView key) const { return m_row.pointer + u'/' + key; }

    /// Of the object that a property is of, or the list that items are of.
    [[nodiscard]] QString parent() const
    {
        const QString around = m_row.pointer.first(m_row.pointer.lastIndexOf(u'/'));
        return m_row.kind == OutlineRow::Kind::Items ? around
                                                     : around.first(around.lastIndexOf(u'/'));
    }

    /// Where "type" (with `isType`) or what stands behind it is added to an object.
    [[nodiscard]] qsizetype placeFor(bool isType) const
    {
        static const QStringList before{
            u"$schema"_s, u"$id"_s, u"id"_s, u"$anchor"_s, u"$comment"_s, u"title"_s};
        const JsonNode *there = node();
        qsizetype at = 0;
        while (there && at < there->keys.size()
            && (before.contains(there->keys[at]) || (!isType && there->keys[at] == "type"_L1))) {
            ++at;
        }
        return at;
    }

    /// Gives a member this value; an empty one takes it out.
    [[nodiscard]] Result<QString> set(QLatin1StringView key, const QString &value) const
    {
        const JsonNode *there = node();
        if (!there) { // items that nothing is said of yet
            return value.isEmpty() ? Result<QString>(m_text)
                                   : changed(withMember(m_text, parent(), -1, u"items",
                                         u"{\"%1\": %2}"_s.arg(key, value)));
        }
        if (there->find(key)) {
            return changed(value.isEmpty() ? without(m_text, below(key))
                                           : withValue(m_text, below(key), value));
        }
        return value.isEmpty() ? Result<QString>(m_text)
                               : changed(withMember(m_text, m_row.pointer,
                                     placeFor(key == "type"_L1), QString(key), value));
    }

    /// Why its type and values stay as they are.
    [[nodiscard]] std::optional<Failure> fixed() const
    {
        return m_row.isFixed
            ? std::optional(invalidRequest(
                  u"%1 is a reference or a boolean: change it in the text."_s.arg(named())))
            : std::nullopt;
    }

    [[nodiscard]] QString named() const
    {
        return m_row.name.isEmpty() ? u"What is at #%1"_s.arg(m_row.pointer)
                                    : u"“%1”"_s.arg(m_row.name);
    }

private:
    Spot(const QString &text, JsonNode root, const OutlineRow &row)
        : m_text(text)
        , m_root(std::move(root))
        , m_row(row)
    { }

    QString m_text;
    JsonNode m_root;
    OutlineRow m_row;
};

Result<Spot> propertyAt(const QString &text, const QString &pointer, const QString &base)
{
    Result<Spot> spot = Spot::at(text, pointer, base);
    if (spot && spot->row().kind != OutlineRow::Kind::Property) {
        return invalidRequest(u"%1 is no property."_s.arg(spot->named()));
    }
    return spot;
}

QString typeText(const QString &type, bool isNullable)
{
    QStringList types = type.split(" | "_L1, Qt::SkipEmptyParts);
    if (isNullable && !types.isEmpty() && !types.contains("null"_L1)) {
        types.append(u"null"_s);
    }
    if (types.size() <= 1) {
        return types.isEmpty() ? QString() : jsonText(types.constFirst());
    }
    QStringList texts;
    for (const QString &each : std::as_const(types)) {
        texts.append(jsonText(each));
    }
    return u'[' + texts.join(", "_L1) + u']';
}

QString listText(const std::vector<JsonNode> &values)
{
    QStringList texts;
    for (const JsonNode &value : values) {
        texts.append(compactJson(value));
    }
    return texts.isEmpty() ? QString() : u'[' + texts.join(", "_L1) + u']';
}

/// Where a name is in a list of texts; -1: nowhere.
qsizetype indexOf(const JsonNode *list, const QString &name)
{
    if (!list || !list->is(Kind::Array)) {
        return -1;
    }
    const auto found = std::ranges::find_if(list->items,
        [&](const JsonNode &item) { return item.is(Kind::String) && item.text == name; });
    return found == list->items.end() ? -1 : found - list->items.begin();
}

/// `required` of the object there with this name or without it.
Result<QString> withRequired(
    const QString &text, const QString &object, const QString &name, bool isRequired)
{
    const Result<JsonNode> root = parseJson(text);
    const JsonNode *owner = root ? atPointer(*root, object) : nullptr;
    const JsonNode *list = owner ? owner->find("required"_L1) : nullptr;
    const QString pointer = object + "/required"_L1;
    if (list && !list->is(Kind::Array)) {
        return invalidRequest(u"“required” is no list of names there: mend it in the text."_s);
    }
    const qsizetype at = indexOf(list, name);
    if (isRequired == (at >= 0)) {
        return text;
    }
    if (!isRequired) {
        return changed(without(
            text, list->items.size() == 1 ? pointer : pointer + u'/' + QString::number(at)));
    }
    if (list) {
        return changed(withItem(text, pointer, -1, jsonText(name)));
    }
    const qsizetype behind = owner ? owner->keys.indexOf("properties"_L1) + 1 : -1;
    return changed(withMember(text, object, behind, u"required", u'[' + jsonText(name) + u']'));
}

/// Null among the values of an enum, as it is among the types.
Result<QString> withNull(
    const QString &text, const QString &pointer, bool isNullable, const QString &base)
{
    const Result<Spot> spot = Spot::at(text, pointer, base);
    const JsonNode *list = spot ? spot->find(pointer + "/enum"_L1) : nullptr;
    if (!list || !areScalars(*list)) {
        return text;
    }
    const auto found = std::ranges::find_if(
        list->items, [](const JsonNode &item) { return item.is(Kind::Null); });
    if ((found != list->items.end()) == isNullable) {
        return text;
    }
    if (isNullable) {
        return changed(withItem(text, pointer + "/enum"_L1, -1, u"null"_s));
    }
    return list->items.size() == 1
        ? Result<QString>(text)
        : changed(
              without(text, pointer + "/enum/"_L1 + QString::number(found - list->items.begin())));
}

} // namespace

Result<QString> setOutlineType(const QString &text, const QString &pointer, const QString &type,
    bool isNullable, const QString &base)
{
    const Result<Spot> spot = Spot::at(text, pointer, base);
    if (!spot) {
        return Failure(spot.error());
    }
    if (const auto fixed = spot->fixed()) {
        return *fixed;
    }
    const bool isBeside = !type.isEmpty() && type != "null"_L1; // null can stand beside it
    const bool mayBeNull = isNullable && isBeside;
    if (spot->row().type == type && spot->row().isNullable == mayBeNull) {
        return text;
    }
    const Result<QString> result = spot->set("type"_L1, typeText(type, isNullable));
    return result && isBeside && spot->row().isNullable != mayBeNull
        ? withNull(*result, pointer, mayBeNull, base)
        : result;
}

Result<QString> setOutlineName(
    const QString &text, const QString &pointer, const QString &name, const QString &base)
{
    const Result<Spot> spot = propertyAt(text, pointer, base);
    if (!spot) {
        return Failure(spot.error());
    }
    if (name == spot->row().name) {
        return text;
    }
    if (name.isEmpty()) {
        return invalidRequest(u"A property needs a name."_s);
    }
    const QString parent = spot->parent();
    if (spot->find(parent + "/properties"_L1)->find(name)) {
        return invalidRequest(u"There is another property “%1” beside it."_s.arg(name));
    }
    const Result<QString> renamed = changed(withKey(text, pointer, name));
    const qsizetype at = indexOf(spot->find(parent + "/required"_L1), spot->row().name);
    return renamed && at >= 0 ? changed(withValue(*renamed,
                                    parent + "/required/"_L1 + QString::number(at), jsonText(name)))
                              : renamed;
}

Result<QString> setOutlineRequired(
    const QString &text, const QString &pointer, bool isRequired, const QString &base)
{
    const Result<Spot> spot = propertyAt(text, pointer, base);
    return spot ? withRequired(text, spot->parent(), spot->row().name, isRequired)
                : Failure(spot.error());
}

Result<QString> setOutlineDescription(
    const QString &text, const QString &pointer, const QString &description, const QString &base)
{
    const Result<Spot> spot = Spot::at(text, pointer, base);
    if (!spot) {
        return Failure(spot.error());
    }
    if (spot->node() && !spot->node()->is(Kind::Object)) {
        return *spot->fixed();
    }
    if (description == spot->row().description) {
        return text;
    }
    return spot->set("description"_L1, description.isEmpty() ? QString() : jsonText(description));
}

Result<QString> setOutlineValues(
    const QString &text, const QString &pointer, const QString &values, const QString &base)
{
    const Result<Spot> spot = Spot::at(text, pointer, base);
    if (!spot) {
        return Failure(spot.error());
    }
    if (const auto fixed = spot->fixed()) {
        return *fixed;
    }
    const OutlineRow &row = spot->row();
    const JsonNode *there = spot->find(spot->below("enum"_L1));
    if (there && (!areScalars(*there) || !typedValues(*there, row.type, row.isNullable))) {
        return invalidRequest(u"%1 has values that cannot be typed in one line: change them in the "
                              "text."_s.arg(spot->named()));
    }
    const auto wanted = valuesTyped(values, row.type, row.isNullable);
    if (!wanted) {
        return Failure(wanted.error());
    }
    return there && std::ranges::equal(there->items, *wanted, sameJson)
        ? Result<QString>(text)
        : spot->set("enum"_L1, listText(*wanted));
}

Result<QString> addOutlineProperty(const QString &text, const QString &pointer, qsizetype index,
    QString *added, const QString &base)
{
    const Result<Spot> spot = Spot::at(text, pointer, base);
    if (!spot) {
        return Failure(spot.error());
    }
    if (!spot->row().mayHaveProperties) {
        return invalidRequest(u"%1 is no object, and has no properties."_s.arg(spot->named()));
    }
    const JsonNode *properties = spot->find(spot->below("properties"_L1));
    const JsonNode *required = spot->find(spot->below("required"_L1));
    QString name = u"property"_s;
    for (int i = 2; properties && properties->find(name); ++i) {
        name = u"property%1"_s.arg(i);
    }
    const bool isRequired = properties && !properties->keys.isEmpty()
        && std::ranges::all_of(
            properties->keys, [&](const QString &key) { return indexOf(required, key) >= 0; });
    Result<QString> result(text);
    if (!properties) {
        const QStringList &keys = spot->node()->keys;
        qsizetype at = keys.size();
        for (const QLatin1StringView before : {"required"_L1, "additionalProperties"_L1}) {
            const qsizetype found = keys.indexOf(before);
            at = found >= 0 ? std::min(at, found) : at;
        }
        result = changed(withMember(text, pointer, at, u"properties", u"{}"_s));
    }
    if (result) {
        result = changed(withMember(
            *result, spot->below("properties"_L1), index, name, u"{\"type\": \"string\"}"_s));
    }
    if (result && isRequired) {
        result = withRequired(*result, pointer, name, true);
    }
    if (result && added) {
        *added = spot->below("properties"_L1) + u'/' + name;
    }
    return result;
}

Result<QString> removeOutlineProperty(
    const QString &text, const QString &pointer, const QString &base)
{
    const Result<Spot> spot = propertyAt(text, pointer, base);
    if (!spot) {
        return Failure(spot.error());
    }
    const Result<QString> result = changed(without(text, pointer));
    return result && spot->row().isRequired
        ? withRequired(*result, spot->parent(), spot->row().name, false)
        : result;
}

Result<QString> moveOutlineProperty(
    const QString &text, const QString &pointer, qsizetype by, const QString &base)
{
    const Result<Spot> spot = propertyAt(text, pointer, base);
    if (!spot) {
        return Failure(spot.error());
    }
    const QString container = spot->parent() + "/properties"_L1;
    const JsonNode &all = *spot->find(container);
    const qsizetype from = all.keys.indexOf(spot->row().name);
    const qsizetype to = std::clamp(from + by, qsizetype(0), all.keys.size() - 1);
    return from == to ? Result<QString>(text) : changed(withMoved(text, container, from, to));
}

} // namespace Lorikeet
