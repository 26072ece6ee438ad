// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/workloadsource.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "simulator/tokenizer.h"

#include <QSet>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Lorikeet;

namespace {

using Source = std::shared_ptr<const LoadSource>;

ParameterSpecs vllm() { return findProvider(u"openai"_s)->parameters(u"vLLM"_s); }

Source sourceOf(
    const LoadWorkload &workload, quint64 seed = 1, const TokenCalibration &calibration = {})
{
    const auto source = makeLoadSource(workload, seed, calibration, vllm());
    if (!source) {
        qFatal("%ls", qUtf16Printable(source.error().message));
    }
    return *source;
}

LoadWorkload ofLengths(const LengthDistribution &input, qint64 output = 100)
{
    LoadWorkload workload;
    workload.lengths = {{.input = input, .output = LengthDistribution::fixed(output)}};
    return workload;
}

LengthDistribution uniform(qint64 least, qint64 most)
{
    return {
        .kind = LengthDistribution::Kind::Uniform, .least = least, .most = most, .histogram = {}};
}

LoadRequest ask(
    const Source &source, qint64 conversation, int turn = 0, const QList<Message> &before = {})
{
    const auto request = source->request(conversation, turn, before);
    if (!request) {
        qFatal("%ls", qUtf16Printable(request.error().message));
    }
    return *request;
}

QString textOf(const LoadRequest &request) { return request.request.messages.constLast().content; }

/// The conversation as a person and a server would lead it.
QList<LoadRequest> conversationOf(const Source &source, qint64 conversation)
{
    QList<LoadRequest> requests;
    QList<Message> said;
    for (int turn = 0; turn == 0 || turn < requests.constFirst().turns; ++turn) {
        requests.append(ask(source, conversation, turn, said));
        said = requests.constLast().request.messages;
        said.append({.role = Role::Assistant, .content = u"Answer %1"_s.arg(turn)});
    }
    return requests;
}

/// With all that is drawn by chance.
LoadWorkload varied()
{
    LoadWorkload workload;
    workload.lengths = {{.weight = 2, .input = uniform(50, 300), .output = uniform(5, 50)},
        {.weight = 1, .input = uniform(500, 900)}};
    workload.prefix = {.share = 0.5, .tokens = 40, .count = 3};
    workload.turns = uniform(1, 4);
    workload.thinking = {.kind = ThinkTime::Kind::Exponential, .mean = 2s};
    workload.systemPrompt = u"Be short."_s;
    workload.mix = {.mode = AdapterMix::Mode::Zipf,
        .sticky = false,
        .choices = {{}, {.adapter = {.id = u"a"_s}}, {.adapter = {.id = u"b"_s}}}};
    return workload;
}

/// How often each choice of the mix is asked in the first turns, of all.
QList<double> sharesOf(const Source &source, int count)
{
    std::map<int, int> often;
    for (int conversation = 0; conversation < count; ++conversation) {
        ++often[ask(source, conversation).choice];
    }
    QList<double> shares;
    for (const auto &[choice, times] : often) {
        if (choice != int(shares.size())) {
            qFatal("a choice that is never asked");
        }
        shares.append(double(times) / count);
    }
    return shares;
}

qsizetype commonBytes(const QByteArray &first, const QByteArray &second)
{
    const auto [one, other] = std::ranges::mismatch(first, second);
    return one - first.begin();
}

} // namespace

