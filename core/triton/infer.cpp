// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/infer.h"

#include "http/bytes.h"
#include "providers/errorbody.h"
#include "providers/wirejson.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

namespace {

const auto headerLength = "Inference-Header-Content-Length"_ba;

Failure refused(const QString &sentence) { return fail(ApiError::Kind::InvalidRequest, sentence); }

Failure notInForm(const HttpReply &reply, const QString &what)
{
    return Failure(protocolError(
        u"%1 answered, but %2."_s.arg(placeOf(reply.url), what), reply.body.left(2048)));
}

void flatten(const QJsonValue &value, QJsonArray &out)
{
    if (!value.isArray()) {
        out.append(value);
        return;
    }
    for (const QJsonValue item : value.toArray()) {
        flatten(item, out);
    }
}

/// The elements in a row, or nothing for what JSON cannot say.
std::optional<QJsonArray> jsonData(const Tensor &tensor)
{
    if (tensor.type == TensorType::Fp16 || tensor.type == TensorType::Bf16) {
        return std::nullopt; // The server refuses them in JSON.
    }
    const QByteArrayList elements = tensor.bytes();
    if (!std::ranges::all_of(elements, [](const QByteArray &element) { return isUtf8(element); })) {
        return std::nullopt;
    }
    QJsonArray flat;
    flatten(tensor.toJson(), flat);
    const bool isText = tensor.type == TensorType::Bytes;
    const bool isWhole = std::ranges::none_of(flat,
        [isText](const QJsonValue &value) { return value.isNull() || value.isString() != isText; });
    return isWhole ? std::optional(flat) : std::nullopt;
}

QJsonArray toJson(const QList<qint64> &shape)
{
    QJsonArray array;
    for (const qint64 size : shape) {
        array.append(size);
    }
    return array;
}

void appendFlat(Tensor &tensor, const WireJson::Element &element, bool &isGood)
{
    WireJson::Array list;
    if (element.get_array().get(list) == simdjson::SUCCESS) {
        for (const WireJson::Element item : list) {
            appendFlat(tensor, item, isGood);
        }
        return;
    }
    if (tensor.type == TensorType::Bytes) {
        const auto text = optionalOf<std::string_view>(element);
        appendBytesElement(
            tensor.data, text ? QByteArrayView(text->data(), qsizetype(text->size())) : "");
        isGood = isGood && text;
        return;
    }
    // Through one element's JSON, which knows every type's range.
    QJsonValue value;
    if (const auto truth = optionalOf<bool>(element)) {
        value = *truth;
    } else if (element.is_uint64() && !element.is_int64()) {
        value = QString::number(element.get_uint64().value_unsafe());
    } else if (element.is_int64()) {
        value = qint64(element.get_int64().value_unsafe());
    } else if (element.is_double()) {
        value = element.get_double().value_unsafe();
    }
    if (element.is_null() && isFloat(tensor.type)) {
        value = std::numeric_limits<double>::quiet_NaN(); // what JSON writes for it
    } else if (tensor.type == TensorType::Bool && value.isDouble()) {
        value = value.toInteger() != 0;
    }
    const auto one = Tensor::fromJson(tensor.type, value, tensor.name);
    isGood = isGood && one;
    tensor.data += one ? one->data : QByteArray();
}

QJsonObject parametersOf(const WireJson::Object &object)
{
    QJsonObject result;
    if (const auto members = objectMember(object, "parameters")) {
        for (const auto &[key, value] : *members) {
            if (const auto truth = optionalOf<bool>(value)) {
                result.insert(toQString(key), *truth);
            } else if (const auto text = optionalOf<std::string_view>(value)) {
                result.insert(toQString(key), toQString(*text));
            } else if (const auto number = optionalOf<std::int64_t>(value)) {
                result.insert(toQString(key), qint64(*number));
            } else if (const auto fraction = optionalOf<double>(value)) {
                result.insert(toQString(key), *fraction);
            }
        }
    }
    return result;
}

/// One output; takes what is its own from the front of `blobs`.
Result<Tensor> outputOf(
    const WireJson::Object &object, QByteArrayView &blobs, const HttpReply &reply)
{
    const auto type = tensorTypeFromWord(stringMember(object, "datatype"));
    if (!type) {
        return notInForm(reply, u"with a tensor of a type that is not known"_s);
    }
    Tensor tensor{.name = stringMember(object, "name"), .type = *type, .shape = {}, .data = {}};
    if (const auto shape = arrayMember(object, "shape")) {
        for (const WireJson::Element size : *shape) {
            tensor.shape.append(optionalOf<std::int64_t>(size).value_or(-1));
        }
    }
    bool isGood = true;
    const QJsonValue size = parametersOf(object).value(u"binary_data_size"_s);
    if (!size.isUndefined()) {
        const qint64 length = size.toInteger(-1);
        if (length < 0 || length > blobs.size()) {
            return notInForm(reply, u"with fewer bytes than its header announces"_s);
        }
        tensor.data = blobs.first(length).toByteArray();
        blobs = blobs.sliced(length);
    } else if (const auto data = member(object, "data")) {
        appendFlat(tensor, *data, isGood);
    }
    if (!isGood) {
        return notInForm(reply,
            u"the output “%1” holds what %2 cannot be"_s.arg(tensor.name, toWord(tensor.type)));
    }
    if (const auto problem = tensor.problem()) {
        return notInForm(reply, u"its output is broken: %1"_s.arg(problem->chopped(1)));
    }
    return tensor;
}

} // namespace

std::optional<Tensor> InferReply::output(QStringView name) const
{
    const auto found = std::ranges::find(outputs, name, &Tensor::name);
    return found == outputs.end() ? std::nullopt : std::optional(*found);
}

