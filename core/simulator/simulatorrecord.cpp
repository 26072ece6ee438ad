// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/simulatorrecord.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QJsonValue toJson(TimePoint time)
{
    return time == TimePoint() ? QJsonValue() : QJsonValue(qint64(time.time_since_epoch().count()));
}

QJsonArray toJson(const std::vector<TimePoint> &times)
{
    QJsonArray array;
    for (const TimePoint time : times) {
        array.append(toJson(time));
    }
    return array;
}

} // namespace

QJsonObject SimulatorRecord::toJson(bool withTokens) const
{
    QJsonObject object{{"number"_L1, number}, {"id"_L1, QString::fromUtf8(id)},
        {"path"_L1, QString::fromUtf8(path)}, {"model"_L1, model}, {"adapter"_L1, adapter},
        {"fault"_L1, fault}, {"outcome"_L1, outcome}, {"stream"_L1, stream},
        {"prompt_tokens"_L1, promptTokens}, {"completion_tokens"_L1, completionTokens},
        {"received_ns"_L1, Lorikeet::toJson(received)},
        {"admitted_ns"_L1, Lorikeet::toJson(admitted)},
        {"first_planned_ns"_L1, planned.empty() ? QJsonValue() : Lorikeet::toJson(planned.front())},
        {"first_sent_ns"_L1, sent.empty() ? QJsonValue() : Lorikeet::toJson(sent.front())},
        {"last_sent_ns"_L1, sent.empty() ? QJsonValue() : Lorikeet::toJson(sent.back())},
        {"finished_ns"_L1, Lorikeet::toJson(finished)}};
    if (withTokens) {
        object.insert("planned_ns"_L1, Lorikeet::toJson(planned));
        object.insert("sent_ns"_L1, Lorikeet::toJson(sent));
    }
    return object;
}

} // namespace Lorikeet
