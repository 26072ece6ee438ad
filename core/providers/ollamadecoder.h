// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/provider.h"
#include "providers/wirejson.h"

namespace Lorikeet {

/// Reads Ollama's own answers: the lines of a streamed /api/chat and the object of a whole one,
/// which differ in nothing but that the one has it all in one line.
class OllamaDecoder final : public StreamDecoder
{
public:
    [[nodiscard]] std::optional<ApiError> decode(
        QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out) override;

    [[nodiscard]] bool isComplete() const override { return m_complete; }

    [[nodiscard]] std::optional<ApiError> atEnd() const override;

private:
    void readMessage(const WireJson::Object &message, TimePoint at, StreamEvents &out);

    WireJson m_json;
    bool m_started = false;
    bool m_complete = false; ///< a line said done
    int m_calls = 0;
};

} // namespace Lorikeet
