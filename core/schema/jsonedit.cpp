// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/jsonedit.h"

#include "schema/jsonplaces.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString replaced(const QString &json, qsizetype begin, qsizetype end, QStringView by)
{
    return QString(json).replace(begin, end - begin, by.toString());
}

/// The space that `text` has before `at`, back to the first character that is none.
QString spaceBefore(QStringView text, qsizetype at)
{
    qsizetype begin = at;
    while (begin > 0 && text[begin - 1].isSpace()) {
        --begin;
    }
    return text.sliced(begin, at - begin).toString();
}

/// The space at the beginning of the line in which `at` is.
QString indentOf(QStringView text, qsizetype at)
{
    const qsizetype begin = at > 0 ? text.lastIndexOf(u'\n', at - 1) + 1 : 0;
    qsizetype end = begin;
    while (end < at && text[end].isSpace()) {
        ++end;
    }
    return text.sliced(begin, end - begin).toString();
}

/// By how much more the first line that is indented at all is.
QString unitOf(QStringView text)
{
    for (qsizetype at = text.indexOf(u'\n'); at >= 0; at = text.indexOf(u'\n', at + 1)) {
        qsizetype end = at + 1;
        while (end < text.size() && (text[end] == u' ' || text[end] == u'\t')) {
            ++end;
        }
        if (end > at + 1) {
            return text.sliced(at + 1, end - at - 1).toString();
        }
    }
    return u"  "_s;
}

/// What stands between keys and values here.
QString colonOf(QStringView json, const QList<JsonPart> &parts)
{
    if (!parts.isEmpty() && parts.constFirst().place.keyEnd > 0) {
        const JsonPlace &place = parts.constFirst().place;
        const QStringView between = json.sliced(place.keyEnd, place.begin - place.keyEnd);
        if (!between.contains(u'\n')) {
            return between.toString();
        }
    }
    return u": "_s;
}

/// Adds what stands for itself (a member with its key, or an item) to the object or list there.
QString withPart(const QString &json, const JsonPlace &container, const QList<JsonPart> &parts,
    qsizetype index, const QString &part)
{
    const QStringView text(json);
    if (parts.isEmpty()) {
        const QString indent = indentOf(text, container.begin);
        const QString inside
            = text.contains(u'\n') ? u'\n' + indent + unitOf(text) + part + u'\n' + indent : part;
        return replaced(json, container.begin + 1, container.end - 1, inside);
    }
    const bool isLast = index < 0 || index >= parts.size();
    const JsonPart &beside = isLast ? parts.constLast() : parts[index];
    const QString found = spaceBefore(text, beside.begin());
    // On one line, what is first has nothing before it.
    const bool isFirst = beside == parts.constFirst();
    const QString space = isFirst && !found.contains(u'\n') ? u" "_s : found;
    return isLast ? QString(json).insert(beside.place.end, u',' + space + part)
                  : QString(json).insert(beside.begin(), part + u',' + space);
}

/// What a pointer leads to, and what holds it.
struct Held
{
    JsonPlace container;
    QList<JsonPart> parts;
    qsizetype index = 0;
};

std::optional<Held> heldAt(QStringView json, QStringView pointer)
{
    const qsizetype slash = pointer.lastIndexOf(u'/');
    const auto place = placeOf(json, pointer);
    const auto container = slash < 0 ? std::nullopt : placeOf(json, pointer.first(slash));
    if (!place || !container) {
        return std::nullopt;
    }
    Held held{.container = *container, .parts = partsOf(json, *container), .index = 0};
    const auto found = std::ranges::find(held.parts, *place, &JsonPart::place);
    held.index = found - held.parts.begin();
    return found == held.parts.end() ? std::nullopt : std::optional(held);
}

} // namespace

QString laidOut(const QString &json, QStringView container, const JsonNode &value)
{
    const QStringView text(json);
    const auto place = placeOf(json, container);
    const QList<JsonPart> parts = place ? partsOf(json, *place) : QList<JsonPart>();
    const bool isOnLines = parts.isEmpty()
        ? text.contains(u'\n')
        : spaceBefore(text, parts.constFirst().begin()).contains(u'\n');
    const QStringList lines = indentedJson(value).split(u'\n');
    const QString unit = unitOf(text);
    QString indent;
    if (isOnLines && place) {
        indent = parts.isEmpty() ? indentOf(text, place->begin) + unit
                                 : indentOf(text, parts.constFirst().begin());
    }
    QString written;
    for (const QString &line : lines) {
        qsizetype spaces = 0;
        while (spaces < line.size() && line[spaces] == u' ') {
            ++spaces;
        }
        if (isOnLines) {
            written += written.isEmpty() ? QString() : u'\n' + indent + unit.repeated(spaces / 2);
        } else if (written.endsWith(u',')) {
            written += u' ';
        }
        written += QStringView(line).sliced(spaces);
    }
    return written;
}

QString jsonText(QStringView text)
{
    JsonNode node;
    node.kind = JsonNode::Kind::String;
    node.text = text.toString();
    return compactJson(node);
}

std::optional<QString> withValue(const QString &json, QStringView pointer, const QString &value)
{
    const auto place = placeOf(json, pointer);
    return place ? std::optional(replaced(json, place->begin, place->end, value)) : std::nullopt;
}

std::optional<QString> withMember(
    const QString &json, QStringView object, qsizetype index, QStringView key, const QString &value)
{
    const auto place = placeOf(json, object);
    if (!place || json[place->begin] != u'{') {
        return std::nullopt;
    }
    const QList<JsonPart> parts = partsOf(json, *place);
    return withPart(json, *place, parts, index, jsonText(key) + colonOf(json, parts) + value);
}

std::optional<QString> withItem(
    const QString &json, QStringView list, qsizetype index, const QString &value)
{
    const auto place = placeOf(json, list);
    if (!place || json[place->begin] != u'[') {
        return std::nullopt;
    }
    return withPart(json, *place, partsOf(json, *place), index, value);
}

std::optional<QString> withKey(const QString &json, QStringView pointer, QStringView key)
{
    const auto place = placeOf(json, pointer);
    return place && place->keyEnd > 0
        ? std::optional(replaced(json, place->keyBegin, place->keyEnd, jsonText(key)))
        : std::nullopt;
}

std::optional<QString> without(const QString &json, QStringView pointer)
{
    const std::optional<Held> held = heldAt(json, pointer);
    if (!held) {
        return std::nullopt;
    }
    const JsonPart &part = held->parts[held->index];
    if (held->parts.size() == 1) {
        return replaced(json, held->container.begin + 1, held->container.end - 1, {});
    }
    return held->index + 1 < held->parts.size()
        ? replaced(json, part.begin(), held->parts[held->index + 1].begin(), {})
        : replaced(json, held->parts[held->index - 1].place.end, part.place.end, {});
}

std::optional<QString> withMoved(
    const QString &json, QStringView container, qsizetype from, qsizetype to)
{
    const auto place = placeOf(json, container);
    const QList<JsonPart> parts = place ? partsOf(json, *place) : QList<JsonPart>();
    if (from < 0 || to < 0 || from >= parts.size() || to >= parts.size()) {
        return std::nullopt;
    }
    QStringList texts;
    for (const JsonPart &part : parts) {
        texts.append(json.sliced(part.begin(), part.place.end - part.begin()));
    }
    texts.move(from, to);
    QString changed = json;
    for (qsizetype i = parts.size() - 1; i >= 0; --i) {
        changed.replace(parts[i].begin(), parts[i].place.end - parts[i].begin(), texts[i]);
    }
    return changed;
}

} // namespace Lorikeet
