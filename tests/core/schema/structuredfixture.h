// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/chatrequest.h"
#include "schema/jsonschema.h"
#include "scriptedserver.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Lorikeet {

constexpr int longWait = 60'000;

// A person is asked for: {"name": string, "age": integer}, the name required.

inline const QByteArray good = "{\"name\":\"Ada\",\"age\":36}";
inline const QByteArray bad = "{\"name\":\"Ada\",\"age\":\"36\"}";

inline JsonSchema personSchema()
{
    return JsonSchema::from("{\"type\":\"object\",\"required\":[\"name\"],\"properties\":{\"name\":"
                            "{\"type\":\"string\"},\"age\":{\"type\":\"integer\"}},"
                            "\"additionalProperties\":false}",
        {})
        .value();
}

inline ChatRequest question(const ParameterSet &parameters = {})
{
    ChatRequest request{.model = QStringLiteral("m")};
    request.messages = {{.role = Role::User, .content = QStringLiteral("Who?")}};
    request.parameters = parameters;
    return request;
}

inline Target vllmAt(const ScriptedServer &server)
{
    Target target;
    target.endpoint.url = server.url();
    target.endpoint.provider = QStringLiteral("openai");
    target.endpoint.server = QStringLiteral("vLLM");
    return target;
}

inline QByteArray quoted(const QByteArray &text)
{
    QByteArray json
        = QJsonDocument(QJsonArray{QString::fromUtf8(text)}).toJson(QJsonDocument::Compact);
    return json.sliced(1, json.size() - 2);
}

inline QByteArray deltaOf(const QByteArray &text)
{
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":" + quoted(text) + "}}]}\n\n";
}

inline Script answer(const QByteArray &text, const QByteArray &finish = "stop")
{
    return Script::chunked(200, "text/event-stream")
        .chunk(deltaOf(text))
        .chunk("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + finish
            + "\"}]}\n\ndata: [DONE]\n\n")
        .lastChunk();
}

} // namespace Lorikeet
