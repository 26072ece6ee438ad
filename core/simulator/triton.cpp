// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Triton over HTTP, and its vLLM backend (facts: triton-inference-server/server src/http_server.cc,
// vllm_backend src/model.py).

#include "simulator/engine.h"
#include "simulator/loraxencoder.h"
#include "simulator/tritonmodels.h"
#include "simulator/wire.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

constexpr std::array writerInputs{TritonTensor{"text_input"_L1, "BYTES"_L1, 1},
    TritonTensor{"image"_L1, "BYTES"_L1, -1, true}, TritonTensor{"stream"_L1, "BOOL"_L1, 1, true},
    TritonTensor{"sampling_parameters"_L1, "BYTES"_L1, 1, true},
    TritonTensor{"exclude_input_in_output"_L1, "BOOL"_L1, 1, true},
    TritonTensor{"return_finish_reason"_L1, "BOOL"_L1, 1, true},
    TritonTensor{"return_cumulative_logprob"_L1, "BOOL"_L1, 1, true},
    TritonTensor{"return_logprobs"_L1, "BOOL"_L1, 1, true},
    TritonTensor{"return_num_input_tokens"_L1, "BOOL"_L1, 1, true},
    TritonTensor{"return_num_output_tokens"_L1, "BOOL"_L1, 1, true}};
constexpr std::array writerOutputs{TritonTensor{"text_output"_L1, "BYTES"_L1, -1},
    TritonTensor{"finish_reason"_L1, "BYTES"_L1, -1},
    TritonTensor{"num_input_tokens"_L1, "UINT32"_L1, 1},
    TritonTensor{"num_output_tokens"_L1, "UINT32"_L1, -1}};
constexpr std::array embedderInputs{TritonTensor{"sentence"_L1, "BYTES"_L1, 1}};
constexpr std::array embedderOutputs{TritonTensor{"dense_vecs"_L1, "FP32"_L1, embeddingDimensions}};
constexpr std::array rankerInputs{
    TritonTensor{"query"_L1, "BYTES"_L1, 1}, TritonTensor{"documents"_L1, "BYTES"_L1, -1}};
constexpr std::array rankerOutputs{TritonTensor{"score"_L1, "FP32"_L1, -1}};

/// The configuration calls text a string.
QString configType(QLatin1StringView type)
{
    return u"TYPE_"_s + (type == "BYTES"_L1 ? QString(u"STRING"_s) : QString(type));
}

RouteReply server(const ServerRequest & /*request*/, const RouteContext & /*context*/)
{
    return jsonResponse({{"name"_L1, u"triton"_s}, {"version"_L1, u"2.73.0-simulated"_s},
        {"extensions"_L1,
            QJsonArray{u"classification"_s, u"sequence"_s, u"model_repository"_s,
                u"model_configuration"_s, u"binary_tensor_data"_s, u"parameters"_s,
                u"statistics"_s}}});
}

RouteReply index(const ServerRequest & /*request*/, const RouteContext &context)
{
    QJsonArray models;
    for (const TritonModel &model : tritonModels(context.options)) {
        models.append(QJsonObject{{"name"_L1, model.name}, {"version"_L1, u"1"_s},
            {"state"_L1, u"READY"_s}, {"reason"_L1, QString()}});
    }
    models.append(QJsonObject{{"name"_L1, u"retired"_s}});
    return ServerResponse{.contentType = "application/json",
        .body = QJsonDocument(models).toJson(QJsonDocument::Compact)};
}

/// What `tell` says of the model that the path names.
template<auto tell>
RouteReply ofModel(const ServerRequest &request, const RouteContext &context)
{
    const auto model = findTritonModel(context);
    return model ? RouteReply(tell(*model, context)) : tritonRefusal(request, model.error());
}

ServerResponse metadata(const TritonModel &model, const RouteContext & /*context*/)
{
    return jsonResponse(model.metadata());
}

ServerResponse config(const TritonModel &model, const RouteContext & /*context*/)
{
    return jsonResponse(model.config());
}

ServerResponse ready(const TritonModel & /*model*/, const RouteContext & /*context*/) { return {}; }

/// Only the model that writes goes through the engine, which counts.
QJsonObject statisticsOf(const TritonModel &model, const RouteContext &context)
{
    const Statistics counted = context.engine.statistics();
    const qint64 requests = model.name == baseModel(context.options) ? counted.requests : 0;
    return {{"name"_L1, model.name}, {"version"_L1, u"1"_s}, {"inference_count"_L1, requests},
        {"execution_count"_L1, requests},
        {"inference_stats"_L1,
            QJsonObject{{"success"_L1, QJsonObject{{"count"_L1, requests - counted.dropped}}}}}};
}

ServerResponse statistics(const TritonModel &model, const RouteContext &context)
{
    return jsonResponse({{"model_stats"_L1, QJsonArray{statisticsOf(model, context)}}});
}

RouteReply allStatistics(const ServerRequest & /*request*/, const RouteContext &context)
{
    QJsonArray all;
    for (const TritonModel &model : tritonModels(context.options)) {
        all.append(statisticsOf(model, context));
    }
    return jsonResponse({{"model_stats"_L1, all}});
}

