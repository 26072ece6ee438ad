// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/openaifamily.h"

#include "simulator/wire.h"

#include <QDateTime>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

QStringList modelsAndAdapters(const SimulatorOptions &options)
{
    return QStringList{baseModel(options)} + simulatorAdapters();
}

ServerResponse modelCards(const QStringList &ids, const QJsonObject &members)
{
    QJsonArray data;
    for (const QString &id : ids) {
        QJsonObject card{{"id"_L1, id}, {"object"_L1, u"model"_s},
            {"created"_L1, QDateTime::currentSecsSinceEpoch()}};
        for (auto it = members.begin(); it != members.end(); ++it) {
            card.insert(it.key(), *it);
        }
        data.append(card);
    }
    return jsonResponse({{"object"_L1, u"list"_s}, {"data"_L1, data}});
}

ServerResponse namedError(int status, const QString &type, const QString &message,
    const QString &param, const QString &code)
{
    const auto orNull
        = [](const QString &text) { return text.isEmpty() ? QJsonValue() : QJsonValue(text); };
    return jsonResponse({{"error"_L1,
                            QJsonObject{{"message"_L1, message}, {"type"_L1, orNull(type)},
                                {"param"_L1, orNull(param)}, {"code"_L1, orNull(code)}}}},
        status);
}

QString unknownMember(const QJsonObject &body, const QStringList &known)
{
    const QStringList names = body.keys();
    for (const QString &name : names) {
        if (!known.contains(name)) {
            return name;
        }
    }
    return {};
}

const QStringList &openAiMembers()
{
    static const QStringList members{u"model"_s, u"messages"_s, u"stream"_s, u"stream_options"_s,
        u"temperature"_s, u"top_p"_s, u"n"_s, u"stop"_s, u"seed"_s, u"max_tokens"_s,
        u"max_completion_tokens"_s, u"presence_penalty"_s, u"frequency_penalty"_s, u"logprobs"_s,
        u"top_logprobs"_s, u"logit_bias"_s, u"response_format"_s, u"tools"_s, u"tool_choice"_s,
        u"parallel_tool_calls"_s, u"reasoning_effort"_s, u"verbosity"_s, u"service_tier"_s,
        u"store"_s, u"metadata"_s, u"user"_s, u"prompt_cache_key"_s, u"safety_identifier"_s,
        u"prediction"_s, u"modalities"_s};
    return members;
}

} // namespace Lorikeet::Sim
