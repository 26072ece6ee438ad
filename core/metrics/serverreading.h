// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "metrics/exposition.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <array>
#include <optional>

namespace Lorikeet {

/// What servers tell of themselves in metrics, each under names of its own.
enum class ServerFigure {
    Running, ///< requests
    Waiting, ///< requests
    KvCache, ///< share of the memory for attention keys and values that is in use, 0 to 1
    Preemptions, ///< running requests that had to give up their place; a counter
    PromptTokens, ///< a counter
    OutputTokens, ///< a counter
    CacheQueries, ///< tokens of prompts that were looked for in the prefix cache; a counter
    CacheHits, ///< of those, that were found; a counter
    GpuUse, ///< share of the time that GPUs were busy, 0 to 1
    GpuMemory, ///< bytes in use
    GpuPower, ///< watts
};

inline constexpr std::size_t serverFigureCount = 11;

/// In the order of the enumeration.
[[nodiscard]] const QList<ServerFigure> &serverFigures();

/// "running", "waiting", "kv_cache", "preemptions", "prompt_tokens", "output_tokens",
/// "cache_queries", "cache_hits", "gpu", "gpu_memory", "gpu_power".
[[nodiscard]] QString toWord(ServerFigure figure);

/// "requests", "share", "tokens", "events", "bytes" or "W".
[[nodiscard]] QString unitOf(ServerFigure figure);

/// Whether it only grows, and tells something by how much; else it is a state.
[[nodiscard]] bool isCounter(ServerFigure figure);

/// What a server told at one moment; nothing where it does not tell.
struct ServerReading
{
    std::array<std::optional<double>, serverFigureCount> values;

    [[nodiscard]] const std::optional<double> &value(ServerFigure figure) const
    {
        return values[static_cast<std::size_t>(figure)];
    }

    [[nodiscard]] std::optional<double> &value(ServerFigure figure)
    {
        return values[static_cast<std::size_t>(figure)];
    }

    [[nodiscard]] bool isEmpty() const;

    friend bool operator==(const ServerReading &, const ServerReading &) = default;
};

/// Which server writes metrics of these names: "vLLM", "SGLang", "TGI", "LoRAX", "llama.cpp",
/// "Triton", "DCGM"; empty: none that is known. Of a Triton that serves vLLM it is vLLM.
[[nodiscard]] QString serverOfMetrics(const QList<MetricFamily> &families);

/// The figures among them. Several engines, models or GPUs are put together: counts, bytes and
/// watts are added, shares are averaged. What is no number is passed over.
[[nodiscard]] ServerReading readingOf(const QList<MetricFamily> &families);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::ServerReading)
