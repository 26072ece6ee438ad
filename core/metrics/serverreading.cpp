// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "metrics/serverreading.h"

#include <QHash>

#include <algorithm>
#include <cmath>
#include <span>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

struct About
{
    ServerFigure figure;
    QLatin1StringView word;
    QLatin1StringView unit;
    bool isCounter;
};

constexpr std::array<About, serverFigureCount> about{{
    {ServerFigure::Running, "running"_L1, "requests"_L1, false},
    {ServerFigure::Waiting, "waiting"_L1, "requests"_L1, false},
    {ServerFigure::KvCache, "kv_cache"_L1, "share"_L1, false},
    {ServerFigure::Preemptions, "preemptions"_L1, "events"_L1, true},
    {ServerFigure::PromptTokens, "prompt_tokens"_L1, "tokens"_L1, true},
    {ServerFigure::OutputTokens, "output_tokens"_L1, "tokens"_L1, true},
    {ServerFigure::CacheQueries, "cache_queries"_L1, "tokens"_L1, true},
    {ServerFigure::CacheHits, "cache_hits"_L1, "tokens"_L1, true},
    {ServerFigure::GpuUse, "gpu"_L1, "share"_L1, false},
    {ServerFigure::GpuMemory, "gpu_memory"_L1, "bytes"_L1, false},
    {ServerFigure::GpuPower, "gpu_power"_L1, "W"_L1, false},
}};

const About &aboutOf(ServerFigure figure) { return about[static_cast<std::size_t>(figure)]; }

/// One name under which a server tells a figure. Of several for one figure the first that is there
/// counts: newer names come first.
struct Source
{
    ServerFigure figure;
    QLatin1StringView name; ///< of the samples
    QLatin1StringView label = {}; ///< and only those with this label
    QLatin1StringView value = {}; ///< of that label
    double factor = 1;
};

constexpr std::array vllm{
    Source{ServerFigure::Running, "vllm:num_requests_running"_L1},
    Source{ServerFigure::Waiting, "vllm:num_requests_waiting"_L1},
    Source{ServerFigure::KvCache, "vllm:kv_cache_usage_perc"_L1}, // a fraction, despite its name
    Source{ServerFigure::KvCache, "vllm:gpu_cache_usage_perc"_L1},
    Source{ServerFigure::Preemptions, "vllm:num_preemptions_total"_L1},
    Source{ServerFigure::PromptTokens, "vllm:prompt_tokens_total"_L1},
    Source{ServerFigure::OutputTokens, "vllm:generation_tokens_total"_L1},
    Source{ServerFigure::CacheQueries, "vllm:prefix_cache_queries_total"_L1},
    Source{ServerFigure::CacheQueries, "vllm:gpu_prefix_cache_queries_total"_L1},
    Source{ServerFigure::CacheHits, "vllm:prefix_cache_hits_total"_L1},
    Source{ServerFigure::CacheHits, "vllm:gpu_prefix_cache_hits_total"_L1},
};

constexpr std::array sglang{
    Source{ServerFigure::Running, "sglang:num_running_reqs"_L1},
    Source{ServerFigure::Waiting, "sglang:num_queue_reqs"_L1},
    Source{ServerFigure::KvCache, "sglang:token_usage"_L1},
    // Not num_retracted_reqs, which tells of the last batch alone.
    Source{ServerFigure::Preemptions, "sglang:num_retracted_requests_total"_L1},
    Source{ServerFigure::PromptTokens, "sglang:prompt_tokens_total"_L1},
    Source{ServerFigure::OutputTokens, "sglang:generation_tokens_total"_L1},
    Source{ServerFigure::CacheQueries, "sglang:prompt_tokens_total"_L1},
    Source{ServerFigure::CacheHits, "sglang:cached_tokens_total"_L1},
};

// TGI and LoRAX count tokens of requests that ended. Their "skipped tokens" are speculated ones and
// have nothing to do with prefixes.
constexpr std::array tgi{
    Source{ServerFigure::Running, "tgi_batch_current_size"_L1},
    Source{ServerFigure::Waiting, "tgi_queue_size"_L1},
    Source{ServerFigure::PromptTokens, "tgi_request_input_length_sum"_L1},
    Source{ServerFigure::OutputTokens, "tgi_request_generated_tokens_sum"_L1},
};

constexpr std::array lorax{
    Source{ServerFigure::Running, "lorax_batch_current_size"_L1},
    Source{ServerFigure::Waiting, "lorax_queue_length"_L1},
    Source{ServerFigure::PromptTokens, "lorax_request_input_length_sum"_L1},
    Source{ServerFigure::OutputTokens, "lorax_request_generated_tokens_sum"_L1},
};

constexpr std::array llamaCpp{
    Source{ServerFigure::Running, "llamacpp:requests_processing"_L1},
    Source{ServerFigure::Waiting, "llamacpp:requests_deferred"_L1},
    Source{ServerFigure::KvCache, "llamacpp:kv_cache_usage_ratio"_L1}, // older builds
    Source{ServerFigure::PromptTokens, "llamacpp:prompt_tokens_total"_L1},
    Source{ServerFigure::OutputTokens, "llamacpp:tokens_predicted_total"_L1},
};

