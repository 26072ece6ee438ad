// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/provider.h"
#include "providers/wirejson.h"

#include <vector>

namespace Lorikeet {

/// Reads the named events and the whole objects of the Responses API. An answer is complete with
/// response.completed or response.incomplete; there is no [DONE] to wait for. Servers differ in
/// which pieces they announce: text and arguments are taken from the deltas, and from what closes
/// an item, or from the final object, only where no delta brought them.
class ResponsesDecoder final : public StreamDecoder
{
public:
    [[nodiscard]] std::optional<ApiError> decode(
        QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out) override;

    [[nodiscard]] bool isComplete() const override { return m_complete; }

    [[nodiscard]] std::optional<ApiError> atEnd() const override;

    [[nodiscard]] std::optional<ApiError> decodeWhole(
        QByteArrayView body, TimePoint at, StreamEvents &out);

private:
    using Object = WireJson::Object;

    /// A function call, by the id of its item.
    struct Call
    {
        QString item;
        bool isNamed = false;
        bool hasArguments = false;
    };

    void readStart(const Object &event, TimePoint at, StreamEvents &out);
    void readText(const Object &event, std::string_view name, TimePoint at, StreamEvents &out);
    void readReasoning(const Object &event, std::string_view name, TimePoint at, StreamEvents &out);
    void readArguments(const Object &event, std::string_view name, TimePoint at, StreamEvents &out);
    /// Of a finished item, all that has not come in pieces.
    void readItem(const Object &item, TimePoint at, StreamEvents &out);
    void readCallItem(const Object &item, TimePoint at, StreamEvents &out);
    [[nodiscard]] std::optional<ApiError> readEnd(
        const Object &response, TimePoint at, StreamEvents &out);
    /// The index of the item's call; a new one for an unknown item.
    [[nodiscard]] int callIndex(const QString &item);

    WireJson m_json;
    std::vector<Call> m_calls;
    QString m_id;
    QString m_model;
    bool m_hasText = false;
    bool m_hasReasoning = false;
    bool m_complete = false;
};

} // namespace Lorikeet
