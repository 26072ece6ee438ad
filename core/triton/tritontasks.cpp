// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/tritontasks.h"

#include "triton/modelclient.h"

#include <QJsonDocument>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

namespace {

/// More at once wins nothing.
constexpr qsizetype mostTexts = 512;

using Model = std::shared_ptr<ModelClient>;

Failure refused(const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); }

Failure unexpected(const QString &sentence) { return fail(ApiError::Kind::Protocol, sentence); }

template<typename Reply>
QFuture<Result<Reply>> failed(const ApiError &error)
{
    return QtFuture::makeReadyValueFuture(Result<Reply>(Failure(error)));
}

/// Deleted from the event loop, since the last to let go of it may be one of its own answers.
Model modelFor(const std::shared_ptr<InferTransport> &transport, const Target &target,
    const TaskOptions &options, const RetryNotice &told)
{
    const QString name = options.model.isEmpty() ? target.endpoint.model : options.model;
    return {new ModelClient(transport,
                ModelClient::Options{.model = name,
                    .timeout = target.endpoint.timeouts.firstToken,
                    .retry = target.endpoint.retry,
                    .told = told}),
        [](ModelClient *model) { model->deleteLater(); }};
}

std::optional<QString> problemWith(const TaskOptions &options, const QStringList &texts)
{
    if (texts.isEmpty()) {
        return u"There is no text to send."_s;
    }
    if (options.adapter != AdapterChoice()) {
        return u"Models of Triton take no adapter for this: choose another model."_s;
    }
    return std::nullopt;
}

/// By its name, else the first of the kind that is asked for.
Result<QString> outputOf(const ModelConfig &config, const QString &name, bool isText)
{
    const auto fits = [isText](const TensorInfo &output) {
        return isText ? output.type == TensorType::Bytes : isFloat(output.type);
    };
    auto found = std::ranges::find(config.outputs, name, &TensorInfo::name);
    if (found == config.outputs.end()) {
        found = std::ranges::find_if(config.outputs, fits);
    }
    if (found == config.outputs.end() || !fits(*found)) {
        return refused(
            u"The model “%1” has no output “%2”: it does something else."_s.arg(config.name, name));
    }
    return found->name;
}

/// How many texts one request may carry, and the shape of so many.
struct TextShape
{
    qsizetype most = 1;
    QList<qint64> rest; ///< behind the number of texts
    bool isBatch = false;
    bool hasCount = true; ///< the number of texts is a dimension

    [[nodiscard]] QList<qint64> of(qsizetype texts) const
    {
        return hasCount ? QList<qint64>{texts} + rest : rest;
    }
};

TextShape textShape(const ModelConfig &config)
{
    TextShape shape{.most = 1,
        .rest = config.inputs.constFirst().shape,
        .isBatch = config.batches(),
        .hasCount = config.batches()};
    if (shape.isBatch) {
        shape.most = std::min<qint64>(config.maxBatchSize, mostTexts);
    } else if (!shape.rest.isEmpty() && shape.rest.constFirst() < 0) {
        shape.most = mostTexts;
        shape.hasCount = true;
        shape.rest.removeFirst();
    }
    for (qint64 &size : shape.rest) {
        size = size < 0 ? 1 : size;
    }
    return shape;
}

Result<QList<QList<float>>> rowsOf(const Tensor &tensor, qsizetype texts)
{
    const QList<float> all = tensor.floats();
    if (all.isEmpty() || all.size() % texts != 0 || (texts > 1 && tensor.shape.value(0) != texts)) {
        return unexpected(
            u"The output “%1” does not hold a vector for each of %2 texts."_s.arg(tensor.name)
                .arg(texts));
    }
    QList<QList<float>> rows;
    for (qsizetype at = 0; at < all.size(); at += all.size() / texts) {
        rows.append(all.sliced(at, all.size() / texts));
    }
    return rows;
}

Result<QList<EmbedReply::SparseVector>> weightsOf(const Tensor &tensor, qsizetype texts)
{
    QList<EmbedReply::SparseVector> all;
    for (const QByteArray &json : tensor.bytes()) {
        const QJsonDocument document = QJsonDocument::fromJson(json);
        if (!document.isObject()) {
            return unexpected(u"The output “%1” holds something else than weights of tokens as "
                              "JSON."_s.arg(tensor.name));
        }
        EmbedReply::SparseVector weights;
        const QJsonObject object = document.object();
        for (auto it = object.begin(); it != object.end(); ++it) {
            weights.append({it.key(), float(it.value().toDouble())});
        }
        all.append(weights);
    }
    if (all.size() != texts) {
        return unexpected(
            u"The output “%1” holds weights of %2 texts instead of %3."_s.arg(tensor.name)
                .arg(all.size())
                .arg(texts));
    }
    return all;
}

/// Joins one answer to those before it.
std::optional<ApiError> addEmbeddings(
    EmbedReply &sum, const InferReply &reply, const QString &output, bool sparse, qsizetype texts)
{
    const std::optional<Tensor> tensor = reply.output(output);
    if (!tensor) {
        return unexpected(u"The answer holds no output “%1”."_s.arg(output)).value();
    }
    if (sparse) {
        const auto weights = weightsOf(*tensor, texts);
        if (!weights) {
            return weights.error();
        }
        sum.sparse.append(*weights);
    } else {
        const auto rows = rowsOf(*tensor, texts);
        if (!rows) {
            return rows.error();
        }
        sum.vectors.append(*rows);
    }
    sum.report.model = reply.model;
    sum.report.latency += reply.latency;
    ++sum.report.requests;
    return std::nullopt;
}