bool holdsToken(const ServerRequest &request, const QByteArray &key)
{
    return request.header("triton-access-token") == key || holdsBearerKey(request, key);
}

// The first that fits counts: those of one model come behind the ones that would pass for a name.
constexpr Route routes[] = {
    {"GET", "/v2", false, server},
    {"GET", "/v2/health/live", false, healthy},
    {"GET", "/v2/health/ready", false, healthy},
    {"POST", "/v2/repository/index", true, index},
    {"GET", "/v2/models/stats", true, allStatistics},
    {"GET", "/v2/models/*/versions/1/stats", true, ofModel<statistics>},
    {"GET", "/v2/models/*/versions/1/config", true, ofModel<config>},
    {"GET", "/v2/models/*/versions/1/ready", true, ofModel<ready>},
    {"POST", "/v2/models/*/versions/1/infer", true, tritonInfer},
    {"POST", "/v2/models/*/versions/1/generate", true, tritonGenerate},
    {"POST", "/v2/models/*/versions/1/generate_stream", true, tritonGenerateStream},
    {"GET", "/v2/models/*/versions/1", true, ofModel<metadata>},
    {"GET", "/v2/models/*/stats", true, ofModel<statistics>},
    {"GET", "/v2/models/*/config", true, ofModel<config>},
    {"GET", "/v2/models/*/ready", true, ofModel<ready>},
    {"POST", "/v2/models/*/infer", true, tritonInfer},
    {"POST", "/v2/models/*/generate", true, tritonGenerate},
    {"POST", "/v2/models/*/generate_stream", true, tritonGenerateStream},
    {"GET", "/v2/models/*", true, ofModel<metadata>},
};

} // namespace

QJsonObject TritonModel::metadata() const
{
    const auto tensors = [this](std::span<const TritonTensor> list) {
        QJsonArray array;
        for (const TritonTensor &tensor : list) {
            QJsonArray shape{tensor.size};
            if (maxBatchSize > 0) {
                shape.prepend(-1); // the batch, which the configuration leaves out
            }
            array.append(QJsonObject{
                {"name"_L1, tensor.name}, {"datatype"_L1, tensor.type}, {"shape"_L1, shape}});
        }
        return array;
    };
    return {{"name"_L1, name}, {"versions"_L1, QJsonArray{u"1"_s}}, {"platform"_L1, backend},
        {"inputs"_L1, tensors(inputs)}, {"outputs"_L1, tensors(outputs)}};
}

QJsonObject TritonModel::config() const
{
    const auto tensors = [](std::span<const TritonTensor> list) {
        QJsonArray array;
        for (const TritonTensor &tensor : list) {
            array.append(
                QJsonObject{{"name"_L1, tensor.name}, {"data_type"_L1, configType(tensor.type)},
                    {"dims"_L1, QJsonArray{tensor.size}}, {"optional"_L1, tensor.optional}});
        }
        return array;
    };
    return {{"name"_L1, name}, {"platform"_L1, QString()}, {"backend"_L1, backend},
        {"max_batch_size"_L1, maxBatchSize}, {"input"_L1, tensors(inputs)},
        {"output"_L1, tensors(outputs)},
        {"model_transaction_policy"_L1, QJsonObject{{"decoupled"_L1, decoupled}}}};
}

bool TritonModel::hasInput(QStringView input) const
{
    return std::ranges::any_of(
        inputs, [input](const TritonTensor &tensor) { return tensor.name == input; });
}

QList<TritonModel> tritonModels(const SimulatorOptions &options)
{
    return {{baseModel(options), "vllm"_L1, 0, true, writerInputs, writerOutputs},
        {u"embedder"_s, "python"_L1, 16, false, embedderInputs, embedderOutputs},
        {u"reranker"_s, "python"_L1, 0, false, rankerInputs, rankerOutputs}};
}

tl::expected<TritonModel, Refusal> findTritonModel(const RouteContext &context)
{
    const QString name = QString::fromUtf8(context.name);
    for (const TritonModel &model : tritonModels(context.options)) {
        if (model.name == name) {
            return model;
        }
    }
    return tl::unexpected(Refusal{.status = 404,
        .type = u"NOT_FOUND"_s,
        .message = u"Request for unknown model: '%1' is not found"_s.arg(name)});
}

ServerResponse tritonRefusal(const ServerRequest & /*request*/, const Refusal &refusal)
{
    // A protocol that is restricted is forbidden, whoever asks.
    return refusal.status == 401 ? jsonResponse({{"error"_L1,
                                                    u"This API is restricted, expecting header "
                                                    "'triton-access-token'"_s}},
                                       403)
                                 : jsonResponse({{"error"_L1, refusal.message}}, refusal.status);
}

const Personality &tritonPersonality();

const Personality &tritonPersonality()
{
    static const Personality personality{.name = "triton"_L1,
        .text = "Triton over HTTP: vLLM's backend, an embedder and a reranker"_L1,
        .routes = routes,
        .refuse = tritonRefusal,
        .holdsKey = holdsToken,
        .headers = {},
        .base = {}};
    return personality;
}

} // namespace Lorikeet::Sim
