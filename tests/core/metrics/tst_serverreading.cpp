// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "metrics/serverreading.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

using Values = QMap<QString, double>;

Values valuesOf(const ServerReading &reading)
{
    Values values;
    for (const ServerFigure figure : serverFigures()) {
        if (reading.value(figure)) {
            values.insert(toWord(figure), *reading.value(figure));
        }
    }
    return values;
}

} // namespace

/// What the metrics of known servers say in figures of one name.
class TestServerReading final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void serversAreRead_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("server");
        QTest::addColumn<Values>("values");
        QTest::newRow("vllm")
            << "# TYPE vllm:num_requests_running gauge\n"
               "vllm:num_requests_running{engine=\"0\",model_name=\"m\"} 12.0\n"
               "vllm:num_requests_running{engine=\"1\",model_name=\"m\"} 8.0\n"
               "vllm:num_requests_waiting{engine=\"0\",model_name=\"m\"} 3.0\n"
               "vllm:kv_cache_usage_perc{engine=\"0\",model_name=\"m\"} 0.5\n"
               "vllm:kv_cache_usage_perc{engine=\"1\",model_name=\"m\"} 0.25\n"
               "vllm:num_preemptions_total{engine=\"0\",model_name=\"m\"} 2.0\n"
               "vllm:num_preemptions_created{engine=\"0\",model_name=\"m\"} 1.7e9\n"
               "vllm:prompt_tokens_total{engine=\"0\"} 5000.0\n"
               "vllm:generation_tokens_total{engine=\"0\"} 1200.0\n"
               "vllm:prefix_cache_queries_total{engine=\"0\"} 5000.0\n"
               "vllm:prefix_cache_hits_total{engine=\"0\"} 640.0\n"_ba
            << u"vLLM"_s
            << Values{{u"running"_s, 20}, {u"waiting"_s, 3}, {u"kv_cache"_s, 0.375},
                   {u"preemptions"_s, 2}, {u"prompt_tokens"_s, 5000}, {u"output_tokens"_s, 1200},
                   {u"cache_queries"_s, 5000}, {u"cache_hits"_s, 640}};
        QTest::newRow("vllm, both names of a figure")
            << "vllm:gpu_cache_usage_perc 0.9\nvllm:kv_cache_usage_perc 0.5\n"_ba << u"vLLM"_s
            << Values{{u"kv_cache"_s, 0.5}};
        QTest::newRow("older vllm") << "vllm:gpu_cache_usage_perc{model_name=\"m\"} 0.125\n"_ba
                                    << u"vLLM"_s << Values{{u"kv_cache"_s, 0.125}};
        // Each part of a model that is spread over GPUs tells the same.
        QTest::newRow("sglang")
            << "sglang:num_running_reqs{model_name=\"m\",tp_rank=\"0\"} 4.0\n"
               "sglang:num_running_reqs{model_name=\"m\",tp_rank=\"1\"} 4.0\n"
               "sglang:num_queue_reqs{model_name=\"m\",tp_rank=\"0\"} 1.0\n"
               "sglang:token_usage{model_name=\"m\",tp_rank=\"0\"} 0.28\n"
               "sglang:num_retracted_reqs{model_name=\"m\"} 1.0\n"
               "sglang:num_retracted_requests_total{model_name=\"m\"} 48.0\n"
               "sglang:prompt_tokens_total{model_name=\"m\"} 8.128902e+06\n"
               "sglang:generation_tokens_total{model_name=\"m\"} 7.0\n"
               "sglang:cached_tokens_total{model_name=\"m\",cache_source=\"device\"} 30.0\n"
               "sglang:cached_tokens_total{model_name=\"m\",cache_source=\"host\"} 12.0\n"_ba
            << u"SGLang"_s
            << Values{{u"running"_s, 4}, {u"waiting"_s, 1}, {u"kv_cache"_s, 0.28},
                   {u"preemptions"_s, 48}, {u"prompt_tokens"_s, 8128902}, {u"output_tokens"_s, 7},
                   {u"cache_queries"_s, 8128902}, {u"cache_hits"_s, 42}};
        QTest::newRow("tgi")
            << "# TYPE tgi_request_input_length histogram\n"
               "tgi_request_input_length_bucket{le=\"+Inf\"} 3\n"
               "tgi_request_input_length_sum 96\ntgi_request_input_length_count 3\n"
               "tgi_request_generated_tokens_sum 30\ntgi_request_skipped_tokens_sum 5\n"
               "tgi_queue_size 7\ntgi_batch_current_size 4\n"_ba
            << u"TGI"_s
            << Values{{u"running"_s, 4}, {u"waiting"_s, 7}, {u"prompt_tokens"_s, 96},
                   {u"output_tokens"_s, 30}};
        QTest::newRow("lorax") << "lorax_queue_length 2\nlorax_batch_current_size 5\n"
                                  "lorax_request_input_length_sum 11\n"_ba
                               << u"LoRAX"_s
                               << Values{{u"running"_s, 5}, {u"waiting"_s, 2},
                                      {u"prompt_tokens"_s, 11}};
        QTest::newRow("llama.cpp")
            << "llamacpp:requests_processing 2\nllamacpp:requests_deferred 1\n"
               "llamacpp:prompt_tokens_total 10\nllamacpp:tokens_predicted_total 20\n"
               "llamacpp:predicted_tokens_seconds 33\nllamacpp:kv_cache_usage_ratio 0.63\n"_ba
            << u"llama.cpp"_s
            << Values{{u"running"_s, 2}, {u"waiting"_s, 1}, {u"kv_cache"_s, 0.63},
                   {u"prompt_tokens"_s, 10}, {u"output_tokens"_s, 20}};
        QTest::newRow("triton")
            << "nv_inference_pending_request_count{model=\"m\",version=\"1\"} 6\n"
               "nv_gpu_utilization{gpu_uuid=\"a\"} 0.5\nnv_gpu_utilization{gpu_uuid=\"b\"} 0.7\n"
               "nv_gpu_memory_used_bytes{gpu_uuid=\"a\"} 1000\n"
               "nv_gpu_memory_used_bytes{gpu_uuid=\"b\"} 24\n"
               "nv_gpu_power_usage{gpu_uuid=\"a\"} 70.5\n"_ba
            << u"Triton"_s
            << Values{{u"waiting"_s, 6}, {u"gpu"_s, 0.6}, {u"gpu_memory"_s, 1024},
                   {u"gpu_power"_s, 70.5}};
        QTest::newRow("triton with tensorrt-llm")
            << "nv_trt_llm_request_metrics{model=\"m\",request_type=\"waiting\"} 3\n"
               "nv_trt_llm_request_metrics{model=\"m\",request_type=\"scheduled\"} 4\n"
               "nv_trt_llm_request_metrics{model=\"m\",request_type=\"max\"} 512\n"
               "nv_trt_llm_kv_cache_block_metrics{kv_cache_block_type=\"fraction\"} 0.25\n"
               "nv_trt_llm_kv_cache_block_metrics{kv_cache_block_type=\"max\"} 6239\n"
               "nv_inference_pending_request_count{model=\"m\"} 9\n"_ba
            << u"Triton"_s << Values{{u"running"_s, 4}, {u"waiting"_s, 3}, {u"kv_cache"_s, 0.25}};
        QTest::newRow("triton with vllm")
            << "nv_gpu_utilization{gpu_uuid=\"a\"} 0.5\nvllm:num_requests_running 3\n"_ba
            << u"vLLM"_s << Values{{u"running"_s, 3}, {u"gpu"_s, 0.5}};
        QTest::newRow("dcgm") << "DCGM_FI_DEV_GPU_UTIL{gpu=\"0\"} 40\n"
                                 "DCGM_FI_DEV_GPU_UTIL{gpu=\"1\"} 60\n"
                                 "DCGM_FI_DEV_FB_USED{gpu=\"0\"} 2\n"
                                 "DCGM_FI_DEV_POWER_USAGE{gpu=\"0\"} 310.5\n"_ba
                              << u"DCGM"_s
                              << Values{{u"gpu"_s, 0.5}, {u"gpu_memory"_s, 2097152},
                                     {u"gpu_power"_s, 310.5}};
        QTest::newRow("no number") << "vllm:num_requests_running NaN\n"
                                      "vllm:num_requests_waiting +Inf\n"
                                      "vllm:kv_cache_usage_perc 0.5\n# EOF\n"_ba
                                   << u"vLLM"_s << Values{{u"kv_cache"_s, 0.5}};
        QTest::newRow("something else")
            << "process_cpu_seconds_total 17\ngo_goroutines 4\n"_ba << QString() << Values();
    }

    void serversAreRead()
    {
        QFETCH(const QByteArray, text);
        const auto families = readExposition(text);
        QVERIFY(families);
        QTEST(serverOfMetrics(*families), "server");
        QTEST(valuesOf(readingOf(*families)), "values");
    }

    void figuresHaveWordsAndUnits()
    {
        QSet<QString> words;
        for (const ServerFigure figure : serverFigures()) {
            words.insert(toWord(figure));
            QVERIFY(!unitOf(figure).isEmpty());
        }
        QCOMPARE(std::size_t(words.size()), serverFigureCount);
        QVERIFY(isCounter(ServerFigure::Preemptions));
        QVERIFY(!isCounter(ServerFigure::KvCache));
        QCOMPARE(unitOf(ServerFigure::GpuPower), u"W"_s);
    }
};

QTEST_GUILESS_MAIN(TestServerReading)
#include "tst_serverreading.moc"
