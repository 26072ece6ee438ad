// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The Prometheus texts of the servers that have some.

#include "simulator/lorax.h"
#include "simulator/openai.h"

namespace Lorikeet::Sim {

namespace {

/// Collects families of samples that share their labels.
class MetricsText final
{
public:
    explicit MetricsText(QByteArray labels)
        : m_labels(std::move(labels))
    { }

    void gauge(const QByteArray &name, double value) { sample(name, "gauge", name, {}, value); }

    void counter(const QByteArray &name, qint64 value, const QByteArray &suffix = {})
    {
        sample(name, "counter", name + suffix, {}, static_cast<double>(value));
    }

    void family(const QByteArray &name, const QByteArray &type)
    {
        m_text += "# HELP " + name + " As counted by the simulated server.\n# TYPE " + name + ' '
            + type + '\n';
    }

    void add(const QByteArray &name, const QByteArray &extraLabels, double value)
    {
        QByteArray labels = m_labels;
        if (!labels.isEmpty() && !extraLabels.isEmpty()) {
            labels += ',';
        }
        labels += extraLabels;
        m_text += name + (labels.isEmpty() ? QByteArray() : '{' + labels + '}') + ' '
            + QByteArray::number(value, 'g', 15) + '\n';
    }

    void histogram(const QByteArray &name, const SecondsHistogram &histogram)
    {
        family(name, "histogram");
        histogram.appendTo(m_text, name, m_labels);
    }

    [[nodiscard]] const QByteArray &text() const { return m_text; }

private:
    void sample(const QByteArray &family_, const QByteArray &type, const QByteArray &name,
        const QByteArray &labels, double value)
    {
        family(family_, type);
        add(name, labels, value);
    }

    QByteArray m_labels;
    QByteArray m_text;
};

} // namespace

QByteArray openAiMetrics(const Statistics &statistics, const SimulatorOptions &options)
{
    MetricsText text("engine=\"0\",model_name=\"" + baseModel(options).toUtf8() + '"');
    text.gauge("vllm:num_requests_running", static_cast<double>(statistics.running));
    text.gauge("vllm:num_requests_waiting", static_cast<double>(statistics.waiting));
    text.gauge("vllm:kv_cache_usage_perc",
        std::min(1.0, static_cast<double>(statistics.running) / options.timing.slots));
    text.counter("vllm:prompt_tokens", statistics.promptTokens, "_total");
    text.counter("vllm:generation_tokens", statistics.generatedTokens, "_total");
    text.counter("vllm:num_preemptions", 0, "_total");
    text.family("vllm:request_success", "counter");
    for (const QByteArray word : {"stop", "length", "abort"}) {
        const qint64 count = word == "abort" ? statistics.dropped : statistics.finished.value(word);
        text.add("vllm:request_success_total", "finished_reason=\"" + word + '"',
            static_cast<double>(count));
    }
    text.family("vllm:lora_requests_info", "gauge");
    text.add("vllm:lora_requests_info",
        "max_lora=\"" + QByteArray::number(simulatorAdapters().size())
            + "\",running_lora_adapters=\"" + statistics.loadedAdapters.join(',')
            + "\",waiting_lora_adapters=\"\"",
        1);
    text.histogram("vllm:time_to_first_token_seconds", statistics.timeToFirstToken);
    text.histogram("vllm:inter_token_latency_seconds", statistics.interToken);
    text.histogram("vllm:e2e_request_latency_seconds", statistics.total);
    text.histogram("vllm:request_queue_time_seconds", statistics.queue);
    return text.text();
}

QByteArray sglangMetrics(const Statistics &statistics, const SimulatorOptions &options)
{
    MetricsText text("model_name=\"" + baseModel(options).toUtf8() + "\",tp_rank=\"0\"");
    text.gauge("sglang:num_running_reqs", static_cast<double>(statistics.running));
    text.gauge("sglang:num_queue_reqs", static_cast<double>(statistics.waiting));
    text.gauge("sglang:token_usage",
        std::min(1.0, static_cast<double>(statistics.running) / options.timing.slots));
    text.counter("sglang:prompt_tokens_total", statistics.promptTokens);
    text.counter("sglang:generation_tokens_total", statistics.generatedTokens);
    text.counter("sglang:num_requests_total", statistics.requests);
    text.counter("sglang:num_retracted_requests_total", 0);
    text.histogram("sglang:time_to_first_token_seconds", statistics.timeToFirstToken);
    text.histogram("sglang:inter_token_latency_seconds", statistics.interToken);
    text.histogram("sglang:e2e_request_latency_seconds", statistics.total);
    return text.text();
}

QByteArray tgiMetrics(const Statistics &statistics)
{
    MetricsText text{QByteArray()};
    text.counter("tgi_request_count", statistics.requests);
    text.gauge("tgi_queue_size", static_cast<double>(statistics.waiting));
    text.gauge("tgi_batch_current_size", static_cast<double>(statistics.running));
    text.histogram("tgi_request_duration", statistics.total);
    text.histogram("tgi_request_queue_duration", statistics.queue);
    text.histogram("tgi_request_mean_time_per_token_duration", statistics.interToken);
    return text.text();
}

QByteArray loraxMetrics(const Statistics &statistics)
{
    MetricsText text{QByteArray()};
    qint64 finished = 0;
    for (const qint64 count : statistics.finished) {
        finished += count;
    }
    text.counter("lorax_request_count", statistics.requests);
    text.counter("lorax_request_success", finished);
    text.family("lorax_request_failure", "counter");
    text.add("lorax_request_failure", "err=\"dropped\"", static_cast<double>(statistics.dropped));
    text.gauge("lorax_queue_length", static_cast<double>(statistics.waiting));
    text.gauge("lorax_batch_current_size", static_cast<double>(statistics.running));
    text.histogram("lorax_request_duration", statistics.total);
    text.histogram("lorax_request_queue_duration", statistics.queue);
    text.histogram("lorax_request_mean_time_per_token_duration", statistics.interToken);
    return text.text();
}

} // namespace Lorikeet::Sim
