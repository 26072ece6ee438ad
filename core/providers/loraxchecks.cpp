// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/loraxchecks.h"

#include "providers/generateprovider.h"

#include <QJsonArray>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Problem = std::optional<QString>;

bool hasControlCharacter(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c < u' ' || c == u'\x7f'; });
}

Problem nameProblem(const QString &what, const QJsonValue &value)
{
    if (!value.isUndefined() && !value.isNull() && !value.isString()) {
        return u"%1 must be text."_s.arg(what);
    }
    if (hasControlCharacter(value.toString())) {
        return u"%1 holds a line break or another control character, which would end the LoRAX "
               "process: remove it."_s.arg(what);
    }
    return std::nullopt;
}

Problem sourceProblem(const QJsonValue &source)
{
    static const QStringList known{u"hub"_s, u"local"_s, u"s3"_s, u"pbase"_s};
    if (const Problem problem = nameProblem(u"adapter_source"_s, source)) {
        return problem;
    }
    if (source.isString() && !known.contains(source.toString(), Qt::CaseInsensitive)) {
        return u"adapter_source must be one of %1, not “%2”."_s.arg(
            known.join(u", "_s), source.toString());
    }
    return std::nullopt;
}

Problem choiceProblem(const QJsonValue &merged, const QString &name, const QStringList &known)
{
    const QJsonValue value = merged[name];
    if (value.isUndefined() || value.isNull()) {
        return std::nullopt;
    }
    if (!value.isString() || !known.contains(value.toString())) {
        return u"%1 must be one of %2: anything else would end the LoRAX process."_s.arg(
            name, known.join(u", "_s));
    }
    return std::nullopt;
}

Problem densityProblem(const QJsonValue &merged)
{
    const QJsonValue density = merged[u"density"_s];
    const QString strategy = merged[u"merge_strategy"_s].toString(u"linear"_s);
    if (!density.isUndefined()
        && (!density.isDouble() || density.toDouble() < 0 || density.toDouble() > 1)) {
        return u"density must be a number from 0 to 1."_s;
    }
    if (loraxMergeIsSparse(strategy) && density.toDouble() == 0) {
        return u"Merging by %1 needs a density above 0: with 0 nothing is left of the adapters."_s
            .arg(strategy);
    }
    return std::nullopt;
}

Problem mergedProblem(const QJsonValue &merged)
{
    if (!merged.isObject()) {
        return u"merged_adapters must be an object."_s;
    }
    const QJsonArray ids = merged[u"ids"_s].toArray();
    const QJsonArray weights = merged[u"weights"_s].toArray();
    if (ids.isEmpty()) {
        return u"merged_adapters names no adapter."_s;
    }
    for (const QJsonValue &id : ids) {
        if (!id.isString() || id.toString().isEmpty()) {
            return u"Each of the merged adapters needs an id."_s;
        }
        if (const Problem problem = nameProblem(u"The id of a merged adapter"_s, id)) {
            return problem;
        }
    }
    if (weights.size() != ids.size()
        || !std::all_of(weights.begin(), weights.end(),
            [](const QJsonValue &weight) { return weight.isDouble(); })) {
        return u"%1 merged adapters need as many weights; there are %2."_s.arg(ids.size())
            .arg(weights.size());
    }
    if (const Problem problem
        = choiceProblem(merged, u"merge_strategy"_s, loraxMergeStrategies())) {
        return problem;
    }
    if (const Problem problem
        = choiceProblem(merged, u"majority_sign_method"_s, loraxSignMethods())) {
        return problem;
    }
    return densityProblem(merged);
}

Problem formatProblem(const QJsonValue &format)
{
    static const QStringList types{
        u"text"_s, u"json_object"_s, u"json_schema"_s, u"Text"_s, u"JsonObject"_s, u"JsonSchema"_s};
    if (format.isUndefined() || types.contains(format[u"type"_s].toString())) {
        return std::nullopt;
    }
    return u"response_format needs a type: text, json_object or json_schema."_s;
}

} // namespace

std::optional<QString> loraxProblem(const QJsonObject &parameters, bool stream)
{
    const QJsonValue merged = parameters[u"merged_adapters"_s];
    const bool isMerged = !merged.isUndefined() && !merged.isNull();
    // An id that is set and empty is a conflict too.
    if (isMerged && parameters[u"adapter_id"_s].isString()) {
        return u"Choose one adapter or several to merge, not both."_s;
    }
    for (const Problem &problem : {nameProblem(u"adapter_id"_s, parameters[u"adapter_id"_s]),
             sourceProblem(parameters[u"adapter_source"_s]),
             isMerged ? mergedProblem(merged) : Problem(), generateProblem(parameters, stream),
             formatProblem(parameters[u"response_format"_s])}) {
        if (problem) {
            return problem;
        }
    }
    return std::nullopt;
}

QJsonObject loraxMergeToJson(const MergedAdapters &merged)
{
    QJsonArray ids;
    for (const QString &id : merged.ids) {
        ids.append(id);
    }
    QJsonArray weights;
    for (const double weight : merged.weights) {
        weights.append(weight);
    }
    // The server's default density of 0 is right for linear alone, which does not look at it.
    QJsonObject object{{u"ids"_s, ids}, {u"weights"_s, weights}, {u"density"_s, merged.density}};
    if (!merged.strategy.isEmpty()) {
        object.insert(u"merge_strategy"_s, merged.strategy);
    }
    if (!merged.majoritySignMethod.isEmpty()) {
        object.insert(u"majority_sign_method"_s, merged.majoritySignMethod);
    }
    return object;
}

std::optional<QString> loraxMergeProblem(const MergedAdapters &merged)
{
    return mergedProblem(loraxMergeToJson(merged));
}

const QStringList &loraxMergeStrategies()
{
    static const QStringList strategies{u"linear"_s, u"ties"_s, u"dare_linear"_s, u"dare_ties"_s};
    return strategies;
}

const QStringList &loraxSignMethods()
{
    static const QStringList methods{u"total"_s, u"frequency"_s};
    return methods;
}

bool loraxMergeIsSparse(const QString &strategy)
{
    return !strategy.isEmpty() && strategy != "linear"_L1;
}

bool loraxMergeVotes(const QString &strategy)
{
    return strategy == "ties"_L1 || strategy == "dare_ties"_L1;
}

} // namespace Lorikeet
