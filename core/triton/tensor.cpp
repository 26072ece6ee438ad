// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/tensor.h"

#include "triton/tensorelement.h"

#include <QJsonArray>
#include <QtEndian>

#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

namespace {

/// Why a value cannot be in the tensor, in one sentence; else it has been appended.
std::optional<QString> appendNested(Tensor &tensor, const QJsonValue &value, qsizetype depth)
{
    if (!value.isArray()) {
        if (depth != tensor.shape.size()) {
            return u"The lists of “%1” are not equally deep."_s.arg(tensor.name);
        }
        if (!appendValue(tensor.data, tensor.type, value)) {
            return u"“%1” holds a value that %2 cannot be."_s.arg(tensor.name, toWord(tensor.type));
        }
        return std::nullopt;
    }
    const QJsonArray list = value.toArray();
    if (depth >= tensor.shape.size() || list.size() != tensor.shape[depth]) {
        return u"The lists of “%1” are not equally long."_s.arg(tensor.name);
    }
    for (const QJsonValue item : list) {
        if (auto problem = appendNested(tensor, item, depth + 1)) {
            return problem;
        }
    }
    return std::nullopt;
}

QJsonValue nested(
    const QList<qint64> &shape, qsizetype depth, QList<QJsonValue>::const_iterator &next)
{
    if (depth == shape.size()) {
        return *next++;
    }
    QJsonArray list;
    for (qint64 i = 0; i < shape[depth]; ++i) {
        list.append(nested(shape, depth + 1, next));
    }
    return list;
}

} // namespace

Tensor Tensor::ofTexts(const QStringList &texts, const QString &name)
{
    QByteArrayList elements;
    for (const QString &text : texts) {
        elements.append(text.toUtf8());
    }
    return ofBytes(elements, name);
}

Tensor Tensor::ofBytes(const QByteArrayList &elements, const QString &name)
{
    Tensor tensor{.name = name, .type = TensorType::Bytes, .shape = {elements.size()}, .data = {}};
    for (const QByteArray &element : elements) {
        appendBytesElement(tensor.data, element);
    }
    return tensor;
}

Tensor Tensor::ofBool(bool value, const QString &name)
{
    return {
        .name = name, .type = TensorType::Bool, .shape = {1}, .data = QByteArray(1, char(value))};
}

Tensor Tensor::ofFloats(const QList<float> &values, TensorType type, const QString &name)
{
    Tensor tensor{.name = name, .type = type, .shape = {values.size()}, .data = {}};
    tensor.data.reserve(values.size() * elementSize(type));
    for (const float value : values) {
        appendFloat(tensor.data, type, double(value));
    }
    return tensor;
}

Result<Tensor> Tensor::fromJson(TensorType type, const QJsonValue &value, const QString &name)
{
    Tensor tensor{.name = name, .type = type, .shape = {}, .data = {}};
    const QJsonValue whole = value.isArray() ? value : QJsonArray{value};
    for (QJsonValue inner = whole; inner.isArray(); inner = inner.toArray().first()) {
        tensor.shape.append(inner.toArray().size());
    }
    if (const auto problem = appendNested(tensor, whole, 0)) {
        return fail(ApiError::Kind::InvalidRequest, *problem);
    }
    return tensor;
}

std::optional<qint64> Tensor::count() const
{
    constexpr qint64 most = std::numeric_limits<qint32>::max();
    qint64 product = 1;
    for (const qint64 size : shape) {
        if (size < 0 || (size > 0 && product > most / size)) {
            return std::nullopt;
        }
        product *= size;
    }
    return product;
}

std::optional<QString> Tensor::problem() const
{
    const std::optional<qint64> elements = count();
    if (!elements) {
        return u"The shape of “%1” is not that of an array."_s.arg(name);
    }
    qint64 held = 0;
    qsizetype at = 0;
    if (type == TensorType::Bytes) {
        for (; data.size() - at >= 4; ++held) {
            const qint64 length = qFromLittleEndian<quint32>(data.constData() + at);
            if (length > data.size() - at - 4) {
                break;
            }
            at += 4 + qsizetype(length);
        }
    } else {
        held = data.size() / elementSize(type);
        at = held * elementSize(type);
    }
    if (at != data.size()) {
        return u"The bytes of “%1” end amid an element."_s.arg(name);
    }
    return held == *elements
        ? std::nullopt
        : std::optional(u"“%1” holds %2 elements, and its shape says %3."_s.arg(name).arg(held).arg(
              *elements));
}

QByteArrayList Tensor::bytes() const
{
    QByteArrayList elements;
    if (type != TensorType::Bytes || problem()) {
        return elements;
    }
    for (qsizetype at = 0; at < data.size();) {
        const auto length = qsizetype(qFromLittleEndian<quint32>(data.constData() + at));
        elements.append(data.sliced(at + 4, length));
        at += 4 + length;
    }
    return elements;
}

QStringList Tensor::texts() const
{
    QStringList list;
    for (const QByteArray &element : bytes()) {
        list.append(QString::fromUtf8(element));
    }
    return list;
}

QList<double> Tensor::numbers() const
{
    QList<double> list;
    if (type == TensorType::Bytes || problem()) {
        return list;
    }
    const qsizetype size = elementSize(type);
    list.reserve(data.size() / size);
    for (qsizetype at = 0; at < data.size(); at += size) {
        list.append(numberAt(type, data.constData() + at));
    }
    return list;
}

QList<float> Tensor::floats() const
{
    QList<float> list;
    for (const double number : numbers()) {
        list.append(float(number));
    }
    return list;
}

QJsonValue Tensor::toJson() const
{
    if (problem()) {
        return {};
    }
    QList<QJsonValue> flat;
    if (type == TensorType::Bytes) {
        for (const QString &text : texts()) {
            flat.append(text);
        }
    } else {
        for (qsizetype at = 0; at < data.size(); at += elementSize(type)) {
            flat.append(valueAt(type, data.constData() + at));
        }
    }
    auto next = flat.constBegin();
    return nested(shape, 0, next);
}

Tensor batchOfOne(Tensor tensor)
{
    tensor.shape.prepend(1);
    return tensor;
}

Result<Tensor> firstOfBatch(const Tensor &tensor)
{
    if (tensor.problem() || tensor.shape.isEmpty() || tensor.shape.constFirst() < 1) {
        return fail(ApiError::Kind::Protocol,
            u"The output “%1” came without the dimension of its batch."_s.arg(tensor.name));
    }
    Tensor first = tensor;
    first.shape.removeFirst();
    const qsizetype elements = qsizetype(*first.count());
    if (tensor.type != TensorType::Bytes) {
        first.data.truncate(elements * elementSize(tensor.type));
        return first;
    }
    first.data.clear();
    for (const QByteArray &element : tensor.bytes().first(elements)) {
        appendBytesElement(first.data, element);
    }
    return first;
}

} // namespace Lorikeet::Triton
