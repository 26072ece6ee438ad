// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QJsonValue>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Lorikeet::Triton {

/// What an element of a tensor is, as KServe v2 has it.
enum class TensorType {
    Bool,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Int8,
    Int16,
    Int32,
    Int64,
    Fp16,
    Fp32,
    Fp64,
    Bytes, ///< "TYPE_STRING" in a model's configuration, "BYTES" everywhere else
    Bf16,
};

/// "FP32", "BYTES" …
[[nodiscard]] QString toWord(TensorType type);
/// Of a tensor ("BYTES"), of a configuration ("TYPE_STRING"), of numpy ("float32").
[[nodiscard]] std::optional<TensorType> tensorTypeFromWord(QStringView word);
/// Of one element, in bytes; 0 for Bytes, whose elements differ.
[[nodiscard]] qsizetype elementSize(TensorType type);
[[nodiscard]] bool isFloat(TensorType type);

/// An array as it travels. A value.
struct Tensor
{
    QString name; ///< empty for an input that is given by its position
    TensorType type = TensorType::Fp32;
    QList<qint64> shape; ///< outermost first; empty: a scalar
    /// Row-major and packed, little-endian. A Bool is a byte, 0 or 1. Elements of Bytes have their
    /// length before them, in four bytes.
    QByteArray data;

    /// One dimension each.
    [[nodiscard]] static Tensor ofTexts(const QStringList &texts, const QString &name = {});
    [[nodiscard]] static Tensor ofBytes(const QByteArrayList &elements, const QString &name = {});
    [[nodiscard]] static Tensor ofBool(bool value, const QString &name = {});
    /// `type` is a float; rounded to the nearest that it has, but for Bf16, which is cut off.
    [[nodiscard]] static Tensor ofFloats(
        const QList<float> &values, TensorType type = TensorType::Fp32, const QString &name = {});
    /// A number, text or truth value (then of one dimension and one element), or lists of these of
    /// any depth. Fails for lists of unequal length and for what the type cannot hold. Whole
    /// numbers beyond 63 bits may be given as their digits in text.
    [[nodiscard]] static Result<Tensor> fromJson(
        TensorType type, const QJsonValue &value, const QString &name = {});

    /// The product of the dimensions; nothing if one is negative, or the product is out of bounds.
    [[nodiscard]] std::optional<qint64> count() const;
    /// Why data and shape do not belong together, in one sentence.
    [[nodiscard]] std::optional<QString> problem() const;

    // All elements in a row, whatever the shape. Empty where problem() has something to say.

    [[nodiscard]] QByteArrayList bytes() const; ///< of Bytes; else empty
    [[nodiscard]] QStringList texts() const; ///< likewise; what is no UTF-8 becomes U+FFFD
    /// Of every type but Bytes; 64-bit integers as far as a double holds them.
    [[nodiscard]] QList<double> numbers() const;
    [[nodiscard]] QList<float> floats() const;

    /// Lists as deep as the shape. Whole numbers beyond 63 bits are text; bytes that are no UTF-8
    /// become U+FFFD; what is no finite number becomes null.
    [[nodiscard]] QJsonValue toJson() const;

    friend bool operator==(const Tensor &, const Tensor &) = default;
};

/// Adds a dimension of size one in front.
[[nodiscard]] Tensor batchOfOne(Tensor tensor);
/// The first of the first dimension, which goes. Fails where there is none.
[[nodiscard]] Result<Tensor> firstOfBatch(const Tensor &tensor);

/// The four-byte length and the bytes.
void appendBytesElement(QByteArray &data, QByteArrayView element);

} // namespace Lorikeet::Triton
