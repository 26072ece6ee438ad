// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/loraxparameters.h"

#include "simulator/loraxmembers.h"

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

namespace json = simdjson::dom;

using Refused = std::optional<LoraxRefusal>;

Refused readMerge(json::element value, LoraxParameters &out)
{
    json::object object;
    if (value.get(object) != simdjson::SUCCESS) {
        return wrongType(u"parameters.merged_adapters: expected an object"_s);
    }
    LoraxMembers members(object, u"parameters.merged_adapters."_s);
    LoraxMerge merge;
    merge.ids = members.required<QList<QString>>("ids");
    members.readPlain("weights", merge.weights);
    members.read("merge_strategy", merge.strategy);
    members.readPlain("density", merge.density);
    members.read("majority_sign_method", merge.signMethod);
    out.merge = merge;
    return members.refused();
}

/// Without a schema any JSON object will do; an explicit null means no constraint at all.
Refused readResponseFormat(json::element value, LoraxParameters &out)
{
    json::object object;
    if (value.get(object) != simdjson::SUCCESS) {
        return wrongType(u"parameters.response_format: expected an object"_s);
    }
    static const QStringList types = {
        u"text"_s, u"json_object"_s, u"json_schema"_s, u"Text"_s, u"JsonObject"_s, u"JsonSchema"_s};
    std::string_view type;
    if (object["type"].get(type) != simdjson::SUCCESS
        || !types.contains(QString::fromUtf8(type.data(), qsizetype(type.size())))) {
        return wrongType(u"parameters.response_format.type: unknown variant"_s);
    }
    json::element schema;
    if (object["schema"].get(schema) != simdjson::SUCCESS) {
        out.schema = QJsonObject();
    } else if (!schema.is_null()) {
        out.schema = toQJson(schema).toObject();
    }
    return std::nullopt;
}

} // namespace

std::optional<LoraxRefusal> readLoraxParameters(json::element value, LoraxParameters &out)
{
    json::object object;
    if (value.get(object) != simdjson::SUCCESS) {
        return wrongType(u"parameters: invalid type, expected an object"_s);
    }
    LoraxMembers members(object, u"parameters."_s);
    members.read("adapter_id", out.adapterId);
    members.read("adapter_source", out.adapterSource);
    members.read("api_token", out.apiToken);
    members.read("best_of", out.bestOf);
    members.read("temperature", out.temperature);
    members.read("repetition_penalty", out.repetition);
    members.read("frequency_penalty", out.frequency);
    members.read("presence_penalty", out.presence);
    members.read("top_k", out.topK);
    members.read("top_p", out.topP);
    members.read("typical_p", out.typicalP);
    members.readPlain("do_sample", out.doSample);
    members.read("max_new_tokens", out.maxNewTokens);
    members.readPlain("ignore_eos_token", out.ignoreEos);
    members.read("return_full_text", out.returnFullText);
    members.readPlain("stop", out.stop);
    members.read("truncate", out.truncate);
    members.readPlain("watermark", out.watermark);
    members.readPlain("details", out.details);
    members.readPlain("decoder_input_details", out.decoderInputDetails);
    members.read("return_k_alternatives", out.alternatives);
    members.readPlain("apply_chat_template", out.applyChatTemplate);
    members.read("seed", out.seed);
    Refused refused = members.refused();
    json::element part;
    if (!refused && members.find("merged_adapters", part) && !part.is_null()) {
        refused = readMerge(part, out);
    }
    if (!refused && members.find("response_format", part) && !part.is_null()) {
        refused = readResponseFormat(part, out);
    }
    return refused;
}

tl::expected<LoraxBody, LoraxRefusal> readLoraxBody(const QByteArray &bytes)
{
    json::parser parser;
    const auto object = readLoraxObject(parser, bytes);
    if (!object) {
        return tl::unexpected(object.error());
    }
    LoraxMembers members(*object, {});
    LoraxBody body;
    body.inputs = members.required<QString>("inputs");
    members.readPlain("stream", body.stream);
    Refused refused = members.refused();
    json::element parameters;
    if (!refused && members.find("parameters", parameters)) {
        refused = readLoraxParameters(parameters, body.parameters);
    }
    if (refused) {
        return tl::unexpected(*refused);
    }
    return body;
}

} // namespace Lorikeet::Sim
