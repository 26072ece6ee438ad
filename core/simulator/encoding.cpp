// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/encoding.h"

#include "base/random.h"
#include "simulator/openai.h"
#include "simulator/openairequest.h"
#include "simulator/tokenizer.h"
#include "simulator/wire.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

constexpr size_t dimensions = 64;
using Vector = std::array<double, dimensions>;

/// The sum of a random direction for each word, of length 1; the model turns it.
Vector vectorOf(const QString &text, const QString &model)
{
    const quint64 seed = stableHash(model.toUtf8());
    Vector sum{};
    const auto add = [&](QStringView word) {
        Random random(stableHash(word.toString().toLower().toUtf8(), seed));
        for (double &value : sum) {
            value += random.uniform() - 0.5;
        }
    };
    add(u""); // so that a text without words has one too
    for (const QStringView word : QStringView(text).split(u' ', Qt::SkipEmptyParts)) {
        add(word);
    }
    const double square = std::inner_product(sum.begin(), sum.end(), sum.begin(), 0.0);
    for (double &value : sum) {
        value /= std::sqrt(square);
    }
    return sum;
}

using Refuse = ServerResponse (*)(const ServerRequest &, const Refusal &);

/// An answer that is there all at once.
class WholeFormat : public AnswerFormat
{
public:
    /// `list` is the member with the results, of which the fault "short" takes the last one.
    WholeFormat(Script script, QJsonObject body, QLatin1StringView list, Refuse refuse)
        : AnswerFormat(std::move(script))
        , m_body(std::move(body))
        , m_list(list)
        , m_refuse(refuse)
    { }

    [[nodiscard]] ServerResponse streamHead() const override { return {}; }

    [[nodiscard]] QList<QByteArray> begin() override { return {}; }

    void appendToken(QByteArray & /*out*/, size_t /*choice*/, size_t /*index*/) override { }

    [[nodiscard]] QList<QByteArray> finish(size_t /*choice*/) override { return {}; }

    [[nodiscard]] QList<QByteArray> end(const SimulatorRecord & /*record*/) override { return {}; }

    [[nodiscard]] QList<QByteArray> failure() const override { return {}; }

    [[nodiscard]] ServerResponse whole(const SimulatorRecord &record) const override
    {
        QJsonObject body = m_body;
        addTimes(body, record);
        if (script().hasFault(SimulatorFault::Kind::Short)) {
            QJsonArray results = body[m_list].toArray();
            results.removeLast();
            body.insert(m_list, results);
        }
        return jsonResponse(body);
    }

    [[nodiscard]] ServerResponse wholeFailure() const override
    {
        return m_refuse({},
            {.status = 500,
                .type = u"InternalServerError"_s,
                .message = u"The simulated engine failed on purpose."_s});
    }

protected:
    virtual void addTimes(QJsonObject & /*body*/, const SimulatorRecord & /*record*/) const { }

private:
    QJsonObject m_body;
    QLatin1StringView m_list;
    Refuse m_refuse;
};

/// Ollama's says how long it took, in nanoseconds.
class OllamaFormat final : public WholeFormat
{
public:
    using WholeFormat::WholeFormat;

protected:
    void addTimes(QJsonObject &body, const SimulatorRecord &record) const override
    {
        const auto since = [&record](TimePoint time) {
            return qint64(std::max(time - record.received, Nanoseconds(0)).count());
        };
        body.insert("total_duration"_L1, since(Clock::now()));
        body.insert("load_duration"_L1, since(record.admitted));
    }
};

Refusal missing(const QString &member, const QString &what)
{
    return {.type = u"BadRequestError"_s,
        .message = u"%1 must be %2."_s.arg(member, what),
        .param = member};
}

std::optional<QStringList> textsOf(const QJsonValue &value)
{
    if (value.isString()) {
        return QStringList{value.toString()};
    }
    QStringList texts;
    const QJsonArray list = value.toArray();
    for (const QJsonValue &text : list) {
        texts.append(text.isObject() ? text[u"text"_s].toString() : text.toString());
    }
    return texts.isEmpty() ? std::nullopt : std::optional(texts);
}

/// The tokens of each text are counted with those that mark its ends.
Script scriptOf(const ModelChoice &model, const QStringList &texts, const RouteContext &context)
{
    constexpr qint64 marks = 2;
    Script script{.model = baseModel(context.options),
        .adapters = model.adapters,
        .answers = std::vector<Answer>(1),
        .requestId = context.requestId};
    script.fault = model.fault;
    for (const QString &text : texts) {
        script.promptTokens += tokenCount(text.toUtf8()) + marks;
    }
    return script;
}

