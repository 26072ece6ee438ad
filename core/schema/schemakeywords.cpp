// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Keywords that look at a value itself.

#include "base/invalidrequest.h"
#include "schema/schemaevaluation.h"
#include "schema/schemawords.h"

#include <QSet>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using K = SchemaKeyword;
using Kind = JsonNode::Kind;

enum class Fit { Yes, No, Perhaps };

/// Draft 4 alone tells 1.0 from an integer, and its own tests leave that open: here it is one.
Fit fitOf(const JsonNode &node, QStringView type)
{
    const auto fits = [](bool does) { return does ? Fit::Yes : Fit::No; };
    switch (node.kind) {
    case Kind::Null:
        return fits(type == u"null");
    case Kind::Boolean:
        return fits(type == u"boolean");
    case Kind::String:
        return fits(type == u"string");
    case Kind::Array:
        return fits(type == u"array");
    case Kind::Object:
        return fits(type == u"object");
    case Kind::Number:
        break;
    }
    if (type != u"integer") {
        return fits(type == u"number");
    }
    return node.isOpen ? Fit::Perhaps : fits(node.isInteger());
}

/// Whether what is there may become `goal`.
bool mayBecome(const JsonNode &node, const JsonNode &goal)
{
    if (!node.isOpen) {
        return sameJson(node, goal);
    }
    if (node.kind != goal.kind || node.items.size() > goal.items.size()) {
        return false;
    }
    switch (node.kind) {
    case Kind::String:
        return goal.text.startsWith(node.text);
    case Kind::Array:
        return std::equal(node.items.begin(), node.items.end(), goal.items.begin(), mayBecome);
    case Kind::Object:
        for (size_t i = 0; i < node.items.size(); ++i) {
            const JsonNode *member = goal.find(QStringView(node.keys.at(qsizetype(i))));
            if (!member || !mayBecome(node.items[i], *member)) {
                return false;
            }
        }
        return true;
    default:
        return true;
    }
}

/// A number as digits and a power of ten, as it was written.
struct Decimal
{
    QString digits;
    int power = 0;
};

std::optional<Decimal> decimalOf(const JsonNode &node)
{
    constexpr int mostPower = 1000;
    const QString text = node.text.toLower();
    const qsizetype e = text.indexOf(u'e');
    const QString mantissa = e < 0 ? text : text.first(e);
    const qsizetype point = mantissa.indexOf(u'.');
    Decimal out{.digits = QString(mantissa).remove(u'.').remove(u'-'),
        .power = e < 0 ? 0 : text.sliced(e + 1).toInt()};
    out.power -= point < 0 ? 0 : int(mantissa.size() - point - 1);
    return std::abs(out.power) > mostPower ? std::nullopt : std::optional(out);
}

/// By the digits, since doubles know neither 0.01 nor what is beyond 2^53.
bool isMultiple(const JsonNode &node, const JsonNode &of)
{
    const auto value = decimalOf(node);
    const auto unit = decimalOf(of);
    bool fits = value && unit;
    const int power = fits ? std::min(value->power, unit->power) : 0;
    // The rest must not overflow when it gets another digit.
    constexpr quint64 most = std::numeric_limits<quint64>::max() / 10 - 1;
    quint64 divisor = fits ? unit->digits.toULongLong(&fits) : 0;
    for (int i = power; fits && i < unit->power && divisor <= most; ++i) {
        divisor *= 10;
    }
    if (!fits || divisor == 0 || divisor > most) {
        return std::remainder(node.number, of.number) == 0;
    }
    quint64 rest = 0;
    for (const QChar digit : value->digits) {
        rest = (rest * 10 + quint64(digit.digitValue())) % divisor;
    }
    for (int i = power; i < value->power; ++i) {
        rest = rest * 10 % divisor;
    }
    return rest == 0;
}

} // namespace

SchemaEvaluation::Verdict SchemaEvaluation::type(const Task &task)
{
    QStringList types;
    if (task.rule.value->is(Kind::String)) {
        types.append(task.rule.value->text);
    }
    for (const JsonNode &item : task.rule.value->items) {
        types.append(item.text);
    }
    bool isOpen = false;
    for (const QString &type : std::as_const(types)) {
        const Fit fit = fitOf(task.node, type);
        if (fit == Fit::Yes) {
            return Verdict::Valid;
        }
        isOpen = isOpen || fit == Fit::Perhaps;
    }
    return isOpen ? Verdict::Unknown : violated(task, SchemaWords::type(types, task.node));
}

SchemaEvaluation::Verdict SchemaEvaluation::oneOfValues(const Task &task)
{
    const JsonNode &value = *task.rule.value;
    const bool isConst = task.rule.keyword == K::Const;
    const auto may = [&task](const JsonNode &goal) { return mayBecome(task.node, goal); };
    m_steps += qint64(value.items.size());
    if (isConst ? may(value) : std::ranges::any_of(value.items, may)) {
        return task.node.isOpen ? Verdict::Unknown : Verdict::Valid;
    }
    return violated(task, SchemaWords::values(value, isConst, task.node));
}

SchemaEvaluation::Verdict SchemaEvaluation::numeric(const Task &task)
{
    const JsonNode &limit = *task.rule.value;
    if (!task.node.is(Kind::Number)) {
        return Verdict::Valid;
    }
    if (task.node.isOpen) {
        return Verdict::Unknown;
    }
    const int order = compareNumbers(task.node, limit);
    QString words;
    bool holds = true;
    switch (task.rule.keyword) {
    case K::Minimum:
        holds = order >= 0;
        words = u"at least"_s;
        break;
    case K::Maximum:
        holds = order <= 0;
        words = u"at most"_s;
        break;
    case K::ExclusiveMinimum:
        holds = order > 0;
        words = u"greater than"_s;
        break;
    case K::ExclusiveMaximum:
        holds = order < 0;
        words = u"less than"_s;
        break;
    default:
        holds = isMultiple(task.node, limit);
        words = u"a multiple of"_s;
    }
    return holds
        ? Verdict::Valid
        : violated(task, u"must be %1 %2, and is %3"_s.arg(words, limit.text, task.node.text));
}

