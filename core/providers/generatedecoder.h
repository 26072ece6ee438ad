// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/provider.h"
#include "providers/recordpattern.h"
#include "providers/wirejson.h"

#include <utility>

namespace Lorikeet {

/// Reads what TGI and LoRAX answer: the token events of /generate_stream and the object of
/// /generate.
class GenerateDecoder final : public StreamDecoder
{
public:
    /// `server` is how it is called in sentences.
    explicit GenerateDecoder(QString server)
        : m_server(std::move(server))
    { }

    [[nodiscard]] std::optional<ApiError> decode(
        QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out) override;

    [[nodiscard]] bool isComplete() const override { return m_complete; }

    [[nodiscard]] std::optional<ApiError> atEnd() const override;

    /// A plain reply: an object, or an array of one (POST /).
    [[nodiscard]] std::optional<ApiError> decodeWhole(
        QByteArrayView body, TimePoint at, StreamEvents &out);

private:
    [[nodiscard]] std::optional<ApiError> parse(
        QByteArrayView record, QByteArrayView type, TimePoint at, StreamEvents &out);

    WireJson m_json;
    RecordPattern m_pattern;
    QString m_server;
    bool m_complete = false; ///< the event with the whole text was there
};

} // namespace Lorikeet
