// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>

namespace Lorikeet::Sim {

/// A small value that fits a JSON Schema, with believable content: about `subject`, and where a
/// property is one of a support ticket (label, priority, confidence) as `adapter` would judge.
/// Understands types, enum, const, properties, items, local $ref, anyOf/oneOf/allOf, the numeric,
/// length and count limits, the usual formats and simple patterns. An empty schema gives an object.
[[nodiscard]] QJsonValue schemaInstance(
    const QJsonObject &schema, const QString &subject, const QString &adapter);

/// The value as compact JSON, whatever its type (QJsonDocument only takes arrays and objects).
[[nodiscard]] QByteArray toJsonText(const QJsonValue &value);

} // namespace Lorikeet::Sim
