// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/loraxparameters.h"

#include <QJsonDocument>

#include <simdjson.h>

using namespace Qt::StringLiterals;

namespace Lorikeet::Sim {

namespace {

namespace json = simdjson::dom;

using Refused = std::optional<LoraxRefusal>;

LoraxRefusal wrongType(const QString &what)
{
    return {.status = 422,
        .type = {},
        .message = u"Failed to deserialize the JSON body into the target type: "_s + what};
}

QString toText(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

/// Reads members with the strictness of serde: unsigned numbers have no sign, integers no fraction,
/// and null is only for what may be absent. The first mistake is kept, later reads do nothing.
class Members final
{
public:
    Members(json::object object, QString prefix)
        : m_object(object)
        , m_prefix(std::move(prefix))
    { }

    template<typename T>
    void read(const char *name, std::optional<T> &out)
    {
        json::element value;
        if (find(name, value) && !value.is_null()) {
            T read{};
            if (convert(value, read)) {
                out = read;
            } else {
                mistake(name, value);
            }
        }
    }

    /// A member that must not be null.
    template<typename T>
    void readPlain(const char *name, T &out)
    {
        json::element value;
        if (find(name, value) && !convert(value, out)) {
            mistake(name, value);
        }
    }

    [[nodiscard]] bool find(const char *name, json::element &value) const
    {
        return !m_refused && m_object[name].get(value) == simdjson::SUCCESS;
    }

    void mistake(const char *name, json::element value)
    {
        m_refused = wrongType(u"%1%2: invalid type or value: %3"_s.arg(
            m_prefix, QString::fromUtf8(name), toText(std::string(simdjson::minify(value)))));
    }

    [[nodiscard]] const Refused &refused() const { return m_refused; }

private:
    static bool convert(json::element value, bool &out)
    {
        return value.get(out) == simdjson::SUCCESS;
    }

    static bool convert(json::element value, quint64 &out)
    {
        uint64_t number = 0;
        const bool good = value.get(number) == simdjson::SUCCESS;
        out = number;
        return good;
    }

    static bool convert(json::element value, qint64 &out)
    {
        int64_t number = 0;
        const bool good = value.get(number) == simdjson::SUCCESS;
        out = number;
        return good;
    }

    static bool convert(json::element value, double &out)
    {
        return value.get(out) == simdjson::SUCCESS;
    }

    static bool convert(json::element value, QString &out)
    {
        std::string_view text;
        const bool good = value.get(text) == simdjson::SUCCESS;
        out = toText(text);
        return good;
    }

    template<typename T>
    static bool convert(json::element value, QList<T> &out)
    {
        json::array array;
        if (value.get(array) != simdjson::SUCCESS) {
            return false;
        }
        for (const json::element item : array) {
            T one{};
            if (!convert(item, one)) {
                return false;
            }
            out.append(one);
        }
        return true;
    }

    json::object m_object;
    QString m_prefix;
    Refused m_refused;
};

Refused readMerge(json::element value, LoraxParameters &out)
{
    json::object object;
    if (value.get(object) != simdjson::SUCCESS) {
        return wrongType(u"parameters.merged_adapters: expected an object"_s);
    }
    Members members(object, u"parameters.merged_adapters."_s);
    LoraxMerge merge;
    json::element ids;
    if (!members.find("ids", ids)) {
        return wrongType(u"parameters.merged_adapters: missing field `ids`"_s);
    }
    members.readPlain("ids", merge.ids);
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
    if (object["type"].get(type) != simdjson::SUCCESS || !types.contains(toText(type))) {
        return wrongType(u"parameters.response_format.type: unknown variant"_s);
    }
    json::element schema;
    if (object["schema"].get(schema) != simdjson::SUCCESS) {
        out.schema = QJsonObject();
    } else if (!schema.is_null()) {
        const std::string text = simdjson::minify(schema);
        out.schema = QJsonDocument::fromJson(
            QByteArrayView(text.data(), qsizetype(text.size())).toByteArray())
                         .object();
    }
    return std::nullopt;
}

Refused readParameters(json::element value, LoraxParameters &out)
{
    json::object object;
    if (value.get(object) != simdjson::SUCCESS) {
        return wrongType(u"parameters: invalid type, expected an object"_s);
    }
    Members members(object, u"parameters."_s);
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

Refused readMembers(json::object object, LoraxBody &out)
{
    Members members(object, {});
    json::element part;
    if (!members.find("inputs", part)) {
        return wrongType(u"missing field `inputs`"_s);
    }
    members.readPlain("inputs", out.inputs);
    members.readPlain("stream", out.stream);
    if (!members.refused() && members.find("parameters", part)) {
        return readParameters(part, out.parameters);
    }
    return members.refused();
}

} // namespace

tl::expected<LoraxBody, LoraxRefusal> readLoraxBody(const QByteArray &bytes)
{
    json::parser parser;
    json::element root;
    if (const auto error = parser.parse(bytes.constData(), size_t(bytes.size())).get(root);
        error != simdjson::SUCCESS) {
        return tl::unexpected(LoraxRefusal{.status = 400,
            .type = {},
            .message = u"Failed to parse the request body as JSON: "_s
                + QString::fromUtf8(simdjson::error_message(error))});
    }
    json::object object;
    if (root.get(object) != simdjson::SUCCESS) {
        return tl::unexpected(wrongType(u"expected an object"_s));
    }
    LoraxBody body;
    if (const Refused refused = readMembers(object, body)) {
        return tl::unexpected(*refused);
    }
    return body;
}

} // namespace Lorikeet::Sim
