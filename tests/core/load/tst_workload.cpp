// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/workload.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "store/tomljson.h"

#include <QJsonDocument>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

using Kind = LoadWorkload::Kind;

namespace {

LengthDistribution uniform(qint64 least, qint64 most)
{
    return {
        .kind = LengthDistribution::Kind::Uniform, .least = least, .most = most, .histogram = {}};
}

/// With all that a synthetic one can have.
LoadWorkload synthetic()
{
    LoadWorkload workload;
    workload.lengths
        = {{.weight = 3, .input = LengthDistribution::fixed(256), .output = uniform(10, 90)},
            {.weight = 1, .input = uniform(1000, 2000)}};
    workload.prefix = {.share = 0.8, .tokens = 128, .count = 4};
    workload.turns = uniform(1, 5);
    workload.thinking = {.kind = ThinkTime::Kind::Exponential, .mean = 1500ms};
    workload.model = u"m"_s;
    workload.adapter = {.id = u"a"_s, .source = u"hub"_s};
    workload.systemPrompt = u"Be short."_s;
    workload.parameters = {{u"temperature"_s, 0.5}, {u"stop"_s, u"x"_s}};
    workload.extraBody = {{u"x"_s, QJsonObject{{u"y"_s, true}}}};
    workload.ignoresEnd = true;
    workload.stream = false;
    workload.mix = {.mode = AdapterMix::Mode::Zipf,
        .exponent = 1.2,
        .sticky = false,
        .choices
        = {{.name = u"base"_s, .weight = 2}, {.adapter = {.id = u"legal"_s}}, {.model = u"other"_s},
            {.adapter = {.scales = {{.id = 0, .scale = 0.5, .name = u"pirate"_s}, {.id = 1}}}},
            {.adapter = {.merged = MergedAdapters{.ids = {u"a"_s, u"b"_s},
                             .weights = {0.25, 0.75},
                             .strategy = u"ties"_s,
                             .density = 0.5,
                             .majoritySignMethod = u"total"_s}}}}};
    return workload;
}

LoadWorkload ofKind(Kind kind)
{
    LoadWorkload workload{.kind = kind, .lengths = {}};
    workload.file = u"/data/prompts.jsonl"_s;
    return workload;
}

QJsonObject parsed(const QByteArray &json) { return QJsonDocument::fromJson(json).object(); }

ParameterSpecs specsOf(const QString &provider, const QString &server)
{
    return findProvider(provider)->parameters(server);
}

} // namespace

