// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/provider.h"
#include "providers/wirejson.h"

#include <vector>

namespace Lorikeet {

/// Reads Anthropic's messages: the named events of a stream, and a whole message.
class AnthropicDecoder final : public StreamDecoder
{
public:
    [[nodiscard]] std::optional<ApiError> decode(
        QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out) override;

    [[nodiscard]] bool isComplete() const override { return m_stopped && m_finished; }

    [[nodiscard]] std::optional<ApiError> atEnd() const override;

    /// A plain reply; fails if it is no message.
    [[nodiscard]] std::optional<ApiError> decodeWhole(
        QByteArrayView body, TimePoint at, StreamEvents &out);

private:
    /// A call of a tool: which of the message's content blocks it is.
    struct Call
    {
        qint64 block = 0;
        bool open = true; ///< pieces may still come
        bool hasArguments = false;
    };

    /// What it thinks: which of the message's content blocks it is, and what there is of it.
    struct Thought
    {
        qint64 block = 0;
        QString text;
        QString signature;
        QString hidden;
    };

    void readStart(const WireJson::Object &message, TimePoint at, StreamEvents &out);
    void readBlock(const WireJson::Object &block, qint64 index, TimePoint at, StreamEvents &out);
    void readDelta(const WireJson::Object &delta, qint64 index, TimePoint at, StreamEvents &out);
    void endBlock(qint64 index, TimePoint at, StreamEvents &out);
    void readFinish(const WireJson::Object &source, TimePoint at, StreamEvents &out);
    void readUsage(const WireJson::Object &usage, bool withOutput, TimePoint at, StreamEvents &out);
    void appendText(QString text, TimePoint at, StreamEvents &out);
    void appendThought(QString text, TimePoint at, StreamEvents &out);
    void appendArguments(Call &call, QString arguments, TimePoint at, StreamEvents &out);
    [[nodiscard]] Call *openCall(qint64 block);

    WireJson m_json;
    std::vector<Call> m_calls;
    std::optional<Thought> m_thought; ///< while pieces of it may come
    std::optional<qint64> m_input; ///< tokens of the prompt that no cache spared
    std::optional<qint64> m_cacheWritten;
    std::optional<qint64> m_cacheRead;
    Usage m_usage; ///< as last reported
    bool m_hasText = false;
    bool m_finished = false; ///< a stop reason was there
    bool m_stopped = false; ///< message_stop was there
};

} // namespace Lorikeet
