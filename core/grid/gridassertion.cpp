// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "grid/gridassertion.h"

#include "base/invalidrequest.h"
#include "schema/answerjson.h"
#include "templates/templateparser.h"
#include "templates/templaterenderer.h"
#include "templates/templatevariables.h"

#include <QRegularExpression>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using Kind = GridAssertion::Kind;

struct KindName
{
    Kind kind;
    QLatin1StringView name;
};

constexpr std::array kindNames{KindName{Kind::Contains, "contains"_L1},
    KindName{Kind::Regex, "regex"_L1}, KindName{Kind::Equals, "equals"_L1},
    KindName{Kind::Number, "number"_L1}, KindName{Kind::Schema, "schema"_L1},
    KindName{Kind::MaxLatency, "max-latency"_L1}, KindName{Kind::MaxTokens, "max-tokens"_L1}};

Result<double> limitFrom(const QString &text, const QString &spec)
{
    bool isNumber = false;
    const double limit = text.toDouble(&isNumber);
    if (!isNumber || !(limit >= 0)) {
        return invalidRequest(
            u"“%1” is no number from 0 on, in the assertion “%2”."_s.arg(text, spec));
    }
    return limit;
}

QString placeOf(const GridAssertion &assertion)
{
    return u"The assertion “%1”"_s.arg(assertion.spec);
}

/// The last number in a text.
std::optional<double> numberIn(const QString &text)
{
    static const QRegularExpression number(
        u"[-+]?(?:\\d[\\d,]*\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?"_s);
    std::optional<double> last;
    for (auto matches = number.globalMatch(text); matches.hasNext();) {
        QString digits = matches.next().captured().remove(u',');
        bool isNumber = false;
        const double value = digits.toDouble(&isNumber);
        last = isNumber ? value : last;
    }
    return last;
}

std::optional<QString> schemaViolation(const JsonSchema &schema, const QString &answer)
{
    const Result<AnswerCheck> check = checkAnswer(answer, schema, true);
    if (!check) {
        return check.error().message;
    }
    if (check->isValid()) {
        return std::nullopt;
    }
    return check->violations.isEmpty() ? u"there is no JSON"_s
                                       : toText(check->violations.constFirst());
}

std::optional<QString> above(
    const QJsonValue &value, double scale, double limit, const QString &unit)
{
    if (value.isUndefined()) {
        return u"it is not known how many %1 it took"_s.arg(unit);
    }
    const double taken = value.toDouble() * scale;
    return taken <= limit
        ? std::nullopt
        : std::optional(u"it took %1 %2"_s.arg(QString::number(taken, 'g', 4), unit));
}

} // namespace

Result<GridAssertion> assertionFromText(const QString &spec, const FileReader &read)
{
    const qsizetype at = spec.indexOf(u'=');
    GridAssertion assertion{.spec = spec, .text = at < 0 ? QString() : spec.sliced(at + 1)};
    const auto *const known
        = std::ranges::find(kindNames, at < 0 ? spec : spec.first(at).trimmed(), &KindName::name);
    if (at < 0 || known == kindNames.end() || assertion.text.isEmpty()) {
        QStringList names;
        for (const KindName &kind : kindNames) {
            names.append(kind.name + u'=');
        }
        return invalidRequest(u"An assertion is one of %1 with a value behind it, not “%2”."_s.arg(
            names.join(u", "_s), spec));
    }
    assertion.kind = known->kind;
    Result<double> limit = 0;
    if (assertion.kind == Kind::MaxLatency || assertion.kind == Kind::MaxTokens) {
        limit = limitFrom(assertion.text, spec);
        assertion.text.clear();
    } else if (const qsizetype tilde = toleranceIn(assertion.text);
        assertion.kind == Kind::Number && tilde >= 0) {
        limit = limitFrom(assertion.text.sliced(tilde + 1), spec);
        assertion.text.truncate(tilde);
    } else if (assertion.kind == Kind::Schema) {
        const Result<QByteArray> content = read(assertion.text);
        const Result<JsonSchema> schema
            = content ? JsonSchema::from(*content, {}) : Failure(content.error());
        if (!schema) {
            return Failure(schema.error());
        }
        assertion.schema = *schema;
        assertion.text.clear();
    }
    if (!limit) {
        return Failure(limit.error());
    }
    assertion.limit = *limit;
    return columnsOf(assertion).map([&assertion](const QStringList &) { return assertion; });
}

qsizetype toleranceIn(const QString &value)
{
    const qsizetype tilde = value.lastIndexOf(u'~');
    return tilde > 0 && !value.endsWith("}}"_L1) ? tilde : -1;
}

Result<QStringList> columnsOf(const GridAssertion &assertion)
{
    return parseTemplate(assertion.text, placeOf(assertion)).map([](const TemplateBlock &block) {
        QStringList names;
        for (const UsedVariable &used : variablesOf(block)) {
            names.append(used.name);
        }
        return names;
    });
}

Result<QString> expectedOf(const GridAssertion &assertion, const QJsonObject &row)
{
    const QString place = placeOf(assertion);
    const Result<TemplateBlock> block = parseTemplate(assertion.text, place);
    Result<QString> text = block ? renderTemplate(*block, row, place) : Failure(block.error());
    if (!text) {
        return text;
    }
    if (assertion.kind == Kind::Number && !numberIn(*text)) {
        return invalidRequest(u"%1: “%2” is no number."_s.arg(place, *text));
    }
    if (assertion.kind == Kind::Regex) {
        if (const QRegularExpression pattern(*text); !pattern.isValid()) {
            return invalidRequest(
                u"%1: “%2” is no pattern: %3."_s.arg(place, *text, pattern.errorString()));
        }
    }
    return text;
}

std::optional<QString> violation(
    const GridAssertion &assertion, const QString &expected, const QJsonObject &result)
{
    const QString answer = result[u"text"_s].toString();
    const QJsonObject metrics = result[u"metrics"_s].toObject();
    switch (assertion.kind) {
    case Kind::Contains:
        return answer.contains(expected) ? std::nullopt
                                         : std::optional(u"“%1” is not in it"_s.arg(expected));
    case Kind::Regex:
        return QRegularExpression(expected).match(answer).hasMatch()
            ? std::nullopt
            : std::optional(u"nothing in it matches “%1”"_s.arg(expected));
    case Kind::Equals:
        return answer.trimmed() == expected.trimmed()
            ? std::nullopt
            : std::optional(u"it is not “%1”"_s.arg(expected));
    case Kind::Number: {
        const std::optional<double> found = numberIn(answer);
        const double wanted = numberIn(expected).value_or(0);
        if (!found) {
            return u"there is no number in it"_s;
        }
        return std::abs(*found - wanted) <= assertion.limit
            ? std::nullopt
            : std::optional(u"%1 is not %2"_s.arg(
                  QString::number(*found, 'g', 12), QString::number(wanted, 'g', 12)));
    }
    case Kind::Schema:
        return schemaViolation(*assertion.schema, answer);
    case Kind::MaxLatency:
        return above(metrics[u"total_ns"_s], 1e-9, assertion.limit, u"s"_s);
    case Kind::MaxTokens:
        return above(metrics[u"output_tokens"_s], 1, assertion.limit, u"tokens"_s);
    }
    return std::nullopt;
}

} // namespace Lorikeet
