// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"

class QGrpcStatus;

namespace Lorikeet::Triton {

// What gRPC's status means.

/// What a status that is not OK means; `place` is the server as "host:port".
[[nodiscard]] ApiError grpcError(const QGrpcStatus &status, const QString &place);
/// The connection failed, as Qt says it, and no server did.
[[nodiscard]] bool isNetworkError(const QGrpcStatus &status);
/// The server has certainly not seen the request, which may be sent again: it says GOAWAY, or has
/// as many streams as it allows on this connection.
[[nodiscard]] bool wasNotProcessed(const QGrpcStatus &status);
/// Of these, the latter.
[[nodiscard]] bool isFull(const QGrpcStatus &status);
/// What an error within a stream means: words alone, under a stream that goes on.
[[nodiscard]] ApiError streamError(const QString &words, const QString &place);
/// The server understood nothing of what came, or the answer was compressed, which Qt cannot read.
[[nodiscard]] ApiError unreadableError(const QString &place);

} // namespace Lorikeet::Triton