SchemaEvaluation::Verdict SchemaEvaluation::length(const Task &task)
{
    if (!task.node.is(Kind::String)) {
        return Verdict::Valid;
    }
    // Of characters as Unicode counts them, not of the units they take here.
    const QString &text = task.node.text;
    const qsizetype pairs = std::ranges::count_if(text, [](QChar c) { return c.isLowSurrogate(); });
    const auto size = double(text.size() - pairs);
    const double limit = task.rule.value->number;
    if (task.rule.keyword == K::MinLength) {
        return size >= limit ? Verdict::Valid
            : task.node.isOpen
            ? Verdict::Unknown
            : violated(
                  task, SchemaWords::count(u"must have at least"_s, limit, size, u"character"_s));
    }
    return size <= limit
        ? Verdict::Valid
        : violated(task, SchemaWords::count(u"must have at most"_s, limit, size, u"character"_s));
}

SchemaEvaluation::Verdict SchemaEvaluation::pattern(const Task &task)
{
    if (!task.node.is(Kind::String)) {
        return Verdict::Valid;
    }
    m_steps += task.node.text.size() / 64;
    const SchemaPattern &pattern = task.rule.patterns.front().first;
    switch (
        task.node.isOpen ? pattern.mayStillMatch(task.node.text) : pattern.search(task.node.text)) {
    case SchemaPattern::Match::Yes:
        return Verdict::Valid;
    case SchemaPattern::Match::No:
        return violated(task, SchemaWords::pattern(pattern.text(), task.node));
    case SchemaPattern::Match::TooMuch:
        break;
    }
    return giveUp(invalidRequest(
        u"The schema cannot be used: the pattern “%1” at %2 takes too long to decide on a text as "
        "at “%3”; one without repeats within repeats would not."_s.arg(
            pattern.text(), task.sub.pointer, pathOf(task.place)))
            .value());
}

SchemaEvaluation::Verdict SchemaEvaluation::count(const Task &task)
{
    const K keyword = task.rule.keyword;
    const bool isItems = keyword == K::MinItems || keyword == K::MaxItems;
    if (!task.node.is(isItems ? Kind::Array : Kind::Object)) {
        return Verdict::Valid;
    }
    const QString unit = isItems ? u"item"_s : u"member"_s;
    const auto size = double(task.node.items.size());
    const double limit = task.rule.value->number;
    if (keyword == K::MinItems || keyword == K::MinProperties) {
        return size >= limit ? Verdict::Valid
            : task.node.isOpen
            ? Verdict::Unknown
            : violated(task, SchemaWords::count(u"must have at least"_s, limit, size, unit));
    }
    return size <= limit
        ? Verdict::Valid
        : violated(task, SchemaWords::count(u"must have at most"_s, limit, size, unit));
}

SchemaEvaluation::Verdict SchemaEvaluation::required(const Task &task)
{
    if (!task.node.is(Kind::Object)) {
        return Verdict::Valid;
    }
    // Each by itself where there are few, else by an index.
    const auto list = task.rule.lists.constBegin();
    const QStringList &names = list.value();
    const bool isMany = names.size() > 4 && task.node.keys.size() > 8;
    const QSet<QString> present(
        task.node.keys.begin(), isMany ? task.node.keys.end() : task.node.keys.begin());
    Verdict verdict = Verdict::Valid;
    for (const QString &name : names) {
        if (isMany ? present.contains(name) : task.node.keys.contains(name)) {
            continue;
        }
        verdict = task.node.isOpen ? Verdict::Unknown
                                   : violated(task, u"lacks “%1”, which is required"_s.arg(name));
    }
    return verdict;
}

SchemaEvaluation::Verdict SchemaEvaluation::dependentRequired(const Task &task)
{
    Verdict verdict = Verdict::Valid;
    for (auto it = task.rule.lists.begin();
        task.node.is(Kind::Object) && it != task.rule.lists.end(); ++it) {
        if (!task.node.keys.contains(it.key())) {
            continue;
        }
        for (const QString &name : it.value()) {
            if (!task.node.keys.contains(name)) {
                verdict = worse(verdict,
                    task.node.isOpen
                        ? Verdict::Unknown
                        : violated(task,
                              u"lacks “%1”, which is required where there is “%2”"_s.arg(
                                  name, it.key())));
            }
        }
    }
    return verdict;
}

SchemaEvaluation::Verdict SchemaEvaluation::uniqueItems(const Task &task)
{
    const std::vector<JsonNode> &items = task.node.items;
    if (!task.node.is(Kind::Array)) {
        return Verdict::Valid;
    }
    m_steps += qint64(items.size());
    QMultiHash<size_t, size_t> seen;
    for (size_t i = 0; i < items.size() && mayGoOn(); ++i) {
        if (items[i].isOpen) {
            continue;
        }
        const size_t hash = hashOfJson(items[i]);
        for (auto it = seen.constFind(hash); it != seen.constEnd() && it.key() == hash; ++it) {
            if (sameJson(items[*it], items[i])) {
                return violated(task,
                    u"must hold each item once, and those at %1 and %2 are the same"_s.arg(*it).arg(
                        i));
            }
        }
        seen.insert(hash, i);
    }
    return Verdict::Valid;
}

} // namespace Lorikeet