/// With what all such answers have in common.
RouteReply answered(const QJsonObject &request, const QStringList &texts, QJsonObject body,
    QLatin1StringView list, const RouteContext &context)
{
    const QString name = request["model"_L1].toString();
    const std::optional<ModelChoice> model = findModel(context.options, name);
    if (!model) {
        return vllmRefusal({}, unknownModel(name));
    }
    Script script = scriptOf(*model, texts, context);
    body.insert("model"_L1, name.isEmpty() ? script.model : name);
    body.insert("usage"_L1,
        QJsonObject{
            {"prompt_tokens"_L1, script.promptTokens}, {"total_tokens"_L1, script.promptTokens}});
    return std::make_unique<WholeFormat>(std::move(script), std::move(body), list, vllmRefusal);
}

QJsonArray jsonVector(const QString &text, const QString &model)
{
    QJsonArray vector;
    for (const double value : vectorOf(text, model)) {
        vector.append(value);
    }
    return vector;
}

} // namespace

RouteReply openAiEmbeddings(const ServerRequest &request, const RouteContext &context)
{
    const auto body = readObject(request.body);
    if (!body) {
        return vllmRefusal(request, body.error());
    }
    const std::optional<QStringList> texts = textsOf(body->value("input"_L1));
    if (!texts) {
        return vllmRefusal(request, missing(u"input"_s, u"a text or a list of texts"_s));
    }
    QJsonArray data;
    for (const QString &text : *texts) {
        data.append(QJsonObject{{"object"_L1, u"embedding"_s}, {"index"_L1, data.size()},
            {"embedding"_L1, jsonVector(text, body->value("model"_L1).toString())}});
    }
    return answered(
        *body, *texts, {{"object"_L1, u"list"_s}, {"data"_L1, data}}, "data"_L1, context);
}

RouteReply ollamaEmbeddings(
    const QJsonObject &request, const QString &name, const RouteContext &context, Refuse refuse)
{
    const std::optional<ModelChoice> model = findModel(context.options, name);
    const QJsonValue input = request["input"_L1];
    const std::optional<QStringList> texts = textsOf(input);
    const QJsonArray list = input.toArray();
    const bool isText
        = std::ranges::all_of(list, [](const QJsonValue &each) { return each.isString(); });
    if (!model || !texts || !isText) {
        return refuse({},
            model ? Refusal{.type = u"invalid"_s, .message = u"invalid input type"_s}
                  : Refusal{.status = 404,
                        .type = u"missing"_s,
                        .message = u"model '%1' not found"_s.arg(name)});
    }
    QJsonArray vectors;
    for (const QString &text : *texts) {
        vectors.append(jsonVector(text, name));
    }
    Script script = scriptOf(*model, *texts, context);
    QJsonObject body{{"model"_L1, request["model"_L1]}, {"embeddings"_L1, vectors},
        {"prompt_eval_count"_L1, script.promptTokens}};
    return std::make_unique<OllamaFormat>(
        std::move(script), std::move(body), "embeddings"_L1, refuse);
}

RouteReply vllmRerank(const ServerRequest &request, const RouteContext &context)
{
    const auto body = readObject(request.body);
    if (!body) {
        return vllmRefusal(request, body.error());
    }
    const QString query = body->value("query"_L1).toString();
    const std::optional<QStringList> documents = textsOf(body->value("documents"_L1));
    if (query.isEmpty() || !documents) {
        return vllmRefusal(request,
            query.isEmpty() ? missing(u"query"_s, u"a text"_s)
                            : missing(u"documents"_s, u"a list of texts"_s));
    }
    const QString model = body->value("model"_L1).toString();
    const Vector asked = vectorOf(query, model);
    std::vector<std::pair<double, qsizetype>> scores;
    QStringList pairs; // each document is read with the query
    for (const QString &document : *documents) {
        const Vector found = vectorOf(document, model);
        const double score = std::inner_product(asked.begin(), asked.end(), found.begin(), 0.0);
        scores.emplace_back((score + 1) / 2, pairs.size());
        pairs.append(query + u' ' + document);
    }
    std::ranges::stable_sort(scores, std::ranges::greater(), &std::pair<double, qsizetype>::first);
    if (const int top = body->value("top_n"_L1).toInt(); top > 0 && size_t(top) < scores.size()) {
        scores.resize(size_t(top));
    }
    QJsonArray results;
    for (const auto &[score, index] : scores) {
        results.append(QJsonObject{{"index"_L1, index}, {"relevance_score"_L1, score},
            {"document"_L1, QJsonObject{{"text"_L1, documents->at(index)}}}});
    }
    return answered(*body, pairs,
        {{"id"_L1, QString(u"rerank-"_s + QString::fromLatin1(context.requestId))},
            {"results"_L1, results}},
        "results"_L1, context);
}

} // namespace Lorikeet::Sim
