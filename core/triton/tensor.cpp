// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/tensor.h"

#include <QJsonArray>
#include <QtEndian>
#include <qfloat16.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet::Triton {

namespace {

struct Row
{
    TensorType type;
    QStringView word;
    QStringView numpy;
    qsizetype size;
};

constexpr std::array rows{
    Row{TensorType::Bool, u"BOOL", u"bool", 1},
    Row{TensorType::Uint8, u"UINT8", u"uint8", 1},
    Row{TensorType::Uint16, u"UINT16", u"uint16", 2},
    Row{TensorType::Uint32, u"UINT32", u"uint32", 4},
    Row{TensorType::Uint64, u"UINT64", u"uint64", 8},
    Row{TensorType::Int8, u"INT8", u"int8", 1},
    Row{TensorType::Int16, u"INT16", u"int16", 2},
    Row{TensorType::Int32, u"INT32", u"int32", 4},
    Row{TensorType::Int64, u"INT64", u"int64", 8},
    Row{TensorType::Fp16, u"FP16", u"float16", 2},
    Row{TensorType::Fp32, u"FP32", u"float32", 4},
    Row{TensorType::Fp64, u"FP64", u"float64", 8},
    Row{TensorType::Bytes, u"BYTES", u"bytes", 0},
    Row{TensorType::Bf16, u"BF16", u"bfloat16", 2},
};

const Row &rowOf(TensorType type) { return *std::ranges::find(rows, type, &Row::type); }

template<typename T>
void append(QByteArray &data, T value)
{
    const T little = qToLittleEndian(value);
    data.append(reinterpret_cast<const char *>(&little), sizeof little);
}

void appendFloat(QByteArray &data, TensorType type, double value)
{
    switch (type) {
    case TensorType::Fp16:
        append(data, std::bit_cast<quint16>(qfloat16(float(value))));
        break;
    case TensorType::Bf16:
        append(data, quint16(std::bit_cast<quint32>(float(value)) >> 16));
        break;
    case TensorType::Fp32:
        append(data, float(value));
        break;
    default:
        append(data, value);
    }
}

/// The least and the greatest that an integer type holds; the latter as unsigned.
std::pair<qint64, quint64> rangeOf(TensorType type)
{
    const int bits = int(elementSize(type)) * 8;
    const bool isSigned = type >= TensorType::Int8 && type <= TensorType::Int64;
    if (isSigned) {
        return {std::numeric_limits<qint64>::min() >> (64 - bits),
            quint64(std::numeric_limits<qint64>::max() >> (64 - bits))};
    }
    return {0, std::numeric_limits<quint64>::max() >> (64 - bits)};
}

void appendInteger(QByteArray &data, TensorType type, quint64 bits)
{
    switch (elementSize(type)) {
    case 1:
        data.append(char(bits));
        break;
    case 2:
        append(data, quint16(bits));
        break;
    case 4:
        append(data, quint32(bits));
        break;
    default:
        append(data, bits);
    }
}

/// The whole number that a value is; as the bits of 64.
std::optional<quint64> integerOf(TensorType type, const QJsonValue &value)
{
    const auto [least, greatest] = rangeOf(type);
    bool isNumber = false;
    if (value.isString()) {
        const QString digits = value.toString();
        if (const quint64 number = digits.toULongLong(&isNumber); isNumber) {
            return number <= greatest ? std::optional(number) : std::nullopt;
        }
        const qint64 number = digits.toLongLong(&isNumber);
        return isNumber && number >= least ? std::optional(quint64(number)) : std::nullopt;
    }
    const qint64 number = value.toInteger();
    if (!value.isDouble() || double(number) != value.toDouble() || number < least
        || (number > 0 && quint64(number) > greatest)) {
        return std::nullopt;
    }
    return quint64(number);
}

/// False if the type cannot hold the value.
bool appendValue(QByteArray &data, TensorType type, const QJsonValue &value)
{
    if (type == TensorType::Bytes) {
        appendBytesElement(data, value.toString().toUtf8());
        return value.isString();
    }
    if (type == TensorType::Bool) {
        data.append(char(value.toBool()));
        return value.isBool();
    }
    if (isFloat(type)) {
        appendFloat(data, type, value.toDouble());
        return value.isDouble();
    }
    const std::optional<quint64> bits = integerOf(type, value);
    appendInteger(data, type, bits.value_or(0));
    return bits.has_value();
}

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

template<typename T>
T read(const char *at)
{
    return qFromLittleEndian<T>(at);
}

double numberAt(TensorType type, const char *at)
{
    switch (type) {
    case TensorType::Bool:
    case TensorType::Uint8:
        return quint8(*at);
    case TensorType::Int8:
        return qint8(*at);
    case TensorType::Uint16:
        return read<quint16>(at);
    case TensorType::Int16:
        return read<qint16>(at);
    case TensorType::Uint32:
        return read<quint32>(at);
    case TensorType::Int32:
        return read<qint32>(at);
    case TensorType::Uint64:
        return double(read<quint64>(at));
    case TensorType::Int64:
        return double(read<qint64>(at));
    case TensorType::Fp16:
        return double(float(std::bit_cast<qfloat16>(read<quint16>(at))));
    case TensorType::Bf16:
        return double(std::bit_cast<float>(quint32(read<quint16>(at)) << 16));
    case TensorType::Fp32:
        return double(std::bit_cast<float>(read<quint32>(at)));
    case TensorType::Fp64:
        return std::bit_cast<double>(read<quint64>(at));
    case TensorType::Bytes:
        break;
    }
    return 0;
}

QJsonValue valueAt(TensorType type, const char *at)
{
    switch (type) {
    case TensorType::Bool:
        return *at != 0;
    case TensorType::Int64:
        return read<qint64>(at);
    case TensorType::Uint64: {
        const auto number = read<quint64>(at);
        return number > quint64(std::numeric_limits<qint64>::max())
            ? QJsonValue(QString::number(number))
            : QJsonValue(qint64(number));
    }
    default: {
        const double number = numberAt(type, at);
        return std::isfinite(number) ? QJsonValue(number) : QJsonValue();
    }
    }
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

QString toWord(TensorType type) { return rowOf(type).word.toString(); }

std::optional<TensorType> tensorTypeFromWord(QStringView word)
{
    const QStringView name = word.startsWith(u"TYPE_") ? word.sliced(5) : word;
    if (name == u"STRING") {
        return TensorType::Bytes;
    }
    const auto row = std::ranges::find_if(
        rows, [name](const Row &each) { return each.word == name || each.numpy == name; });
    return row == rows.end() ? std::nullopt : std::optional(row->type);
}

qsizetype elementSize(TensorType type) { return rowOf(type).size; }

bool isFloat(TensorType type)
{
    return type == TensorType::Fp16 || type == TensorType::Fp32 || type == TensorType::Fp64
        || type == TensorType::Bf16;
}

void appendBytesElement(QByteArray &data, QByteArrayView element)
{
    append(data, quint32(element.size()));
    data.append(element);
}

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
            const qint64 length = read<quint32>(data.constData() + at);
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
        const auto length = qsizetype(read<quint32>(data.constData() + at));
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
