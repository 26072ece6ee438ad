// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/provider.h"
#include "providers/recordpattern.h"
#include "providers/wirejson.h"

#include <vector>

namespace Lorikeet {

struct OpenAiChunk;

/// Reads chat completions as the whole OpenAI family writes them. The chunks of a stream and a
/// plain reply are so alike that both are read here. See openaidecoder.cpp for who deviates how.
class OpenAiDecoder final : public StreamDecoder
{
public:
    [[nodiscard]] std::optional<ApiError> decode(
        QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out) override;

    [[nodiscard]] bool isComplete() const override { return m_done; }

    [[nodiscard]] std::optional<ApiError> atEnd() const override;

    /// A plain reply; fails if it holds no choices.
    [[nodiscard]] std::optional<ApiError> decodeWhole(
        QByteArrayView body, TimePoint at, StreamEvents &out);

private:
    /// A tool call of one choice: which id owns which index.
    struct Call
    {
        int index = 0;
        QString id;
    };

    struct Choice
    {
        int index = 0;
        QString finish; ///< the word; null until there was one
        std::vector<Call> calls;
        int lastCall = 0;
    };

    [[nodiscard]] std::optional<ApiError> parse(
        QByteArrayView record, QByteArrayView type, TimePoint at, StreamEvents &out);
    /// True if it reports an error; what it says besides is read all the same.
    [[nodiscard]] bool readChunk(const WireJson::Object &record, TimePoint at, StreamEvents &out);
    void readName(const WireJson::Object &chunk, TimePoint at, StreamEvents &out);
    void readChoice(const WireJson::Object &choice, int position, TimePoint at, StreamEvents &out);
    void readMessage(
        Choice &choice, const WireJson::Object &message, TimePoint at, StreamEvents &out);
    void readToolCall(Choice &choice, const WireJson::Object &call, int position, bool alone,
        TimePoint at, StreamEvents &out);
    void readFinish(
        Choice &choice, const WireJson::Object &source, TimePoint at, StreamEvents &out);
    void readUsage(const OpenAiChunk &chunk, TimePoint at, StreamEvents &out);
    [[nodiscard]] Choice &choiceAt(int index);
    [[nodiscard]] static int callIndex(
        Choice &choice, const WireJson::Object &call, int position, bool alone);

    WireJson m_json;
    RecordPattern m_pattern;
    QString m_id;
    QString m_model;
    std::vector<Choice> m_choices;
    Usage m_usage; ///< as last reported
    bool m_usageSeen = false; ///< from `usage`, not from `timings`
    bool m_isLorax = false;
    bool m_done = false;
};

} // namespace Lorikeet
