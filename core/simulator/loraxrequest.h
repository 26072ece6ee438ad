// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/loraxparameters.h"
#include "simulator/route.h"

#include <tl/expected.hpp>

namespace Lorikeet::Sim {

/// How the routes that write differ.
enum class LoraxRoute {
    Compatible, ///< POST / and /invocations: streams if asked, else an array of one
    Generate, ///< POST /generate: never streams, whatever the body says
    GenerateStream,
    Chat, ///< POST /v1/chat/completions
    Completion, ///< POST /v1/completions
};

/// A request for text, understood.
struct LoraxCall
{
    GenerationRequest generation;
    QString inputs;
    QStringList adapterIds; ///< as the request named them
    QString adapterSource;
    std::optional<SimulatorFault> fault;
    bool stream = false;
    bool details = false;
    bool decoderInputDetails = false;
    bool returnFullText = false;
    bool sampling = false;
    bool asTgi = false; ///< answered in the form of TGI, which LoRAX came of
    int alternatives = 0;
};

/// Reads a body and checks it in the order and with the limits of LoRAX
/// (router/src/lib.rs, validation.rs).
[[nodiscard]] tl::expected<LoraxCall, LoraxRefusal> readLoraxCall(
    const ServerRequest &request, const RouteContext &context, LoraxRoute route);

/// Refused: what is no JSON by its type, or too long.
[[nodiscard]] std::optional<LoraxRefusal> checkLoraxBody(const ServerRequest &request);

/// A call of which only the adapters are filled in; refused where they are not there.
[[nodiscard]] tl::expected<LoraxCall, LoraxRefusal> chooseLoraxAdapters(
    const LoraxParameters &parameters, const RouteContext &context);

/// The limits /info tells of.
constexpr int loraxMaxBestOf = 2;
constexpr int loraxMaxStopSequences = 4;
constexpr qsizetype loraxBodyLimit = 2 * 1024 * 1024; ///< axum's default

} // namespace Lorikeet::Sim