std::optional<QString> parameterProblem(const QJsonObject &parameters, bool floats)
{
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        const QJsonValue value = it.value();
        const bool isWhole = value.isDouble() && double(value.toInteger()) == value.toDouble();
        if (!value.isBool() && !value.isString() && !isWhole && !(floats && value.isDouble())) {
            return floats
                ? u"The parameter “%1” must be a number, text or true or false."_s.arg(it.key())
                : u"The parameter “%1” must be a whole number, text or true or false."_s.arg(
                      it.key());
        }
    }
    return std::nullopt;
}

Result<QString> modelRoute(const QString &model, const QString &version, QStringView route)
{
    if (model.isEmpty()) {
        return refused(u"No model is named: Triton needs one."_s);
    }
    if (model.contains(u'/')) {
        return refused(u"“%1” cannot be a model of Triton: the name holds a slash."_s.arg(model));
    }
    if (!std::ranges::all_of(version, [](QChar c) { return c >= u'0' && c <= u'9'; })) {
        return refused(u"“%1” is no version: they are whole numbers."_s.arg(version));
    }
    QString path = u"v2/models/"_s + model;
    if (!version.isEmpty()) {
        path += u"/versions/"_s + version;
    }
    return route.isEmpty() ? path : path + u'/' + route.toString();
}

Result<HttpRequest> encodeInfer(const InferRequest &request, BodyForm form)
{
    if (const auto problem = parameterProblem(request.parameters)) {
        return refused(*problem);
    }
    QByteArray blobs;
    bool isBinary = false;
    QJsonArray inputs;
    for (const Tensor &input : request.inputs) {
        if (const auto problem = input.problem()) {
            return refused(*problem);
        }
        QJsonObject object{{u"name"_s, input.name}, {u"datatype"_s, toWord(input.type)},
            {u"shape"_s, toJson(input.shape)}};
        const auto data = form == BodyForm::Json ? jsonData(input) : std::nullopt;
        if (data) {
            object.insert(u"data"_s, *data);
        } else {
            object.insert(u"parameters"_s, QJsonObject{{u"binary_data_size"_s, input.data.size()}});
            blobs += input.data;
            isBinary = true;
        }
        inputs.append(object);
    }
    QJsonObject header{{u"inputs"_s, inputs}};
    if (!request.id.isEmpty()) {
        header.insert(u"id"_s, request.id);
    }
    QJsonObject parameters = request.parameters;
    if (form == BodyForm::Binary) {
        parameters.insert(u"binary_data_output"_s, true);
    }
    if (!parameters.isEmpty()) {
        header.insert(u"parameters"_s, parameters);
    }
    QJsonArray outputs;
    for (const QString &name : request.outputs) {
        outputs.append(QJsonObject{{u"name"_s, name}});
    }
    if (!outputs.isEmpty()) {
        header.insert(u"outputs"_s, outputs);
    }
    const QByteArray json = QJsonDocument(header).toJson(QJsonDocument::Compact);
    HttpRequest http{.verb = "POST", .url = {}, .headers = {}, .body = json + blobs};
    http.headers.append(
        Header{"Content-Type", isBinary ? "application/octet-stream" : "application/json"});
    if (isBinary) {
        http.headers.append(Header{headerLength, QByteArray::number(json.size())});
    }
    return http;
}

Result<InferReply> readInferReply(const HttpReply &reply)
{
    const QByteArray told = reply.header(headerLength);
    const qsizetype length = told.isEmpty() ? reply.body.size() : told.toLongLong();
    if (length <= 0 || length > reply.body.size()) {
        return notInForm(reply, u"the length of its JSON does not fit its body"_s);
    }
    WireJson json;
    const auto element = json.parse(QByteArrayView(reply.body).first(length));
    WireJson::Object object;
    if (!element || element->get_object().get(object) != simdjson::SUCCESS) {
        return notInForm(reply, u"not with JSON"_s);
    }
    if (member(object, "error")) {
        return Failure(inferError(reply));
    }
    InferReply result{.model = stringMember(object, "model_name"),
        .version = stringMember(object, "model_version"),
        .id = stringMember(object, "id"),
        .outputs = {},
        .parameters = parametersOf(object),
        .latency = reply.latency};
    const auto outputs = arrayMember(object, "outputs");
    if (!outputs) {
        return notInForm(reply, u"without outputs"_s);
    }
    QByteArrayView blobs = QByteArrayView(reply.body).sliced(length);
    std::optional<ApiError> problem;
    forEachObject(*outputs, [&](const WireJson::Object &output) {
        if (!problem) {
            const Result<Tensor> tensor = outputOf(output, blobs, reply);
            if (tensor) {
                result.outputs.append(*tensor);
            } else {
                problem = tensor.error();
            }
        }
    });
    if (problem) {
        return Failure(*problem);
    }
    return result;
}

ApiError inferError(const HttpReply &reply)
{
    ApiError error = errorFromReply(reply);
    const QString text = error.serverMessage;
    if (reply.status == 501 && text.contains("decoupled"_L1, Qt::CaseInsensitive)) {
        error.kind = ApiError::Kind::BadRequest;
        error.message = u"This model answers in pieces (decoupled): ask it by generate, or over "
                        "gRPC (grpc://)."_s;
    } else if (reply.status == 404 || text.contains("unknown model"_L1, Qt::CaseInsensitive)) {
        error.kind = ApiError::Kind::NotFound;
        error.message
            = u"%1 has no such model, or none that is loaded: choose one that it lists."_s.arg(
                placeOf(reply.url));
    } else if (reply.status == 403) {
        error.message = u"%1 has restricted this part of itself: give its access token as the "
                        "endpoint's key."_s.arg(placeOf(reply.url));
    }
    return error;
}

} // namespace Lorikeet::Triton
