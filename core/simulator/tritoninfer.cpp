// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/loraxencoder.h"
#include "simulator/openairequest.h"
#include "simulator/tritonmodels.h"
#include "simulator/wire.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtEndian>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

constexpr auto lengthHeader = "inference-header-content-length";

Refusal invalid(const QString &message)
{
    return {.status = 400, .type = u"INVALID_ARG"_s, .message = message};
}

/// A tensor of texts that a request brought.
struct Texts
{
    QString name;
    QList<qint64> shape;
    QByteArrayList elements;
};

/// Each behind its length.
std::optional<QByteArrayList> bytesElements(QByteArrayView blob)
{
    QByteArrayList elements;
    while (!blob.isEmpty()) {
        if (blob.size() < 4) {
            return std::nullopt;
        }
        const auto length = qsizetype(qFromLittleEndian<quint32>(blob.data()));
        if (length > blob.size() - 4) {
            return std::nullopt;
        }
        elements.append(blob.sliced(4, length).toByteArray());
        blob = blob.sliced(4 + length);
    }
    return elements;
}

void flatten(const QJsonValue &value, QByteArrayList &out)
{
    if (value.isArray()) {
        for (const QJsonValue &item : value.toArray()) {
            flatten(item, out);
        }
    } else {
        out.append(value.toString().toUtf8());
    }
}

/// `blobs` is what is left of the binary part, and shrinks.
tl::expected<Texts, Refusal> readInput(const QJsonValue &input, QByteArrayView &blobs)
{
    Texts texts{.name = input["name"_L1].toString(), .shape = {}, .elements = {}};
    if (input["datatype"_L1] != "BYTES"_L1) {
        return tl::unexpected(
            invalid(u"input '%1': the model expects data type BYTES"_s.arg(texts.name)));
    }
    qint64 count = 1;
    for (const QJsonValue &size : input["shape"_L1].toArray()) {
        texts.shape.append(size.toInteger());
        count *= size.toInteger();
    }
    const QJsonValue size = input["parameters"_L1]["binary_data_size"_L1];
    if (size.isUndefined()) {
        flatten(input["data"_L1], texts.elements);
    } else {
        const qsizetype length = std::clamp<qsizetype>(size.toInteger(), 0, blobs.size());
        const auto elements = bytesElements(blobs.first(length));
        blobs = blobs.sliced(length);
        if (!elements) {
            return tl::unexpected(
                invalid(u"incomplete string length indicator for input '%1'"_s.arg(texts.name)));
        }
        texts.elements = *elements;
    }
    if (texts.elements.size() != count) {
        return tl::unexpected(
            invalid(u"unexpected total number of elements for input '%1': %2, expecting %3"_s
                    .arg(texts.name)
                    .arg(texts.elements.size())
                    .arg(count)));
    }
    return texts;
}

/// How many words of the query a document has, of all.
float scoreOf(const QByteArray &query, const QByteArray &document)
{
    const QByteArrayList words = query.toLower().split(' ');
    const QByteArray text = document.toLower();
    const auto found = std::ranges::count_if(
        words, [&text](const QByteArray &word) { return text.contains(word); });
    return float(found) / float(words.size());
}

