// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/provider.h"
#include "providers/wirejson.h"

namespace Lorikeet {

/// Reads LoRAX' own answers: the token events of /generate_stream and the object of /generate.
class LoraxDecoder final : public StreamDecoder
{
public:
    [[nodiscard]] std::optional<ApiError> decode(
        QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out) override;

    [[nodiscard]] bool isComplete() const override { return m_complete; }

    [[nodiscard]] std::optional<ApiError> atEnd() const override;

    /// A plain reply: an object, or an array of one (POST /).
    [[nodiscard]] std::optional<ApiError> decodeWhole(
        QByteArrayView body, TimePoint at, StreamEvents &out);

private:
    WireJson m_json;
    bool m_complete = false; ///< the event with the whole text was there
};

} // namespace Lorikeet
