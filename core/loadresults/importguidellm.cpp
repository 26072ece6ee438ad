// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/foreignreader.h"

#include "base/invalidrequest.h"

#include <simdjson.h>

#include <QJsonDocument>

#include <array>
#include <string_view>

using namespace Qt::StringLiterals;
namespace ondemand = simdjson::ondemand;

namespace Lorikeet {

namespace {

/// Its files have hundreds of megabytes, of which all but the requests is little: that is parsed as
/// JSON, requests are gone through one by one.
struct GuidellmRequest
{
    std::optional<double> start; ///< s since 1970
    std::optional<double> latency; ///< s
    std::optional<double> ttft; ///< ms
    std::optional<double> itl; ///< ms, the mean of its gaps
    std::optional<double> outputTokens;
    std::optional<double> firstToken; ///< s since 1970
    std::optional<double> lastToken;
};

struct GuidellmBenchmark
{
    QJsonObject config;
    QJsonObject metrics;
    QJsonObject scheduler;
    std::vector<GuidellmRequest> successful;
};

struct GuidellmTime
{
    QLatin1StringView name;
    QLatin1StringView word;
    QLatin1StringView label;
    double unit; ///< of a second
    QLatin1StringView sentence;
};

constexpr std::array guidellmTimes{
    GuidellmTime{"time_to_first_token_ms"_L1, "ttft"_L1, "TTFT"_L1, 1e-3,
        "start of the request to first token, reasoning included, by the clock on the wall"_L1},
    GuidellmTime{"time_to_first_output_token_ms"_L1, "first_visible"_L1, "First output"_L1, 1e-3,
        "start of the request to first token that is no reasoning"_L1},
    GuidellmTime{"time_per_output_token_ms"_L1, "tpot_guidellm"_L1, "TPOT of guidellm"_L1, 1e-3,
        "(last token - start) / output tokens, so that the TTFT is inside"_L1},
    GuidellmTime{"inter_token_latency_ms"_L1, "itl"_L1, "ITL"_L1, 1e-3,
        "(last - first token) / (output tokens - 1): one mean of each request, in which stalls vanish"_L1},
    GuidellmTime{"request_latency"_L1, "e2e"_L1, "End to end"_L1, 1,
        "start of the request to its end, by the clock on the wall"_L1},
};

FigureDefinition guidellmDefinition(const QString &key, const QString &sentence)
{
    return {.key = u"guidellm/"_s + key, .sentence = sentence};
}

QJsonObject objectOf(std::string_view json)
{
    return QJsonDocument::fromJson(QByteArray(json.data(), qsizetype(json.size()))).object();
}

/// The member that was come to, as JSON of its own.
bool readObject(ondemand::value value, QJsonObject &object)
{
    std::string_view json;
    if (value.raw_json().get(json) != simdjson::SUCCESS) {
        return false;
    }
    object = objectOf(json);
    return true;
}

/// null is no number, and none is no mistake.
bool readNumber(ondemand::value value, std::optional<double> &number)
{
    bool isNull = false;
    if (value.is_null().get(isNull) == simdjson::SUCCESS && isNull) {
        return true;
    }
    double read = 0;
    if (value.get_double().get(read) != simdjson::SUCCESS) {
        return false;
    }
    number = read;
    return true;
}

/// Calls `read` for each member of an object; false where it is none, or `read` says so.
template<typename Read>
bool forEachMember(ondemand::object object, const Read &read)
{
    for (auto field : object) {
        std::string_view name;
        ondemand::value value;
        if (field.unescaped_key().get(name) != simdjson::SUCCESS
            || field.value().get(value) != simdjson::SUCCESS || !read(name, value)) {
            return false;
        }
    }
    return true;
}

bool readTimings(ondemand::value value, GuidellmRequest &request)
{
    ondemand::object info;
    if (value.get_object().get(info) != simdjson::SUCCESS) {
        return false;
    }
    return forEachMember(info, [&request](std::string_view name, ondemand::value inner) {
        ondemand::object timings;
        if (name != "timings") {
            return true;
        }
        return inner.get_object().get(timings) == simdjson::SUCCESS
            && forEachMember(timings, [&request](std::string_view which, ondemand::value time) {
                   return which == "first_token_iteration" ? readNumber(time, request.firstToken)
                       : which == "last_token_iteration"   ? readNumber(time, request.lastToken)
                                                           : true;
               });
    });
}

bool readRequest(ondemand::value value, GuidellmRequest &request)
{
    ondemand::object object;
    return value.get_object().get(object) == simdjson::SUCCESS
        && forEachMember(object, [&request](std::string_view name, ondemand::value member) {
               return name == "request_start_time"    ? readNumber(member, request.start)
                   : name == "request_latency"        ? readNumber(member, request.latency)
                   : name == "time_to_first_token_ms" ? readNumber(member, request.ttft)
                   : name == "inter_token_latency_ms" ? readNumber(member, request.itl)
                   : name == "output_tokens"          ? readNumber(member, request.outputTokens)
                   : name == "info"                   ? readTimings(member, request)
                                                      : true;
           });
}

bool readRequests(ondemand::value value, std::vector<GuidellmRequest> &successful)
{
    ondemand::object requests;
    return value.get_object().get(requests) == simdjson::SUCCESS
        && forEachMember(requests, [&successful](std::string_view name, ondemand::value list) {
               ondemand::array all;
               if (name != "successful") {
                   return true;
               }
               if (list.get_array().get(all) != simdjson::SUCCESS) {
                   return false;
               }
               for (auto each : all) {
                   ondemand::value request;
                   if (each.get(request) != simdjson::SUCCESS
                       || !readRequest(request, successful.emplace_back())) {
                       return false;
                   }
               }
               return true;
           });
}

bool readBenchmark(ondemand::value value, GuidellmBenchmark &benchmark)
{
    ondemand::object object;
    return value.get_object().get(object) == simdjson::SUCCESS
        && forEachMember(object, [&benchmark](std::string_view name, ondemand::value member) {
               if (name == "config") {
                   return readObject(member, benchmark.config);
               }
               if (name == "metrics") {
                   return readObject(member, benchmark.metrics);
               }
               if (name == "scheduler_metrics") {
                   return readObject(member, benchmark.scheduler);
               }
               return name == "requests" ? readRequests(member, benchmark.successful) : true;
           });
}

/// Of single requests, in seconds.
std::optional<double> valueOf(const GuidellmRequest &request, QLatin1StringView word)
{
    const auto inSeconds = [](const std::optional<double> &ms) {
        return ms ? std::optional(*ms * 1e-3) : std::nullopt;
    };
    if (word == "ttft"_L1) {
        return inSeconds(request.ttft);
    }
    if (word == "itl"_L1) {
        return inSeconds(request.itl);
    }
    if (word == "e2e"_L1) {
        return request.latency;
    }
    const double tokens = request.outputTokens.value_or(0);
    return word == "tpot"_L1 && request.firstToken && request.lastToken && tokens > 1
        ? std::optional((*request.lastToken - *request.firstToken) / (tokens - 1))
        : std::nullopt;
}

std::vector<std::pair<double, double>> rowsOf(
    const GuidellmBenchmark &benchmark, QLatin1StringView word)
{
    std::vector<std::pair<double, double>> rows;
    for (const GuidellmRequest &request : benchmark.successful) {
        if (const auto value = valueOf(request, word); value && request.start) {
            rows.emplace_back(*request.start, *value);
        }
    }
    return rows;
}

Result<ForeignReport> reportOfBenchmark(const GuidellmBenchmark &benchmark, const QString &place)
{
    const ForeignObject metrics(benchmark.metrics, u"%1: metrics"_s.arg(place));
    const ForeignObject config(benchmark.config, u"%1: config"_s.arg(place));
    const ForeignObject strategy = config.object(u"strategy"_s);
    ForeignReport report;
    report.tool = u"guidellm"_s;
    report.name = u"%1 (%2)"_s.arg(place, strategy.shown(u"type_"_s));
    addSetUp(report, strategy,
        {u"type_"_s, u"streams"_s, u"rate"_s, u"max_concurrency"_s, u"worker_count"_s,
            u"random_seed"_s});
    const auto mean = [&metrics](const QString &name) {
        return metrics.object(name).object(u"successful"_s).number(u"mean"_s);
    };
    addRate(report, u"output_tokens_per_s"_s, u"Output tokens/s"_s,
        guidellmDefinition(u"output_tokens_per_second"_s,
            u"tokens laid on a straight line between first and last token, their mean rate"_s),
        mean(u"output_tokens_per_second"_s));
    addRate(report, u"requests_per_s"_s, u"Answers/s"_s,
        guidellmDefinition(u"requests_per_second"_s, u"the mean rate of successful requests"_s),
        mean(u"requests_per_second"_s));
    // The totals are plain numbers; where they are missing the scheduler has them too.
    ForeignObject totals = metrics.object(u"request_totals"_s);
    if (totals.json().isEmpty()) {
        totals = ForeignObject(benchmark.scheduler, u"%1: scheduler_metrics"_s.arg(place))
                     .object(u"requests_made"_s);
    }
    addCounts(report,
        guidellmDefinition(u"errored"_s, u"errored, of errored and successful requests"_s),
        totals.number(u"successful"_s), totals.number(u"errored"_s));
    for (const GuidellmTime &time : guidellmTimes) {
        const ForeignObject block = metrics.object(time.name).object(u"successful"_s);
        const auto statistic = [&time](const std::optional<double> &value) {
            return value ? std::optional(*value * time.unit) : std::nullopt;
        };
        ForeignTimes times{.word = time.word,
            .label = time.label,
            .definition = guidellmDefinition(time.word, time.sentence),
            .mean = statistic(block.number(u"mean"_s)),
            .deviation = statistic(block.number(u"std_dev"_s)),
            .count = block.number(u"count"_s),
            .rows = rowsOf(benchmark, time.word)};
        const ForeignObject percentiles = block.object(u"percentiles"_s);
        for (const double share : {0.5, 0.9, 0.95, 0.99}) {
            if (const auto value
                = statistic(percentiles.number(u'p' + QString::number(share * 100)))) {
                times.percentiles.append({share, *value});
            }
        }
        addFigures(report, times);
    }
    if (const auto rows = rowsOf(benchmark, "tpot"_L1); !rows.empty()) {
        addFigures(report,
            {.word = u"tpot"_s,
                .label = u"TPOT"_s,
                .definition = guidellmDefinition(u"tpot_of_requests"_s,
                    u"(last - first token) / (output tokens - 1), worked out here from the file's requests"_s),
                .rows = rows});
    }
    const Result<> sound
        = metrics.outcome().and_then([&config] { return config.outcome(); }).and_then([&totals] {
              return totals.outcome();
          });
    return sound.map([&report] { return report; });
}

} // namespace

bool isGuidellm(const QByteArray &content)
{
    // Cheap where it is not: the names of the first members tell.
    ondemand::parser parser;
    const simdjson::padded_string text(content.constData(), size_t(content.size()));
    ondemand::document document;
    ondemand::object object;
    if (parser.iterate(text).get(document) != simdjson::SUCCESS
        || document.get_object().get(object) != simdjson::SUCCESS) {
        return false;
    }
    bool isFound = false;
    static_cast<void>(forEachMember(object, [&isFound](std::string_view name, ondemand::value) {
        isFound = isFound || name == "benchmarks";
        return !isFound;
    }));
    return isFound;
}

Result<QList<ForeignReport>> guidellmReports(const QByteArray &content, const QString &place)
{
    ondemand::parser parser;
    const simdjson::padded_string text(content.constData(), size_t(content.size()));
    ondemand::document document;
    ondemand::object object;
    QJsonObject metadata;
    std::vector<GuidellmBenchmark> benchmarks;
    QString where = u"its outermost object"_s;
    const bool isRead = parser.iterate(text).get(document) == simdjson::SUCCESS
        && document.get_object().get(object) == simdjson::SUCCESS
        && forEachMember(object, [&](std::string_view name, ondemand::value value) {
               if (name == "metadata") {
                   where = u"“metadata”"_s;
                   return readObject(value, metadata);
               }
               ondemand::array list;
               if (name != "benchmarks") {
                   return true;
               }
               where = u"“benchmarks”"_s;
               if (value.get_array().get(list) != simdjson::SUCCESS) {
                   return false;
               }
               for (auto each : list) {
                   where = u"benchmark %1"_s.arg(benchmarks.size() + 1);
                   ondemand::value benchmark;
                   if (each.get(benchmark) != simdjson::SUCCESS
                       || !readBenchmark(benchmark, benchmarks.emplace_back())) {
                       return false;
                   }
               }
               return true;
           });
    if (!isRead) {
        return invalidRequest(
            u"%1 is no whole report of guidellm: %2 is damaged or of another form."_s.arg(
                place, where));
    }
    if (benchmarks.empty()) {
        return invalidRequest(u"%1 has no benchmarks in it."_s.arg(place));
    }
    QList<ForeignReport> reports;
    for (size_t i = 0; i < benchmarks.size(); ++i) {
        const QString name = benchmarks.size() > 1
            ? u"%1, benchmark %2"_s.arg(place, QString::number(i + 1))
            : place;
        Result<ForeignReport> report = reportOfBenchmark(benchmarks[i], name);
        if (!report) {
            return Failure(report.error());
        }
        report->version = metadata.value(u"guidellm_version"_s).toString();
        reports.append(*report);
    }
    return reports;
}

} // namespace Lorikeet
