// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "schema/jsonschema.h"

#include "base/invalidrequest.h"
#include "schema/partialjson.h"
#include "schema/schemaevaluation.h"

#include <QPromise>
#include <QtConcurrentRun>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

using enum SchemaDraft;

constexpr std::array<std::pair<SchemaDraft, QLatin1StringView>, 5> words{
    {{Draft4, "draft4"_L1}, {Draft6, "draft6"_L1}, {Draft7, "draft7"_L1},
        {Draft201909, "draft2019-09"_L1}, {Draft202012, "draft2020-12"_L1}}};

QString textMember(const JsonNode &node, QLatin1StringView key)
{
    const JsonNode *member = node.find(key);
    return member && member->is(JsonNode::Kind::String) ? member->text : QString();
}

SchemaDraft draftOf(const JsonNode &schema, const JsonSchema::Options &options)
{
    if (options.draft) {
        return *options.draft;
    }
    const QString uri = textMember(schema, "$schema"_L1);
    if (const auto draft = draftFromUri(uri)) {
        return *draft;
    }
    const auto own = options.documents.constFind(uri);
    if (own != options.documents.constEnd()) {
        return draftFromUri(textMember(*own, "$schema"_L1)).value_or(Draft202012);
    }
    return schema.find("definitions"_L1) && !schema.find("$defs"_L1) ? Draft7 : Draft202012;
}

/// Made once; checked by no other, since they are ours.
const JsonSchema::Compiled &compiledMeta(SchemaDraft draft)
{
    static const std::array all = [] {
        std::array<std::shared_ptr<const JsonSchema::Compiled>, words.size()> made;
        for (const auto &[each, word] : words) {
            made[size_t(each)] = *compileSchema(metaSchema(each), each, {});
        }
        return made;
    }();
    return *all[size_t(draft)];
}

Result<> checkAgainstMeta(const JsonNode &schema, SchemaDraft draft)
{
    if (!schema.is(JsonNode::Kind::Object)
        && (draft == Draft4 || !schema.is(JsonNode::Kind::Boolean))) {
        return invalidRequest(u"The schema cannot be used: a schema is a JSON object."_s);
    }
    const Result<SchemaReport> report = SchemaEvaluation(compiledMeta(draft), {}, {}).run(schema);
    if (!report) {
        return Failure(report.error());
    }
    if (report->isValid()) {
        return {};
    }
    QStringList reasons;
    for (const SchemaViolation &violation :
        report->violations.first(std::min<qsizetype>(3, report->violations.size()))) {
        reasons.append(u"#%1 %2"_s.arg(violation.instancePath, violation.message));
    }
    ApiError error
        = invalidRequest(u"The schema cannot be used, since it does not keep to %1: %2."_s.arg(
                             toWord(draft), reasons.join(u"; "_s)))
              .value();
    error.param = u'#' + report->violations.constFirst().instancePath;
    return Failure(error);
}

} // namespace

QString toWord(SchemaDraft draft) { return words[size_t(draft)].second; }

std::optional<SchemaDraft> draftFromWord(QStringView word)
{
    for (const auto &[draft, each] : words) {
        if (word == each) {
            return draft;
        }
    }
    return std::nullopt;
}

std::optional<SchemaDraft> draftFromUri(QStringView uri)
{
    const auto bare = [](QStringView text) {
        if (text.endsWith(u'#')) {
            text.chop(1);
        }
        const qsizetype scheme = text.indexOf(u"://");
        return scheme < 0 ? text : text.sliced(scheme); // http and https are taken for each other
    };
    for (const auto &[draft, word] : words) {
        const QString own = metaSchemaUri(draft);
        if (!uri.isEmpty() && bare(uri) == bare(own)) {
            return draft;
        }
    }
    return std::nullopt;
}

QStringList draftWords()
{
    QStringList all;
    for (const auto &[draft, word] : words) {
        all.append(word);
    }
    return all;
}

QString toText(const SchemaViolation &violation)
{
    return violation.instancePath.isEmpty()
        ? u"it %1"_s.arg(violation.message)
        : u"%1 %2"_s.arg(violation.instancePath, violation.message);
}

JsonSchema::JsonSchema(std::shared_ptr<const Compiled> compiled)
    : m_compiled(std::move(compiled))
{ }

Result<JsonSchema> JsonSchema::from(const JsonNode &schema, const Options &options)
{
    const SchemaDraft draft = draftOf(schema, options);
    if (const Result<> fits = checkAgainstMeta(schema, draft); !fits) {
        return Failure(fits.error());
    }
    return compileSchema(schema, draft, options.documents)
        .map([](const std::shared_ptr<const Compiled> &compiled) { return JsonSchema(compiled); });
}

Result<JsonSchema> JsonSchema::from(const JsonNode &schema) { return from(schema, Options()); }

Result<JsonSchema> JsonSchema::from(const QByteArray &utf8, const Options &options)
{
    const Result<JsonNode> schema = parseJson(utf8);
    if (!schema) {
        return invalidRequest(u"The schema is no JSON. "_s + schema.error().message);
    }
    return from(*schema, options);
}

SchemaDraft JsonSchema::draft() const { return m_compiled->draft; }

const JsonNode &JsonSchema::source() const { return m_compiled->source; }

Result<SchemaReport> JsonSchema::check(
    const JsonNode &value, const SchemaLimits &limits, const std::function<bool()> &isStopped) const
{
    return SchemaEvaluation(*m_compiled, limits, isStopped).run(value);
}

QFuture<Result<SchemaReport>> JsonSchema::checkAside(
    const JsonNode &value, const SchemaLimits &limits) const
{
    return QtConcurrent::run([schema = *this, value, limits](
                                 QPromise<Result<SchemaReport>> &promise) {
        promise.addResult(schema.check(value, limits, [&promise] { return promise.isCanceled(); }));
    });
}

std::optional<SchemaViolation> JsonSchema::firstCertain(
    const JsonNode &growing, const SchemaLimits &limits) const
{
    SchemaLimits few = limits;
    few.violations = 1;
    const Result<SchemaReport> report = check(growing, few);
    return report && !report->isValid() ? std::optional(report->violations.constFirst())
                                        : std::nullopt;
}

} // namespace Lorikeet
