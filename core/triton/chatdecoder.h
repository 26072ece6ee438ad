// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/provider.h"
#include "providers/wirejson.h"
#include "triton/chatpieces.h"

namespace Lorikeet::Triton {

/// Reads the answers of a model that writes over HTTP: the events of /generate_stream and the
/// object of /generate.
class ChatDecoder final : public StreamDecoder
{
public:
    [[nodiscard]] std::optional<ApiError> decode(
        QByteArrayView data, QByteArrayView type, TimePoint at, StreamEvents &out) override;

    [[nodiscard]] bool isComplete() const override { return false; }

    [[nodiscard]] std::optional<ApiError> atEnd() const override { return m_pieces.atEnd(); }

    [[nodiscard]] bool endsWithBody() const override { return true; }

private:
    WireJson m_json;
    ChatPieces m_pieces;
};

} // namespace Lorikeet::Triton
