// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/recordreader.h"

namespace Lorikeet {

namespace {

QString brokeOff()
{
    return QStringLiteral(
        "The answer broke off: it ended amid a record; ask again, or continue it.");
}

} // namespace

RecordReader::RecordReader(const Provider &provider)
    : m_decoder(provider.makeDecoder())
{
    if (provider.framing() == Framing::JsonLines) {
        m_parser.emplace<JsonLinesParser>();
    }
}

std::optional<ApiError> RecordReader::feed(QByteArrayView bytes, TimePoint at, StreamEvents &out)
{
    if (isComplete()) {
        return std::nullopt;
    }
    return std::visit(
        [&](auto &parser) {
            parser.feed(bytes);
            return read(parser, at, out);
        },
        m_parser);
}

std::optional<ApiError> RecordReader::finish(TimePoint at, StreamEvents &out)
{
    auto *lines = std::get_if<JsonLinesParser>(&m_parser);
    if (lines && !isComplete()) {
        lines->finish();
        if (std::optional<ApiError> error = read(*lines, at, out)) {
            // Only a last line without its end is left: an object that is not whole was cut.
            if (error->kind == ApiError::Kind::Protocol && error->body.startsWith('{')) {
                error->kind = ApiError::Kind::Truncated;
                error->message = brokeOff();
            }
            return error;
        }
    }
    if (isComplete()) {
        return std::nullopt;
    }
    const auto *events = std::get_if<SseParser>(&m_parser);
    if (events && events->isAmidEvent() && m_decoder->endsWithBody()) {
        ApiError error;
        error.kind = ApiError::Kind::Truncated;
        error.message = brokeOff();
        return error;
    }
    return m_decoder->atEnd();
}

std::optional<ApiError> RecordReader::read(SseParser &parser, TimePoint at, StreamEvents &out)
{
    while (!isComplete()) {
        switch (parser.next()) {
        case SseParser::Step::Event:
            if (std::optional<ApiError> error
                = m_decoder->decode(parser.event().data, parser.event().type, at, out)) {
                return error;
            }
            break;
        case SseParser::Step::Comment:
            break;
        case SseParser::Step::NeedsMore:
            return std::nullopt;
        case SseParser::Step::Failed:
            return parser.error();
        }
    }
    return std::nullopt;
}

std::optional<ApiError> RecordReader::read(JsonLinesParser &parser, TimePoint at, StreamEvents &out)
{
    while (!isComplete()) {
        switch (parser.next()) {
        case JsonLinesParser::Step::Line:
            if (std::optional<ApiError> error = m_decoder->decode(parser.line(), {}, at, out)) {
                return error;
            }
            break;
        case JsonLinesParser::Step::NeedsMore:
            return std::nullopt;
        case JsonLinesParser::Step::Failed:
            return parser.error();
        }
    }
    return std::nullopt;
}

} // namespace Lorikeet
