// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "http/jsonlinesparser.h"
#include "http/sseparser.h"
#include "model/streamevent.h"
#include "providers/provider.h"

#include <memory>
#include <optional>
#include <variant>

namespace Lorikeet {

/// The way from a streamed body to events: cuts it into records as the dialect frames them, and
/// has them decoded. Nothing after the dialect's end marker, or after an error, is looked at.
class RecordReader final
{
public:
    explicit RecordReader(const Provider &provider);

    /// Appends what `bytes` tell to `out`. An error ends the stream; what came before it is in
    /// `out`.
    [[nodiscard]] std::optional<ApiError> feed(
        QByteArrayView bytes, TimePoint at, StreamEvents &out);
    /// The body ended: what it lacks, if anything.
    [[nodiscard]] std::optional<ApiError> finish(TimePoint at, StreamEvents &out);

    /// The end marker was seen.
    [[nodiscard]] bool isComplete() const { return m_decoder->isComplete(); }

private:
    [[nodiscard]] std::optional<ApiError> read(SseParser &parser, TimePoint at, StreamEvents &out);
    [[nodiscard]] std::optional<ApiError> read(
        JsonLinesParser &parser, TimePoint at, StreamEvents &out);

    std::unique_ptr<StreamDecoder> m_decoder;
    std::variant<SseParser, JsonLinesParser> m_parser;
};

} // namespace Lorikeet
