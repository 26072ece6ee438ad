// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/provider.h"
#include "providers/wirejson.h"

#include <vector>

namespace Lorikeet {

/// Reads Gemini's answers: the chunks of a stream, which are whole replies in small, and a reply in
/// one. There is no end marker: the body's end is the end, and is good where every candidate said
/// why it finished. Older models say so in each chunk, so it ends nothing by itself.
class GeminiDecoder final : public StreamDecoder
{
public:
    [[nodiscard]] std::optional<ApiError> decode(
        QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out) override;

    [[nodiscard]] bool isComplete() const override { return false; }

    [[nodiscard]] std::optional<ApiError> atEnd() const override;

    [[nodiscard]] bool endsWithBody() const override { return true; }

    /// A plain reply, or the array of chunks that a stream without alt=sse is.
    [[nodiscard]] std::optional<ApiError> decodeWhole(
        QByteArrayView body, TimePoint at, StreamEvents &out);

private:
    struct Candidate
    {
        int index = 0;
        int calls = 0;
        QString finish; ///< the word; null until there was one
    };

    [[nodiscard]] std::optional<ApiError> readChunk(
        const WireJson::Object &chunk, QByteArrayView text, TimePoint at, StreamEvents &out);
    void readName(const WireJson::Object &chunk, TimePoint at, StreamEvents &out);
    void readCandidate(const WireJson::Object &source, TimePoint at, StreamEvents &out);
    void readPart(
        Candidate &candidate, const WireJson::Object &part, TimePoint at, StreamEvents &out);
    void readUsage(const WireJson::Object &chunk, TimePoint at, StreamEvents &out);
    [[nodiscard]] Candidate &candidateAt(int index);

    WireJson m_json;
    bool m_started = false;
    std::vector<Candidate> m_candidates;
    Usage m_usage; ///< as last reported
};

} // namespace Lorikeet