/// A tensor of numbers to answer with, in the form that was asked for.
RouteReply answerWith(const QJsonObject &request, const TritonModel &model,
    const QList<qint64> &shape, const QList<float> &numbers)
{
    const QString name = model.outputs.front().name;
    bool isBinary = request["parameters"_L1]["binary_data_output"_L1].toBool();
    const QJsonArray outputs = request["outputs"_L1].toArray();
    for (const QJsonValue &output : outputs) {
        if (output["name"_L1].toString() != name) {
            return jsonResponse({{"error"_L1,
                                    u"unexpected inference output '%1' for model '%2'"_s.arg(
                                        output["name"_L1].toString(), model.name)}},
                400);
        }
        isBinary = output["parameters"_L1]["binary_data"_L1].toBool(isBinary);
    }
    QJsonArray sizes;
    for (const qint64 size : shape) {
        sizes.append(size);
    }
    QJsonObject output{{"name"_L1, name}, {"datatype"_L1, u"FP32"_s}, {"shape"_L1, sizes}};
    QByteArray blob;
    if (isBinary) {
        for (const float number : numbers) {
            char bytes[sizeof(float)];
            qToLittleEndian(number, bytes);
            blob.append(bytes, sizeof bytes);
        }
        output.insert("parameters"_L1, QJsonObject{{"binary_data_size"_L1, qint64(blob.size())}});
    } else {
        QJsonArray data;
        for (const float number : numbers) {
            data.append(number);
        }
        output.insert("data"_L1, data);
    }
    QJsonObject body{{"model_name"_L1, model.name}, {"model_version"_L1, u"1"_s},
        {"outputs"_L1, QJsonArray{output}}};
    if (const QJsonValue id = request["id"_L1]; id.isString()) {
        body.insert("id"_L1, id);
    }
    const QByteArray json = QJsonDocument(body).toJson(QJsonDocument::Compact);
    if (!isBinary) {
        return ServerResponse{.contentType = "application/json", .body = json};
    }
    return ServerResponse{.contentType = "application/octet-stream",
        .body = json + blob,
        .headers = {{"Inference-Header-Content-Length", QByteArray::number(json.size())}}};
}

RouteReply embed(const QJsonObject &request, const TritonModel &model, const Texts &texts)
{
    QList<float> numbers;
    for (const QByteArray &text : texts.elements) {
        for (const QJsonValue &number : embeddingOf(QString::fromUtf8(text))) {
            numbers.append(float(number.toDouble()));
        }
    }
    return answerWith(
        request, model, {qint64(texts.elements.size()), embeddingDimensions}, numbers);
}

RouteReply rank(const QJsonObject &request, const TritonModel &model, const Texts &query,
    const Texts &documents)
{
    QList<float> scores;
    for (const QByteArray &document : documents.elements) {
        scores.append(scoreOf(query.elements.value(0), document));
    }
    return answerWith(request, model, {qint64(scores.size())}, scores);
}

} // namespace

RouteReply tritonInfer(const ServerRequest &request, const RouteContext &context)
{
    const auto model = findTritonModel(context);
    if (!model) {
        return tritonRefusal(request, model.error());
    }
    if (model->decoupled) {
        return tritonRefusal(request,
            {.status = 501,
                .type = u"UNSUPPORTED"_s,
                .message
                = u"HTTP end point doesn't support models with decoupled transaction policy"_s});
    }
    const QByteArray length = request.header(lengthHeader);
    const qsizetype jsonSize = length.isEmpty()
        ? request.body.size()
        : std::clamp<qsizetype>(length.toLongLong(), 0, request.body.size());
    const auto body = readObject(request.body.first(jsonSize));
    if (!body) {
        return tritonRefusal(request, invalid(u"failed to parse the request JSON buffer"_s));
    }
    QByteArrayView blobs = QByteArrayView(request.body).sliced(jsonSize);
    QHash<QString, Texts> inputs;
    for (const QJsonValue &input : (*body)["inputs"_L1].toArray()) {
        const auto texts = readInput(input, blobs);
        if (!texts) {
            return tritonRefusal(request, texts.error());
        }
        if (!model->hasInput(texts->name)) {
            return tritonRefusal(request,
                invalid(u"unexpected inference input '%1' for model '%2'"_s.arg(
                    texts->name, model->name)));
        }
        inputs.insert(texts->name, *texts);
    }
    if (inputs.size() != qsizetype(model->inputs.size())) {
        return tritonRefusal(request,
            invalid(
                u"expected %1 inputs but got %2 inputs for model '%3'"_s.arg(model->inputs.size())
                    .arg(inputs.size())
                    .arg(model->name)));
    }
    if (model->inputs.size() > 1) {
        return rank(*body, *model, inputs[u"query"_s], inputs[u"documents"_s]);
    }
    const Texts texts = inputs[u"sentence"_s];
    if (texts.elements.size() > model->maxBatchSize) {
        return tritonRefusal(request,
            invalid(
                u"inference request batch-size must be <= %1 for '%2'"_s.arg(model->maxBatchSize)
                    .arg(model->name)));
    }
    return embed(*body, *model, texts);
}

} // namespace Lorikeet::Sim
