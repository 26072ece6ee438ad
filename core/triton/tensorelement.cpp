// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "triton/tensorelement.h"

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

template<typename T>
T read(const char *at)
{
    return qFromLittleEndian<T>(at);
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

} // namespace Lorikeet::Triton
