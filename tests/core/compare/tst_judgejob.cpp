// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/networkthread.h"
#include "compare/judgejob.h"
#include "scriptedserver.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

constexpr int longWait = 30'000;

Script reply(const QByteArray &text)
{
    return Script::reply(200, "application/json"_ba,
        R"({"choices":[{"index":0,"message":{"content":")" + text
            + R"("},"finish_reason":"stop"}],"usage":{"prompt_tokens":100,"completion_tokens":1}})");
}

} // namespace

/// A judge that is asked in another thread.
class TestJudgeJob final : public QObject
{
    Q_OBJECT

    std::unique_ptr<NetworkThread> m_network;
    std::unique_ptr<ScriptedServer> m_server;

    [[nodiscard]] std::unique_ptr<JudgeJob> job()
    {
        Target target;
        target.endpoint.url = m_server->url();
        target.endpoint.provider = u"openai"_s;
        const QList<JudgePair> pairs(2, {.prompt = u"Loud?"_s, .first = u"Yes."_s});
        return std::make_unique<JudgeJob>(
            [this](const std::function<void(ApiClient &)> &work) { m_network->withClient(work); },
            target,
            JudgeOptions{.defaults = {.model = u"judge"_s},
                .batch = {.concurrency = 1, .retries = std::nullopt, .stream = false}},
            pairs);
    }

    [[nodiscard]] static std::optional<ApiError> errorOf(const QSignalSpy &finished)
    {
        return finished.constFirst().constFirst().value<std::optional<ApiError>>();
    }

private Q_SLOTS:

    void init()
    {
        m_network = std::make_unique<NetworkThread>();
        m_server = std::make_unique<ScriptedServer>();
    }

    /// Not with the program: what OpenSSL keeps for a thread goes when the thread is gone, which is
    /// a little after it was waited for.
    void cleanup() { m_network.reset(); }

    void judgementsArriveHere()
    {
        for (const char *letter : {"A", "B", "C", "C"}) {
            m_server->enqueue(reply(letter));
        }
        const auto job = this->job();
        const QSignalSpy judged(job.get(), &JudgeJob::judged);
        QSignalSpy finished(job.get(), &JudgeJob::finished);
        job->start();
        QVERIFY(finished.wait(longWait));
        QVERIFY(!errorOf(finished));
        QCOMPARE(judged.size(), 2);
        QCOMPARE(judged[0][0].value<qsizetype>(), 0);
        QCOMPARE(judged[0][1].value<Judgement>().score(), 1.0);
        QCOMPARE(judged[1][1].value<Judgement>().score(), 0.5);
    }

    void stoppedItKeepsWhatWasJudged()
    {
        m_server->enqueue(reply("A"));
        m_server->enqueue(reply("B"));
        m_server->enqueue(Script().hold());
        const auto job = this->job();
        QSignalSpy judged(job.get(), &JudgeJob::judged);
        QSignalSpy finished(job.get(), &JudgeJob::finished);
        job->start();
        QVERIFY(judged.wait(longWait));
        QVERIFY(finished.isEmpty());
        job->stop();
        QVERIFY(finished.wait(longWait));
        QCOMPARE(errorOf(finished)->kind, ApiError::Kind::Cancelled);
        QCOMPARE(judged.size(), 1);
    }

    /// What the server was paid for is told, though the other order is missing.
    void stoppedAmidAPairItKeepsThat()
    {
        m_server->enqueue(reply("A"));
        m_server->enqueue(Script().hold());
        const auto job = this->job();
        QSignalSpy judged(job.get(), &JudgeJob::judged);
        QSignalSpy finished(job.get(), &JudgeJob::finished);
        job->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_server->requests().size(), 2, longWait);
        job->stop();
        QVERIFY(finished.wait(longWait));
        QCOMPARE(judged.size(), 1);
        const auto judgement = judged[0][1].value<Judgement>();
        QVERIFY(judgement.forward && !judgement.backward);
        QCOMPARE(judgement.promptTokens, 100);
        QVERIFY(!judgement.score());
    }

    void stoppedBeforeItBeginsNothingIsAsked()
    {
        const auto job = this->job();
        QSignalSpy finished(job.get(), &JudgeJob::finished);
        QSemaphore gate;
        m_network->withClient([&gate](ApiClient &) { gate.acquire(); });
        job->stop();
        job->start();
        gate.release();
        QVERIFY(finished.wait(longWait));
        QCOMPARE(errorOf(finished)->kind, ApiError::Kind::Cancelled);
        QVERIFY(m_server->requests().isEmpty());
    }

    void destroyedItSaysNothing()
    {
        m_server->enqueue(Script().hold());
        auto job = this->job();
        const QSignalSpy finished(job.get(), &JudgeJob::finished);
        const qsizetype before = m_server->requests().size();
        job->start();
        QTRY_VERIFY_WITH_TIMEOUT(m_server->requests().size() > before, longWait);
        job.reset();
        QVERIFY(finished.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestJudgeJob)

#include "tst_judgejob.moc"
