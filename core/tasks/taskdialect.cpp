// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tasks/taskdialect.h"

#include "providers/baseurl.h"
#include "providers/servers.h"
#include "providers/wireparts.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Where a route lies. The first letter tells: '/' at the server's root, else below the base that
/// holds the version. Empty: there is none.
struct Row
{
    TaskDialect dialect;
    QStringView name;
    QStringView embed;
    QStringView rerank;
    QStringView classify;
    qsizetype inputs; ///< at most in one request
};

// OpenAI takes 2,048 texts at once and TEI 32 as it is started; the others name no limit, and a
// request of more than some hundred texts wins nothing.
constexpr std::array rows{
    Row{TaskDialect::OpenAi, u"openai", u"embeddings", u"", u"", 2048},
    Row{TaskDialect::Mistral, u"mistral", u"embeddings", u"", u"", 512},
    Row{TaskDialect::Vllm, u"vllm", u"embeddings", u"/rerank", u"/classify", 512},
    Row{TaskDialect::LlamaCpp, u"llama.cpp", u"embeddings", u"rerank", u"", 512},
    Row{TaskDialect::Sglang, u"sglang", u"embeddings", u"rerank", u"classify", 512},
    Row{TaskDialect::Ollama, u"ollama", u"/api/embed", u"", u"", 512},
    // Its /embed and /classify take one text; these do the same for many.
    Row{TaskDialect::Lorax, u"lorax", u"/v1/embeddings", u"", u"/classify_batch", 512},
    Row{TaskDialect::Tei, u"tei", u"/embed", u"/rerank", u"/predict", 32},
    Row{TaskDialect::Cohere, u"cohere", u"", u"/v2/rerank", u"", 96},
    Row{TaskDialect::Jina, u"jina", u"embeddings", u"rerank", u"", 512},
    Row{TaskDialect::Infinity, u"infinity", u"/embeddings", u"/rerank", u"/classify", 512},
    Row{TaskDialect::Triton, u"triton", u"", u"", u"", 512},
};

const Row &rowOf(TaskDialect dialect) { return *std::ranges::find(rows, dialect, &Row::dialect); }

Failure refused(const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); }

Result<HttpRequest> post(
    const Target &target, QStringView route, const TaskOptions &options, QJsonObject body)
{
    for (auto it = options.extraBody.begin(); it != options.extraBody.end(); ++it) {
        body.insert(it.key(), it.value());
    }
    Result<Headers> headers = requestHeaders(target, "application/json", true);
    if (!headers) {
        return Failure(headers.error());
    }
    const QUrl &typed = target.endpoint.url;
    return HttpRequest{.verb = "POST",
        .url = route.startsWith(u'/') ? joined(serverRoot(typed), route.sliced(1))
                                      : joined(openAiBase(typed), route),
        .headers = *std::move(headers),
        .body = QJsonDocument(body).toJson(QJsonDocument::Compact)};
}

QString modelOf(const Target &target, const TaskOptions &options)
{
    return options.model.isEmpty() ? target.endpoint.model : options.model;
}

/// `model`, where there is one to name.
QJsonObject bodyWithModel(const Target &target, const TaskOptions &options)
{
    const QString model = modelOf(target, options);
    return model.isEmpty() ? QJsonObject() : QJsonObject{{u"model"_s, model}};
}

/// LoRAX' members of `parameters`; the other servers take no adapter here.
Result<QJsonObject> adapterOf(TaskDialect dialect, const AdapterChoice &adapter)
{
    QJsonObject parameters;
    if (adapter == AdapterChoice()) {
        return parameters;
    }
    if (dialect != TaskDialect::Lorax) {
        return refused(
            u"An adapter can be chosen at LoRAX only; elsewhere its name goes for the model's."_s);
    }
    if (!adapter.scales.isEmpty() || adapter.merged) {
        return refused(u"Scales and merged adapters cannot be sent with this task."_s);
    }
    parameters.insert(u"adapter_id"_s, adapter.id);
    if (!adapter.source.isEmpty()) {
        parameters.insert(u"adapter_source"_s, adapter.source);
    }
    if (!adapter.token.isEmpty()) {
        parameters.insert(u"api_token"_s, adapter.token.reveal());
    }
    return parameters;
}

/// What is wrong with the texts themselves.
std::optional<QString> problemWith(const QStringList &texts)
{
    if (texts.isEmpty()) {
        return u"There is no text to send."_s;
    }
    if (texts.contains(QString())) {
        return u"One of the texts is empty, which most servers refuse."_s;
    }
    return std::nullopt;
}

Failure missing(TaskDialect dialect, QStringView what)
{
    return refused(
        u"There is no route for %1 in the dialect “%2”: choose another dialect if the server has one."_s
            .arg(what, taskDialectName(dialect)));
}

} // namespace

QString taskDialectName(TaskDialect dialect) { return rowOf(dialect).name.toString(); }

std::optional<TaskDialect> taskDialectFromName(const QString &name)
{
    const auto row = std::ranges::find_if(rows,
        [&name](const Row &each) { return each.name.compare(name, Qt::CaseInsensitive) == 0; });
    return row == rows.end() ? std::nullopt : std::optional(row->dialect);
}

QStringList taskDialectNames()
{
    QStringList names;
    for (const Row &row : rows) {
        names.append(row.name.toString());
    }
    return names;
}