QFuture<Result<EmbedReply>> embedFrom(qsizetype begin, const EmbedReply &done, const Model &model,
    const ModelConfig &config, const EmbedRequest &request)
{
    const TextShape shape = textShape(config);
    const auto output
        = outputOf(config, request.sparse ? u"sparse_vecs"_s : u"dense_vecs"_s, request.sparse);
    if (!output) {
        return failed<EmbedReply>(output.error());
    }
    const QStringList part = request.inputs.mid(begin, shape.most);
    Tensor texts = Tensor::ofTexts(part, config.inputs.constFirst().name);
    texts.shape = shape.of(part.size());
    const ModelClient::Call call{
        .inputs = {texts}, .outputs = {*output}, .parameters = request.options.extraBody};
    const auto asked = shape.isBatch ? model->inferBatch(call) : model->inferSample(call);
    const auto go = [=](const Result<InferReply> &reply) {
        if (!reply) {
            return failed<EmbedReply>(reply.error());
        }
        EmbedReply sum = done;
        if (const auto error = addEmbeddings(sum, *reply, *output, request.sparse, part.size())) {
            return failed<EmbedReply>(*error);
        }
        const qsizetype next = begin + part.size();
        return next >= request.inputs.size()
            ? QtFuture::makeReadyValueFuture(Result<EmbedReply>(sum))
            : embedFrom(next, sum, model, config, request);
    };
    return QFuture(asked).then(model.get(), go).unwrap();
}

Result<RerankReply> ranksOf(
    const InferReply &reply, const QString &output, const RerankRequest &request)
{
    const std::optional<Tensor> tensor = reply.output(output);
    const QList<double> scores = tensor ? tensor->numbers() : QList<double>();
    if (scores.size() != request.documents.size()) {
        return unexpected(u"The model scored %1 of %2 documents."_s.arg(scores.size())
                .arg(request.documents.size()));
    }
    RerankReply result;
    for (qsizetype i = 0; i < scores.size(); ++i) {
        if (std::isnan(scores[i])) {
            return unexpected(u"The model's score of document %1 is no number."_s.arg(i));
        }
        result.ranks.append({.index = int(i), .score = scores[i]});
    }
    std::ranges::stable_sort(result.ranks, std::greater(), &RerankReply::Rank::score);
    if (request.top && *request.top < result.ranks.size()) {
        result.ranks.resize(std::max(0, *request.top));
    }
    result.report = {.model = reply.model, .usage = {}, .latency = reply.latency, .requests = 1};
    return result;
}

} // namespace

QFuture<Result<EmbedReply>> embed(const std::shared_ptr<InferTransport> &transport,
    const Target &target, const EmbedRequest &request, const RetryNotice &told)
{
    if (const auto problem = problemWith(request.options, request.inputs)) {
        return failed<EmbedReply>(refused(*problem).value());
    }
    if (request.dimensions) {
        return failed<EmbedReply>(
            refused(u"A model of Triton has vectors of one length: leave dimensions out."_s)
                .value());
    }
    const Model model = modelFor(transport, target, request.options, told);
    return model->config()
        .then(model.get(),
            [=](const Result<ModelConfig> &config) {
                if (!config) {
                    return failed<EmbedReply>(config.error());
                }
                if (config->inputs.isEmpty()
                    || config->inputs.constFirst().type != TensorType::Bytes) {
                    return failed<EmbedReply>(
                        refused(u"The model “%1” takes no text."_s.arg(config->name)).value());
                }
                return embedFrom(0, EmbedReply(), model, *config, request);
            })
        .unwrap();
}

QFuture<Result<RerankReply>> rerank(const std::shared_ptr<InferTransport> &transport,
    const Target &target, const RerankRequest &request, const RetryNotice &told)
{
    if (const auto problem = problemWith(request.options, request.documents)) {
        return failed<RerankReply>(refused(*problem).value());
    }
    if (request.query.isEmpty()) {
        return failed<RerankReply>(
            refused(u"There is no query to compare the documents with."_s).value());
    }
    const Model model = modelFor(transport, target, request.options, told);
    const auto ask = [=](const Result<ModelConfig> &config) {
        if (!config) {
            return failed<RerankReply>(config.error());
        }
        const auto output = outputOf(*config, u"score"_s, false);
        if (!output || config->inputs.size() < 2) {
            return failed<RerankReply>(output
                    ? refused(u"The model “%1” takes no query and documents."_s.arg(config->name))
                          .value()
                    : output.error());
        }
        return model
            ->inferSample({.inputs = {Tensor::ofTexts({request.query}, config->inputs[0].name),
                               Tensor::ofTexts(request.documents, config->inputs[1].name)},
                .outputs = {*output},
                .parameters = request.options.extraBody})
            .then(model.get(), [=, keep = model](const Result<InferReply> &reply) {
                return reply ? ranksOf(*reply, *output, request)
                             : Result<RerankReply>(Failure(reply.error()));
            });
    };
    return model->config().then(model.get(), ask).unwrap();
}

} // namespace Lorikeet::Triton
