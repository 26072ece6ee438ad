// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/provider.h"
#include "providers/wirejson.h"

#include <QSet>

namespace Lorikeet::Triton {

/// Reads the answers of a model that writes: the events of /generate_stream and the object of
/// /generate. There is no end marker; a finish reason, where the backend tells one, serves as such.
class ChatDecoder final : public StreamDecoder
{
public:
    [[nodiscard]] std::optional<ApiError> decode(
        QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out) override;

    [[nodiscard]] bool isComplete() const override { return false; }

    [[nodiscard]] std::optional<ApiError> atEnd() const override;

    [[nodiscard]] bool endsWithBody() const override { return true; }

private:
    void readUsage(const WireJson::Object &object, TimePoint at, StreamEvents &out);
    void readChoices(const WireJson::Object &object, TimePoint at, StreamEvents &out);

    WireJson m_json;
    bool m_started = false;
    bool m_tellsReasons = false; ///< the backend says "None" until an answer ends
    QSet<int> m_open; ///< choices that wrote and did not end
    Usage m_usage;
};

} // namespace Lorikeet::Triton