/// What a load test is told to ask.
class TestWorkload final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void jsonAndBack_data()
    {
        QTest::addColumn<LoadWorkload>("workload");
        QTest::newRow("default") << LoadWorkload();
        QTest::newRow("synthetic") << synthetic();
        LoadWorkload part = synthetic();
        part.prefix = {.share = 1, .part = 0.625};
        part.thinking = {.mean = 1us};
        QTest::newRow("part") << part;
        LoadWorkload file = ofKind(Kind::File);
        file.shuffled = true;
        file.cycles = true;
        file.uniqueWords = 16;
        file.turns = LengthDistribution::fixed(3);
        QTest::newRow("file") << file;
        file.lengths = {{.output = LengthDistribution::fixed(7)}};
        QTest::newRow("file with lengths") << file;
        LoadWorkload filled = ofKind(Kind::Template);
        filled.prompt = {.name = u"sort"_s,
            .messages = {{.role = Role::System, .text = u"You sort."_s},
                {.role = Role::User, .text = u"Sort {{ text }}"_s}},
            .variables = {{.name = u"text"_s, .fallback = u"this"_s}},
            .parameters = {{u"top_p"_s, 0.9}}};
        QTest::newRow("template") << filled;
        LoadWorkload trace = ofKind(Kind::Trace);
        trace.speed = 2.5;
        trace.timeUnit = 1s;
        trace.blockTokens = 16;
        QTest::newRow("trace") << trace;
        QTest::newRow("bodies") << ofKind(Kind::Bodies);
    }

    void jsonAndBack()
    {
        QFETCH(const LoadWorkload, workload);
        QCOMPARE(problemOf(workload), QString());
        const QJsonObject json = toJson(workload);
        const auto back = loadWorkloadFrom(json);
        QVERIFY2(back, qPrintable(back ? QString() : back.error().message));
        QCOMPARE(*back, workload);
        // Profiles are TOML as well.
        const auto toml = jsonFromToml(tomlFromJson(json), u"x.toml"_s);
        QVERIFY(toml);
        QCOMPARE(loadWorkloadFrom(*toml).value(), workload);
    }

    void whatPeopleWrite()
    {
        const auto workload = loadWorkloadFrom(parsed(R"({
            "kind": "synthetic",
            "lengths": [{"input": 1024, "output": {"kind": "normal", "mean": 200, "deviation": 40}}],
            "prefix": {"tokens": 256},
            "turns": 3, "thinking": {"mean_ms": 2000},
            "mix": {"choices": [{"adapter": "legal", "weight": 3}, {"name": "base"}]}
        })"));
        QVERIFY2(workload, qPrintable(workload ? QString() : workload.error().message));
        QCOMPARE(workload->lengths.size(), 1);
        QCOMPARE(workload->lengths.at(0).input, LengthDistribution::fixed(1024));
        QCOMPARE(workload->lengths.at(0).output->mean, 200.0);
        QCOMPARE(workload->prefix, (SharedPrefix{.share = 1, .tokens = 256}));
        QCOMPARE(*workload->turns, LengthDistribution::fixed(3));
        QCOMPARE(workload->thinking, (ThinkTime{.mean = 2s}));
        QCOMPARE(workload->mix.choices.at(0).adapter.id, u"legal"_s);
        QVERIFY(workload->mix.choices.at(1).adapter.isBase());
        // Nothing said is the default.
        QCOMPARE(loadWorkloadFrom({}).value(), LoadWorkload());
        QCOMPARE(
            loadWorkloadFrom(parsed(R"({"kind":"file","file":"x"})")).value().lengths.size(), 0);
    }

    void secretsStayAway()
    {
        LoadWorkload workload;
        const Secret secret(u"sk-canary-0123456789"_s);
        workload.adapter = {.id = u"a"_s, .token = secret};
        workload.mix.choices = {{.adapter = {.id = u"b"_s, .token = secret}}};
        const QByteArray json = QJsonDocument(toJson(workload)).toJson();
        QVERIFY(!json.contains("canary"));
        QVERIFY(!json.contains("token\""));
    }

    void faults_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *name, const QByteArray &json, const QString &sentence) {
            QTest::newRow(name) << json << sentence;
        };
        row("unknown", R"({"adaptors":[]})",
            u"The workload: “adaptors” is not known here; there are adapter, batch, block_tokens, "
            "cycle, documents, extra_body, file, ignore_end, kind, lengths, mix, model, "
            "parameters, prefix, query, shuffle, speed, stream, system, task, template, thinking, time_unit_ms, turns, unique_words."_s);
        row("kind", R"({"kind":"embeddings"})",
            u"The workload: “kind” must be “synthetic”, “file”, “template”, “trace” or “bodies”, "
            u"not "
            "“embeddings”."_s);
        row("lengths", R"({"lengths":512})",
            u"The workload: “lengths” must be a list of objects."_s);
        row("length", R"({"lengths":[{"input":8},{"input":"8"}]})",
            u"The workload, “lengths”, entry 2, “input” must be a number, or an object with “kind” "
            u"and "
            "what belongs to it."_s);
        row("inner length", R"({"lengths":[{"output":{"kind":"uniform","most":"x"}}]})",
            u"The workload, “lengths”, entry 1, “output”: “most” must be a whole number."_s);
        row("weight", R"({"lengths":[{"weight":-1}]})",
            u"Weights of lengths must not be negative, and one must be greater than 0."_s);
        row("no length", R"({"lengths":[]})", u"Synthetic prompts need a length."_s);
        row("turns", R"({"turns":0})",
            u"The workload, “turns” must be from 1 to 10000000 on average."_s);
        row("share", R"({"prefix":{"share":1.5,"tokens":3}})",
            u"The share of prompts with a shared prefix must be from 0 to 1."_s);
        row("prefix", R"({"prefix":{"share":0.5}})",
            u"A shared prefix must have at least one token."_s);
        row("part", R"({"prefix":{"part":1.1}})",
            u"The part of a prompt that is shared must be from 0 to 1."_s);
        row("prefixes", R"({"prefix":{"tokens":9,"count":0}})",
            u"There must be at least one shared prefix."_s);
        row("prefix member", R"({"prefix":{"length":9}})",
            u"The workload, “prefix”: “length” is not known here; there are count, part, share, "
            "tokens."_s);
        row("thinking", R"({"thinking":{"mean_ms":-1}})",
            u"The time to think must not be negative."_s);
        row("endless", R"({"thinking":{"mean_ms":1e300}})",
            u"The workload, “thinking”: “mean_ms” is too long a time."_s);
        row("stream", R"({"stream":"yes"})", u"The workload: “stream” must be true or false."_s);
        row("parameters", R"({"parameters":[1]})",
            u"The workload: “parameters” must be an object."_s);
        row("mode", R"({"mix":{"mode":"random"}})",
            u"The workload, “mix”: “mode” must be “weights”, “zipf” or “round_robin”, not “random”."_s);
        row("exponent", R"({"mix":{"mode":"zipf","exponent":-1}})",
            u"The exponent of Zipf must be from 0 to 100."_s);
        row("adapter", R"({"mix":{"choices":[{},{"adapter":7}]}})",
            u"The workload, “mix”, “choices”, entry 2, “adapter” must be an id, or an object with "
            u"“id”, "
            "“source”, “scales” or “merged”."_s);
        row("scale", R"({"adapter":{"scales":[{"scale":1}]}})",
            u"The workload, “adapter”, “scales”, entry 1: “id” is missing."_s);
        row("merged", R"({"adapter":{"merged":{"ids":["a"],"weights":[1,2]}}})",
            u"The workload, “adapter”, “merged”: “weights” must be as many numbers as there are "
            "“ids”."_s);
        row("weights", R"({"mix":{"choices":[{"weight":0}]}})",
            u"Weights of the mix must not be negative, and one must be greater than 0."_s);
        row("no file", R"({"kind":"file"})", u"Choose the file with what is to be asked."_s);
        row("file", R"({"file":"x"})", u"Synthetic prompts take no file."_s);
        row("prefix of a file", R"({"kind":"file","file":"x","prefix":{"tokens":3}})",
            u"Only synthetic prompts have a shared prefix."_s);
        row("shuffled trace", R"({"kind":"trace","file":"x","shuffle":true})",
            u"A trace is asked in the order of its times; it cannot be shuffled."_s);
        row("speed", R"({"kind":"trace","file":"x","speed":0})",
            u"The speed of a trace must be greater than 0."_s);
        row("turns of a trace", R"({"kind":"trace","file":"x","turns":2})",
            u"Only synthetic prompts and conversations of a file have turns."_s);
        row("unique words", R"({"unique_words":4})",
            u"Only prompts of a file or a template can have unique words put before them."_s);
        row("template", R"({"kind":"template","template":{"prompt":7}})",
            u"The workload, “template”: “prompt” is not a text."_s);
    }

    void faults()
    {
        QFETCH(const QByteArray, json);
        QFETCH(const QString, sentence);
        const QJsonObject object = parsed(json);
        QVERIFY(!object.isEmpty());
        const auto workload = loadWorkloadFrom(object);
        QVERIFY(!workload);
        QCOMPARE(workload.error().message, sentence);
    }

    void sharesOfTheMix()
    {
        AdapterMix mix{.choices = {{.weight = 3}, {.weight = 1}, {.weight = 0}}};
        QCOMPARE(mix.shares(), (QList<double>{0.75, 0.25, 0}));
        mix.mode = AdapterMix::Mode::RoundRobin;
        QCOMPARE(mix.shares().constFirst(), 1.0 / 3);
        mix.mode = AdapterMix::Mode::Zipf;
        mix.exponent = 2;
        const double sum = 1 + 1.0 / 4 + 1.0 / 9;
        const QList<double> shares = mix.shares();
        QVERIFY(std::abs(shares.at(0) - 1 / sum) < 1e-12);
        QVERIFY(std::abs(shares.at(2) - 1.0 / 9 / sum) < 1e-12);
    }

    void labels()
    {
        QCOMPARE(synthetic().mix.labels(),
            (QStringList{u"base"_s, u"legal"_s, u"other"_s, u"pirate"_s, u"a+b"_s}));
        QCOMPARE(MixChoice().label(), u"base"_s);
    }

    /// Else the figures of two would be added up where shards are merged.
    void noTwoOfAMixAreCalledTheSame()
    {
        const auto on = [](const QString &model, const QString &adapter) {
            MixChoice choice;
            choice.model = model;
            choice.adapter.id = adapter;
            return choice;
        };
        AdapterMix mix;
        mix.choices = {on(u"small"_s, u"legal"_s), on(u"large"_s, u"legal"_s), on({}, u"legal"_s),
            on(u"small"_s, u"legal"_s), on(u"small"_s, u"pirate"_s), on(u"small"_s, {}),
            on(u"small"_s, {})};
        QCOMPARE(mix.labels(),
            (QStringList{u"small: legal"_s, u"large: legal"_s, u"legal"_s, u"small: legal (2)"_s,
                u"pirate"_s, u"small"_s, u"small (2)"_s}));
    }

    void goingOnAfterTheEnd()
    {
        QCOMPARE(ignoreEndName(specsOf(u"openai"_s, u"vLLM"_s)), u"ignore_eos"_s);
        QCOMPARE(ignoreEndName(specsOf(u"openai"_s, u"llama.cpp"_s)), u"ignore_eos"_s);
        QCOMPARE(ignoreEndName(specsOf(u"lorax"_s, u"LoRAX"_s)), u"ignore_eos_token"_s);
        QCOMPARE(ignoreEndName(specsOf(u"anthropic"_s, {})), QString());
    }

    void notes()
    {
        LoadWorkload workload;
        workload.ignoresEnd = true;
        const ParameterSpecs vllm = specsOf(u"openai"_s, u"vLLM"_s);
        QCOMPARE(notesOf(workload, vllm), QStringList());
        QCOMPARE(notesOf(workload, specsOf(u"anthropic"_s, {})).size(), 1);
        QCOMPARE(notesOf(workload, {}).size(), 2);
        LoadWorkload file = ofKind(Kind::File);
        QCOMPARE(notesOf(file, vllm), QStringList());
        file.cycles = true;
        QCOMPARE(notesOf(file, vllm).size(), 1);
        file.uniqueWords = 8;
        QCOMPARE(notesOf(file, vllm), QStringList());
    }

    void thinking()
    {
        Random random(3);
        QCOMPARE((ThinkTime{.mean = 2s}).draw(random), 2s);
        const ThinkTime exponential{.kind = ThinkTime::Kind::Exponential, .mean = 2s};
        double sum = 0;
        int longer = 0;
        for (int i = 0; i < 100'000; ++i) {
            const double seconds = toSeconds(exponential.draw(random));
            sum += seconds;
            longer += seconds > 4 ? 1 : 0;
        }
        QVERIFY(std::abs(sum / 100'000 - 2) < 0.03);
        QVERIFY(std::abs(longer / 100'000.0 - std::exp(-2)) < 0.005);
    }
};

QTEST_GUILESS_MAIN(TestWorkload)
#include "tst_workload.moc"
