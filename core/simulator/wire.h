// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/serverconnection.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonObject>

namespace Lorikeet::Sim {

/// Appends text as a JSON string, quotes included; what is not ASCII stays as it is.
void appendJsonString(QByteArray &out, QByteArrayView text);

/// An event of an event stream with this data.
[[nodiscard]] QByteArray sseEvent(const QJsonObject &data);

[[nodiscard]] ServerResponse jsonResponse(const QJsonObject &body, int status = 200);

/// Prometheus' text.
[[nodiscard]] ServerResponse metricsText(const QByteArray &text);

} // namespace Lorikeet::Sim