TaskDialect taskDialectOf(const Endpoint &endpoint)
{
    const QString host = endpoint.url.host().toLower();
    if (host.endsWith("cohere.com"_L1) || host.endsWith("cohere.ai"_L1)) {
        return TaskDialect::Cohere;
    }
    if (host.endsWith("jina.ai"_L1)) {
        return TaskDialect::Jina;
    }
    Server server = serverFromName(endpoint.server);
    if (server == Server::Unknown) {
        server = serverFromHost(endpoint.url);
    }
    switch (server) {
    case Server::Mistral:
        return TaskDialect::Mistral;
    case Server::Vllm:
        return TaskDialect::Vllm;
    case Server::LlamaCpp:
        return TaskDialect::LlamaCpp;
    case Server::Sglang:
        return TaskDialect::Sglang;
    case Server::Ollama:
        return TaskDialect::Ollama;
    case Server::Lorax:
        return TaskDialect::Lorax;
    case Server::Triton:
        return TaskDialect::Triton;
    default:
        return taskDialectFromName(endpoint.provider).value_or(TaskDialect::OpenAi);
    }
}

qsizetype taskInputLimit(TaskDialect dialect) { return rowOf(dialect).inputs; }

Result<HttpRequest> encodeTask(
    TaskDialect dialect, const Target &target, const EmbedRequest &request)
{
    if (const auto problem = problemWith(request.inputs)) {
        return refused(*problem);
    }
    if (rowOf(dialect).embed.isEmpty()) {
        return missing(dialect, u"embeddings");
    }
    Result<QJsonObject> parameters = adapterOf(dialect, request.options.adapter);
    if (!parameters) {
        return Failure(parameters.error());
    }
    QStringView route = rowOf(dialect).embed;
    if (request.sparse) {
        if (dialect != TaskDialect::Tei) {
            return missing(dialect, u"sparse embeddings");
        }
        route = u"/embed_sparse";
    }
    QJsonObject body = bodyWithModel(target, request.options);
    const bool isTei = dialect == TaskDialect::Tei;
    body.insert(isTei ? u"inputs"_s : u"input"_s, QJsonArray::fromStringList(request.inputs));
    if (isTei) {
        body.remove(u"model"_s); // one server, one model
    } else if (dialect == TaskDialect::Lorax) {
        // Demanded and not looked at.
        body.insert(u"model"_s, body[u"model"_s].toString());
        if (!parameters->isEmpty()) {
            body.insert(u"parameters"_s, *parameters);
        }
    }
    if (request.dimensions) {
        body.insert(dialect == TaskDialect::Mistral ? u"output_dimension"_s : u"dimensions"_s,
            *request.dimensions);
    }
    return post(target, route, request.options, body);
}

Result<HttpRequest> encodeTask(
    TaskDialect dialect, const Target &target, const RerankRequest &request)
{
    if (request.query.isEmpty()) {
        return refused(u"There is no query to compare the documents with."_s);
    }
    if (const auto problem = problemWith(request.documents)) {
        return refused(*problem);
    }
    if (rowOf(dialect).rerank.isEmpty()) {
        return missing(dialect, u"reranking");
    }
    if (const auto parameters = adapterOf(dialect, request.options.adapter); !parameters) {
        return Failure(parameters.error());
    }
    const QJsonArray documents = QJsonArray::fromStringList(request.documents);
    if (dialect == TaskDialect::Tei) {
        return post(target, u"/rerank", request.options,
            {{u"query"_s, request.query}, {u"texts"_s, documents}});
    }
    QJsonObject body = bodyWithModel(target, request.options);
    if (request.scores) {
        if (dialect != TaskDialect::Vllm) {
            return missing(dialect, u"scores of pairs");
        }
        body.insert(u"text_1"_s, request.query);
        body.insert(u"text_2"_s, documents);
        return post(target, u"/score", request.options, body);
    }
    body.insert(u"query"_s, request.query);
    body.insert(u"documents"_s, documents);
    if (request.top) {
        body.insert(u"top_n"_s, *request.top);
    }
    return post(target, rowOf(dialect).rerank, request.options, body);
}

Result<HttpRequest> encodeTask(
    TaskDialect dialect, const Target &target, const ClassifyRequest &request)
{
    if (const auto problem = problemWith(request.inputs)) {
        return refused(*problem);
    }
    if (rowOf(dialect).classify.isEmpty()) {
        return missing(dialect, u"classifying");
    }
    const Result<QJsonObject> parameters = adapterOf(dialect, request.options.adapter);
    if (!parameters) {
        return Failure(parameters.error());
    }
    const QJsonArray inputs = QJsonArray::fromStringList(request.inputs);
    if (dialect == TaskDialect::Tei) {
        // A list of texts is a pair to /predict; a list of lists is a batch.
        QJsonArray batch;
        for (const QString &input : request.inputs) {
            batch.append(QJsonArray{input});
        }
        return post(target, u"/predict", request.options, {{u"inputs"_s, batch}});
    }
    if (dialect == TaskDialect::Lorax) {
        QJsonObject body{{u"inputs"_s, inputs}};
        if (!parameters->isEmpty()) {
            body.insert(u"parameters"_s, *parameters);
        }
        return post(target, rowOf(dialect).classify, request.options, body);
    }
    QJsonObject body = bodyWithModel(target, request.options);
    body.insert(u"input"_s, inputs);
    return post(target, rowOf(dialect).classify, request.options, body);
}

} // namespace Lorikeet