constexpr std::array triton{
    Source{
        ServerFigure::Running, "nv_trt_llm_request_metrics"_L1, "request_type"_L1, "scheduled"_L1},
    Source{ServerFigure::Waiting, "nv_trt_llm_request_metrics"_L1, "request_type"_L1, "waiting"_L1},
    Source{ServerFigure::Waiting, "nv_inference_pending_request_count"_L1},
    Source{ServerFigure::KvCache, "nv_trt_llm_kv_cache_block_metrics"_L1, "kv_cache_block_type"_L1,
        "fraction"_L1},
};

/// Told beside those of the server, or by an exporter of their own.
constexpr double mebibyte = 1024.0 * 1024.0;
constexpr std::array gpus{
    Source{ServerFigure::GpuUse, "nv_gpu_utilization"_L1},
    Source{ServerFigure::GpuUse, "DCGM_FI_DEV_GPU_UTIL"_L1, {}, {}, 0.01},
    Source{ServerFigure::GpuMemory, "nv_gpu_memory_used_bytes"_L1},
    Source{ServerFigure::GpuMemory, "DCGM_FI_DEV_FB_USED"_L1, {}, {}, mebibyte},
    Source{ServerFigure::GpuPower, "nv_gpu_power_usage"_L1},
    Source{ServerFigure::GpuPower, "DCGM_FI_DEV_POWER_USAGE"_L1},
};

struct Known
{
    QLatin1StringView server;
    QLatin1StringView prefix;
    std::span<const Source> sources;
};

/// What is served says more than what serves it: Triton comes last.
constexpr std::array known{
    Known{"vLLM"_L1, "vllm:"_L1, vllm},
    Known{"SGLang"_L1, "sglang:"_L1, sglang},
    Known{"TGI"_L1, "tgi_"_L1, tgi},
    Known{"LoRAX"_L1, "lorax_"_L1, lorax},
    Known{"llama.cpp"_L1, "llamacpp:"_L1, llamaCpp},
    Known{"Triton"_L1, "nv_"_L1, triton},
    Known{"DCGM"_L1, "DCGM_FI_"_L1, {}},
};

const Known *knownOf(const QList<MetricFamily> &families)
{
    const auto found = std::ranges::find_if(known, [&families](const Known &each) {
        return std::ranges::any_of(families,
            [&each](const MetricFamily &family) { return family.name.startsWith(each.prefix); });
    });
    return found == known.end() ? nullptr : &*found;
}

QString labelOf(const MetricSample &sample, QLatin1StringView name)
{
    const auto found = std::ranges::find_if(
        sample.labels, [name](const auto &label) { return label.first == name; });
    return found == sample.labels.end() ? QString() : found->second;
}

/// The parts of one model that is spread over several GPUs each tell the same (SGLang).
bool isOfFirstRank(const MetricSample &sample)
{
    return std::ranges::none_of(std::array{"tp_rank"_L1, "pp_rank"_L1}, [&](auto name) {
        const QString rank = labelOf(sample, name);
        return !rank.isEmpty() && rank != "0"_L1;
    });
}

using Samples = QHash<QString, QList<const MetricSample *>>;

std::optional<double> valueOf(const Samples &samples, const Source &source)
{
    double sum = 0;
    int count = 0;
    for (const MetricSample *sample : samples.value(source.name)) {
        const bool isMeant
            = source.label.isEmpty() || labelOf(*sample, source.label) == source.value;
        if (isMeant && std::isfinite(sample->value) && isOfFirstRank(*sample)) {
            sum += sample->value * source.factor;
            ++count;
        }
    }
    if (count == 0) {
        return std::nullopt;
    }
    return unitOf(source.figure) == "share"_L1 ? sum / count : sum;
}

} // namespace

const QList<ServerFigure> &serverFigures()
{
    static const QList<ServerFigure> figures = [] {
        QList<ServerFigure> all;
        for (const About &each : about) {
            all += each.figure;
        }
        return all;
    }();
    return figures;
}

QString toWord(ServerFigure figure) { return aboutOf(figure).word; }

QString unitOf(ServerFigure figure) { return aboutOf(figure).unit; }

bool isCounter(ServerFigure figure) { return aboutOf(figure).isCounter; }

bool ServerReading::isEmpty() const
{
    return std::ranges::none_of(values, [](const auto &value) { return value.has_value(); });
}

QString serverOfMetrics(const QList<MetricFamily> &families)
{
    const Known *server = knownOf(families);
    return server ? QString(server->server) : QString();
}

ServerReading readingOf(const QList<MetricFamily> &families)
{
    Samples samples;
    for (const MetricFamily &family : families) {
        for (const MetricSample &sample : family.samples) {
            samples[sample.name] += &sample;
        }
    }
    ServerReading reading;
    const auto read = [&](std::span<const Source> sources) {
        for (const Source &source : sources) {
            std::optional<double> &value = reading.value(source.figure);
            if (!value) {
                value = valueOf(samples, source);
            }
        }
    };
    if (const Known *server = knownOf(families)) {
        read(server->sources);
        read(gpus);
    }
    return reading;
}

} // namespace Lorikeet
