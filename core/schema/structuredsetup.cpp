// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/structuredsetup.h"

#include "providers/provider.h"
#include "providers/registry.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Of violations that are told to the model: more would not help it.
constexpr qsizetype mostTold = 20;

ParameterSpecs parametersOf(const Target &target)
{
    const Provider *provider = findProvider(target.endpoint.provider);
    return provider ? provider->parameters(target.endpoint.server) : ParameterSpecs();
}

} // namespace

QString toWord(SchemaVerdict::State state)
{
    switch (state) {
    case SchemaVerdict::State::Unchecked:
        return u"unchecked"_s;
    case SchemaVerdict::State::Valid:
        return u"valid"_s;
    case SchemaVerdict::State::Invalid:
        return u"invalid"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

QString toWord(StructuredOptions::Again again)
{
    switch (again) {
    case StructuredOptions::Again::WithErrors:
        return u"errors"_s;
    case StructuredOptions::Again::Plainly:
        return u"plainly"_s;
    case StructuredOptions::Again::Hotter:
        return u"hotter"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

QString toWord(SchemaCarrying::Way way)
{
    switch (way) {
    case SchemaCarrying::Way::Native:
        return u"native"_s;
    case SchemaCarrying::Way::Tool:
        return u"tool"_s;
    case SchemaCarrying::Way::Words:
        return u"words"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

QString toWord(AnswerJson::Around around)
{
    switch (around) {
    case AnswerJson::Around::Nothing:
        return u"nothing"_s;
    case AnswerJson::Around::CodeFence:
        return u"code-fence"_s;
    case AnswerJson::Around::Words:
        return u"words"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

bool mayAcceptAround(const SchemaVerdict &verdict)
{
    return verdict.around != AnswerJson::Around::Nothing && verdict.violations.size() == 1
        && verdict.violations.constFirst().keyword == "json"_L1;
}

QString correctionOf(const QList<SchemaViolation> &violations)
{
    QString text = u"Your answer does not keep to the JSON Schema:\n"_s;
    for (const SchemaViolation &violation :
        violations.first(std::min(mostTold, violations.size()))) {
        text += u"- %1\n"_s.arg(toText(violation));
    }
    return text + u"Give the corrected JSON, whole, and nothing else."_s;
}

std::optional<QString> problemOf(const Target &target, const StructuredOptions &options)
{
    if (options.maxAttempts < 1) {
        return u"At least one attempt is needed."_s;
    }
    if (options.maxAttempts > 1 && options.again == StructuredOptions::Again::Hotter
        && !findParameter(parametersOf(target), u"temperature")) {
        return u"%1 takes no temperature, which would be raised: ask again plainly or "
               "with the errors."_s.arg(target.endpoint.provider);
    }
    return std::nullopt;
}

ChatRequest nextAttempt(const Target &target, const ChatRequest &first, int count,
    const StructuredOptions &options, const QString &last, const QList<SchemaViolation> &violations)
{
    ChatRequest next = first;
    if (options.again == StructuredOptions::Again::WithErrors) {
        // The last one alone: what earlier ones did wrong is no help any more.
        next.messages.append({.role = Role::Assistant, .content = last});
        next.messages.append({.role = Role::User, .content = correctionOf(violations)});
        return next;
    }
    next.parameters = withSeedAfter(first.parameters, count);
    if (options.again == StructuredOptions::Again::Hotter) {
        const ParameterSpecs specs = parametersOf(target);
        if (const ParameterSpec *spec = findParameter(specs, u"temperature")) {
            const double usual = spec->serverDefault.toDouble(1);
            const double base = next.parameters.value(u"temperature"_s).toDouble(usual);
            const double most = spec->maximum.value_or(spec->sliderMaximum.value_or(2));
            next.parameters.insert(
                u"temperature"_s, std::min(base + options.heat * count, std::max(base, most)));
        }
    }
    return next;
}

QString failureOf(int count, const QList<SchemaViolation> &violations, FinishReason::Kind finish)
{
    const QString wrong
        = violations.isEmpty() ? u"it broke off"_s : toText(violations.constFirst());
    const QString reason = finish == FinishReason::Kind::Length
        ? u" It was cut off at the limit of tokens: a higher one would help."_s
        : QString();
    return count == 1
        ? u"The answer does not keep to the schema: %1.%2"_s.arg(wrong, reason)
        : u"None of %1 answers keeps to the schema; of the last, %2.%3"_s.arg(count).arg(
              wrong, reason);
}

} // namespace Lorikeet
