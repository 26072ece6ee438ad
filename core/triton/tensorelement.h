// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "triton/tensor.h"

namespace Lorikeet::Triton {

// One element of a tensor as bytes, as a number and as JSON.

/// `type` is a float; rounded to the nearest that it has, but for Bf16, which is cut off.
void appendFloat(QByteArray &data, TensorType type, double value);

/// False if the type cannot hold the value; what is appended then is of no use.
[[nodiscard]] bool appendValue(QByteArray &data, TensorType type, const QJsonValue &value);

/// The element at `at`, which is whole; 0 for Bytes.
[[nodiscard]] double numberAt(TensorType type, const char *at);

/// Likewise; a whole number beyond 63 bits is text, what is no finite number is null.
[[nodiscard]] QJsonValue valueAt(TensorType type, const char *at);

} // namespace Lorikeet::Triton
