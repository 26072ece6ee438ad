// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/provider.h"
#include "providers/wirejson.h"

#include <vector>

namespace Lorikeet {

/// Reads what llama.cpp's /completion answers: events of pieces, of which each choice's last says
/// `"stop":true`, or a whole object (an array of them, where several answers were asked for).
class LlamaCppDecoder final : public StreamDecoder
{
public:
    [[nodiscard]] std::optional<ApiError> decode(
        QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out) override;

    /// Never: how many choices there are shows at the body's end alone.
    [[nodiscard]] bool isComplete() const override { return false; }

    [[nodiscard]] std::optional<ApiError> atEnd() const override;

    [[nodiscard]] std::optional<ApiError> decodeWhole(
        QByteArrayView body, TimePoint at, StreamEvents &out);

private:
    struct Choice
    {
        int index = 0;
        bool stopped = false;
    };

    /// False if it is no piece of an answer.
    [[nodiscard]] bool readPiece(
        const WireJson::Object &piece, int position, TimePoint at, StreamEvents &out);

    WireJson m_json;
    std::vector<Choice> m_choices;
    qint64 m_completionTokens = 0; ///< of the choices that have stopped
    bool m_isNamed = false;
};

} // namespace Lorikeet