/// The requests of a workload: what all kinds have in common, and synthetic prompts.
class TestWorkloadSource final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void sameInAnyOrderAndThread()
    {
        const Source source = sourceOf(varied(), 42);
        constexpr int count = 200;
        std::vector<QList<LoadRequest>> forwards(count);
        for (int i = 0; i < count; ++i) {
            forwards[size_t(i)] = conversationOf(source, i);
        }
        // Another source, as another process has it, asked from behind and by several at once.
        const Source other = sourceOf(varied(), 42);
        std::vector<QList<LoadRequest>> backwards(count);
        std::vector<std::thread> threads;
        constexpr int workers = 4;
        for (int worker = 0; worker < workers; ++worker) {
            threads.emplace_back([&backwards, &other, worker] {
                for (int i = count - 1 - worker; i >= 0; i -= workers) {
                    backwards[size_t(i)] = conversationOf(other, i);
                }
            });
        }
        for (std::thread &thread : threads) {
            thread.join();
        }
        for (int i = 0; i < count; ++i) {
            QCOMPARE(backwards[size_t(i)], forwards[size_t(i)]);
        }
    }

    void anotherSeedIsAllElse()
    {
        const Source first = sourceOf(varied(), 1);
        const Source second = sourceOf(varied(), 2);
        int sameChoice = 0;
        for (int i = 0; i < 200; ++i) {
            const LoadRequest one = ask(first, i);
            const LoadRequest other = ask(second, i);
            QVERIFY(commonBytes(textOf(one).toUtf8(), textOf(other).toUtf8()) < 24);
            sameChoice += one.choice == other.choice ? 1 : 0;
        }
        QVERIFY(sameChoice < 150);
    }

    void noTwoPromptsBeginAlike()
    {
        // Or a server's prefix cache would be measured.
        const Source source = sourceOf(ofLengths(LengthDistribution::fixed(200)));
        QSet<QString> begun;
        for (int i = 0; i < 5000; ++i) {
            begun.insert(textOf(ask(source, i)).first(40));
        }
        QCOMPARE(begun.size(), 5000);
    }

    void sizedForTheServer()
    {
        // The simulator counts four tokens a message and three of its template.
        const TokenCalibration calibration{.tokensPerWord = 1, .fixedTokens = 7};
        const Source source = sourceOf(ofLengths(uniform(30, 4000)), 1, calibration);
        for (int i = 0; i < 300; ++i) {
            const LoadRequest request = ask(source, i);
            const auto tokens = double(7 + Sim::tokenCount(textOf(request).toUtf8()));
            const auto wanted = double(request.inputTokens.value());
            QVERIFY2(std::abs(tokens - wanted) <= 0.02 * wanted,
                qPrintable(u"%1 of %2"_s.arg(tokens).arg(wanted)));
        }
    }

    void lengthsInPairs()
    {
        LoadWorkload workload;
        workload.lengths = {{.weight = 3,
                                .input = LengthDistribution::fixed(100),
                                .output = LengthDistribution::fixed(10)},
            {.weight = 1,
                .input = LengthDistribution::fixed(400),
                .output = LengthDistribution::fixed(40)}};
        const Source source = sourceOf(workload);
        int shorter = 0;
        for (int i = 0; i < 8000; ++i) {
            const LoadRequest request = ask(source, i);
            QCOMPARE(*request.outputTokens * 10, *request.inputTokens);
            QCOMPARE(request.request.parameters.value(u"max_tokens"_s).toInteger(),
                *request.outputTokens);
            shorter += *request.inputTokens == 100 ? 1 : 0;
        }
        QVERIFY(std::abs(shorter - 6000) < 200);
    }

    void commonToAll()
    {
        LoadWorkload workload = ofLengths(LengthDistribution::fixed(50), 20);
        workload.model = u"m"_s;
        workload.adapter = {.id = u"legal"_s};
        workload.systemPrompt = u"Be short."_s;
        workload.parameters = {{u"temperature"_s, 0}, {u"max_tokens"_s, 999}};
        workload.extraBody = {{u"x"_s, 1}};
        workload.ignoresEnd = true;
        workload.stream = false;
        const ChatRequest request = ask(sourceOf(workload), 3).request;
        QCOMPARE(request.model, u"m"_s);
        QCOMPARE(request.adapter.id, u"legal"_s);
        QCOMPARE(request.messages.size(), 2);
        QCOMPARE(
            request.messages.at(0), (Message{.role = Role::System, .content = u"Be short."_s}));
        QCOMPARE(request.messages.at(1).role, Role::User);
        // A length of its own goes over the common limit.
        QCOMPARE(request.parameters,
            (ParameterSet{{u"temperature"_s, 0}, {u"max_tokens"_s, 20}, {u"ignore_eos"_s, true}}));
        QCOMPARE(request.extraBody, (QJsonObject{{u"x"_s, 1}}));
        QVERIFY(!request.stream);
        QCOMPARE(ask(sourceOf(workload), 3).choice, qint16(-1));
    }

    void limitByTheServersName()
    {
        LoadWorkload workload = ofLengths(LengthDistribution::fixed(50), 20);
        workload.ignoresEnd = true;
        const auto parametersAt = [&workload](const QString &provider, const QString &server) {
            const auto source
                = makeLoadSource(workload, 1, {}, findProvider(provider)->parameters(server));
            return ask(source.value(), 0).request.parameters;
        };
        QCOMPARE(parametersAt(u"ollama"_s, u"Ollama"_s), (ParameterSet{{u"num_predict"_s, 20}}));
        QCOMPARE(parametersAt(u"lorax"_s, u"LoRAX"_s),
            (ParameterSet{{u"max_new_tokens"_s, 20}, {u"ignore_eos_token"_s, true}}));
        // A server that is not known takes no limit, and none is said to be asked for.
        const auto unknown = makeLoadSource(workload, 1, {}, {});
        QCOMPARE(ask(unknown.value(), 0).request.parameters, ParameterSet());
        QCOMPARE(ask(unknown.value(), 0).outputTokens, std::nullopt);
    }

    void limitCommonToAllWhereThereIsNoLength()
    {
        LoadWorkload workload;
        workload.lengths = {{.input = LengthDistribution::fixed(50)}};
        QCOMPARE(ask(sourceOf(workload), 0).request.parameters, ParameterSet());
        workload.parameters = {{u"max_tokens"_s, 30}};
        QCOMPARE(ask(sourceOf(workload), 0).outputTokens, std::optional<qint64>(30));
    }

    void weightsOfTheMix()
    {
        LoadWorkload workload = ofLengths(LengthDistribution::fixed(20));
        workload.mix.choices = {{.weight = 5}, {.model = u"m"_s, .weight = 3},
            {.adapter = {.id = u"legal"_s}, .weight = 2}};
        const Source source = sourceOf(workload);
        const QList<double> shares = sharesOf(source, 20'000);
        QCOMPARE(shares.size(), 3);
        QVERIFY(std::abs(shares.at(0) - 0.5) < 0.015);
        QVERIFY(std::abs(shares.at(1) - 0.3) < 0.015);
        QVERIFY(std::abs(shares.at(2) - 0.2) < 0.015);
        for (int i = 0; i < 50; ++i) {
            const LoadRequest request = ask(source, i);
            QCOMPARE(request.request.adapter.id, request.choice == 2 ? u"legal"_s : QString());
            QCOMPARE(request.request.model, request.choice == 1 ? u"m"_s : QString());
        }
    }

    void nothingOfWeightZero()
    {
        LoadWorkload workload = ofLengths(LengthDistribution::fixed(20));
        workload.mix.choices = {{.weight = 0}, {.weight = 1}, {.weight = 0}};
        const Source source = sourceOf(workload);
        for (int i = 0; i < 1000; ++i) {
            QCOMPARE(ask(source, i).choice, qint16(1));
        }
    }

    void zipf()
    {
        LoadWorkload workload = ofLengths(LengthDistribution::fixed(20));
        workload.mix = {.mode = AdapterMix::Mode::Zipf, .exponent = 1.1};
        for (int i = 0; i < 8; ++i) {
            workload.mix.choices.append({.adapter = {.id = QString::number(i)}});
        }
        const QList<double> shares = sharesOf(sourceOf(workload), 20'000);
        for (int i = 1; i < 8; ++i) {
            const double ratio = std::pow(i + 1, -1.1);
            QVERIFY2(std::abs(shares.at(i) / shares.at(0) - ratio) < 0.15 * ratio,
                qPrintable(QString::number(i)));
        }
    }

    void roundRobin()
    {
        LoadWorkload workload = ofLengths(LengthDistribution::fixed(20));
        workload.turns = LengthDistribution::fixed(3);
        workload.mix = {.mode = AdapterMix::Mode::RoundRobin, .choices = {{}, {}, {}}};
        Source source = sourceOf(workload);
        for (int i = 0; i < 9; ++i) {
            QCOMPARE(ask(source, i, 0).choice, qint16(i % 3));
            QCOMPARE(ask(source, i, 2).choice, qint16(i % 3));
        }
        // Where it is not the conversation that stays, each request swaps.
        workload.mix.sticky = false;
        source = sourceOf(workload);
        for (int turn = 0; turn < 3; ++turn) {
            QCOMPARE(ask(source, 4, turn).choice, qint16((4 + turn) % 3));
        }
    }

    void stickyOrNot()
    {
        LoadWorkload workload = ofLengths(LengthDistribution::fixed(20));
        workload.turns = LengthDistribution::fixed(4);
        workload.mix.choices = {{.weight = 1}, {.weight = 1}};
        for (const bool sticky : {true, false}) {
            workload.mix.sticky = sticky;
            const Source source = sourceOf(workload);
            int swaps = 0;
            for (int i = 0; i < 200; ++i) {
                for (int turn = 1; turn < 4; ++turn) {
                    swaps += ask(source, i, turn).choice != ask(source, i, turn - 1).choice ? 1 : 0;
                }
            }
            QVERIFY(sticky ? swaps == 0 : swaps > 200 && swaps < 400);
        }
    }

    void sharedPrefixes()
    {
        LoadWorkload workload = ofLengths(LengthDistribution::fixed(300));
        workload.prefix = {.share = 0.7, .tokens = 120, .count = 4};
        const TokenCalibration calibration{.tokensPerWord = 1, .fixedTokens = 0};
        const Source source = sourceOf(workload, 5, calibration);
        // By the first words: either one of four, or nobody else's.
        std::map<QByteArray, QList<QByteArray>> groups;
        constexpr int count = 2000;
        for (int i = 0; i < count; ++i) {
            const QByteArray text = textOf(ask(source, i)).toUtf8();
            groups[text.first(80)].append(text);
        }
        int sharing = 0;
        int prefixes = 0;
        for (const auto &[begun, texts] : groups) {
            if (texts.size() == 1) {
                continue;
            }
            ++prefixes;
            sharing += int(texts.size());
            QVERIFY(std::abs(texts.size() - 0.7 * count / 4) < 90);
            // Byte for byte the same up to the prefix's length, and not further.
            const qsizetype common = commonBytes(texts.at(0), texts.at(1));
            QVERIFY(Sim::tokenCount(texts.at(0).first(common)) >= 120);
            for (const QByteArray &text : texts) {
                const qsizetype shared = commonBytes(texts.at(0), text);
                QVERIFY(text == texts.at(0) || Sim::tokenCount(text.first(shared)) <= 124);
                QVERIFY(Sim::tokenCount(text.first(shared)) >= 120);
                QCOMPARE(Sim::tokenCount(text), 300);
            }
        }
        QCOMPARE(prefixes, 4);
        QVERIFY(std::abs(sharing - 0.7 * count) < 90);
    }

    void chosenHitRate()
    {
        LoadWorkload workload = ofLengths(uniform(200, 2000));
        workload.prefix = {.share = 1, .part = 0.6, .count = 1};
        const TokenCalibration calibration{.tokensPerWord = 1, .fixedTokens = 20};
        const Source source = sourceOf(workload, 5, calibration);
        // What a cache without end would know of each prompt, once one as long was there.
        QByteArray longest;
        for (int i = 0; i < 100; ++i) {
            const QByteArray text = textOf(ask(source, i)).toUtf8();
            longest = text.size() > longest.size() ? text : longest;
        }
        double known = 0;
        double all = 0;
        for (int i = 100; i < 600; ++i) {
            const LoadRequest request = ask(source, i);
            const QByteArray text = textOf(request).toUtf8();
            known += 20 + double(Sim::tokenCount(text.first(commonBytes(text, longest))));
            all += double(*request.inputTokens);
        }
        QVERIFY2(std::abs(known / all - 0.6) < 0.02, qPrintable(QString::number(known / all)));
    }

    void prefixLongerThanThePrompt()
    {
        LoadWorkload workload = ofLengths(LengthDistribution::fixed(50));
        workload.prefix = {.share = 1, .tokens = 5000};
        const Source source = sourceOf(workload);
        QSet<QString> texts;
        for (int i = 0; i < 100; ++i) {
            texts.insert(textOf(ask(source, i)));
            QCOMPARE(Sim::tokenCount(textOf(ask(source, i)).toUtf8()), 42); // and 8 of the template
        }
        QCOMPARE(texts.size(), 100);
    }

    void turns()
    {
        LoadWorkload workload = ofLengths(LengthDistribution::fixed(60), 10);
        workload.systemPrompt = u"Be short."_s;
        workload.turns = uniform(1, 5);
        const Source source = sourceOf(workload);
        std::map<int, int> often;
        for (int i = 0; i < 5000; ++i) {
            ++often[ask(source, i).turns];
        }
        QCOMPARE(often.size(), 5);
        for (const auto &[turns, times] : often) {
            QVERIFY(std::abs(times - 1000) < 150);
        }
        const auto find = [&source](int turns) {
            int i = 0;
            while (ask(source, i).turns != turns) {
                ++i;
            }
            return i;
        };
        const QList<LoadRequest> requests = conversationOf(source, find(3));
        QCOMPARE(requests.size(), 3);
        const QList<Message> said = requests.constLast().request.messages;
        QList<Role> roles;
        for (const Message &message : said) {
            roles.append(message.role);
        }
        using enum Role;
        QCOMPARE(roles, (QList<Role>{System, User, Assistant, User, Assistant, User}));
        QCOMPARE(said.at(1).content, textOf(requests.at(0)));
        QCOMPARE(said.at(2).content, u"Answer 0"_s);
        QVERIFY(said.at(3).content != said.at(1).content);
        // Nobody knows beforehand how long the answers before it are.
        QVERIFY(requests.at(0).inputTokens);
        QVERIFY(!requests.at(1).inputTokens);
        QCOMPARE(requests.at(1).turns, 3);
    }

    void systemPromptWhereItWasNotSaidBefore()
    {
        LoadWorkload workload = ofLengths(LengthDistribution::fixed(60), 10);
        workload.systemPrompt = u"Be short."_s;
        workload.turns = LengthDistribution::fixed(2);
        const LoadRequest request = ask(sourceOf(workload), 0, 1,
            {{.role = Role::User, .content = u"A"_s},
                {.role = Role::Assistant, .content = u"B"_s}});
        QCOMPARE(request.request.messages.size(), 4);
        QCOMPARE(request.request.messages.constFirst().role, Role::System);
    }

    void thinking()
    {
        LoadWorkload workload = ofLengths(LengthDistribution::fixed(20));
        workload.thinking = {.kind = ThinkTime::Kind::Exponential, .mean = 2s};
        const Source source = sourceOf(workload);
        double sum = 0;
        for (int i = 0; i < 5000; ++i) {
            sum += toSeconds(ask(source, i).thinking);
        }
        QVERIFY(std::abs(sum / 5000 - 2) < 0.15);
    }

    void outsideThereIsNothing()
    {
        LoadWorkload workload = ofLengths(LengthDistribution::fixed(20));
        workload.turns = LengthDistribution::fixed(2);
        const Source source = sourceOf(workload);
        QCOMPARE(source->count(), std::nullopt);
        QCOMPARE(source->beginning(0), std::nullopt);
        QVERIFY(!source->request(-1, 0, {}));
        const auto beyond = source->request(0, 2, {});
        QVERIFY(!beyond);
        QCOMPARE(beyond.error().message, u"Conversation 0 has no turn 2: it has 2."_s);
        QVERIFY(!source->request(0, -1, {}));
        QVERIFY(source->request(1'000'000'000'000, 1, {}));
    }

    void noSourceOfNonsense()
    {
        LoadWorkload workload;
        workload.lengths.clear();
        const auto source = makeLoadSource(workload, 1, {}, {});
        QVERIFY(!source);
        QCOMPARE(source.error().message, u"Synthetic prompts need a length."_s);
    }
};

QTEST_GUILESS_MAIN(TestWorkloadSource)
#include "tst_workloadsource.moc"
