// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "askedservice.h"
#include "endpointlistmodel.h"
#include "localservers.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// Servers of this machine are offered when they answer, once, and only while they are no endpoint.
class TestLocalServers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void silenceIsNotOffered();
    void isOfferedAsWhatItIs();
    void isNotOfferedTwice();
    void isNotOfferedWhereItIsAnEndpoint();
    void isTakenByOneClick();
    void goesWhenItAnswersNoMore();

private:
    [[nodiscard]] Questions<ProbeResult> &probes() const { return m_ground->service.probes; }

    [[nodiscard]] QString at(int row, LocalServers::Role role) const
    {
        return m_local->data(m_local->index(row), role).toString();
    }

    std::unique_ptr<EndpointGround> m_ground;
    std::unique_ptr<EndpointListModel> m_endpoints;
    std::unique_ptr<LocalServers> m_local;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

namespace {

const LocalEndpoint place{.server = u"Ollama"_s, .url = QUrl(u"http://127.0.0.1:11434/v1"_s)};

Result<ProbeResult> ollama()
{
    return ProbeResult{.provider = u"openai"_s,
        .url = place.url,
        .description = {.server = u"Ollama"_s, .models = {{.id = u"qwen3:8b"_s}}}};
}

Result<ProbeResult> nobody() { return fail(ApiError::Kind::Unreachable, u"Nothing there."_s); }

} // namespace

void TestLocalServers::init()
{
    m_ground = std::make_unique<EndpointGround>();
    m_endpoints = std::make_unique<EndpointListModel>(
        m_ground->store->endpoints(), m_ground->secrets, m_ground->service);
    m_local = std::make_unique<LocalServers>(m_ground->service, *m_endpoints, nullptr);
    m_tester = std::make_unique<QAbstractItemModelTester>(m_local.get());
}

void TestLocalServers::cleanup()
{
    m_tester.reset();
    m_local.reset();
    m_endpoints.reset();
    m_ground.reset();
}

void TestLocalServers::silenceIsNotOffered()
{
    m_local->look({place});
    QCOMPARE(probes().count(), size_t(1));
    QVERIFY(probes().first().key.isEmpty());
    probes().answerFirst(nobody());
    QCoreApplication::processEvents();
    QCOMPARE(m_local->count(), 0);
}

void TestLocalServers::isOfferedAsWhatItIs()
{
    m_local->look({place});
    Result<ProbeResult> found = ollama();
    found->description.server = u"llama.cpp"_s; // at the port of another one
    probes().answerFirst(found);
    QTRY_COMPARE(m_local->count(), 1);
    QCOMPARE(at(0, LocalServers::NameRole), u"llama.cpp"_s);
    QCOMPARE(at(0, LocalServers::AddressRole), u"http://127.0.0.1:11434/v1"_s);
    QCOMPARE(at(0, LocalServers::DetailRole), u"qwen3:8b"_s);
}

void TestLocalServers::isNotOfferedTwice()
{
    m_local->look({place});
    m_local->look({place});
    probes().answerFirst(ollama());
    probes().answerFirst(ollama());
    QTRY_COMPARE(m_local->count(), 1);
    QCoreApplication::processEvents();
    QCOMPARE(m_local->count(), 1);
}

void TestLocalServers::isNotOfferedWhereItIsAnEndpoint()
{
    m_local->look({place});
    const QFuture<Result<>> saved = m_endpoints->save({.id = QUuid::createUuid(),
        .name = u"Mine"_s,
        .url = QUrl(u"http://localhost:11434"_s),
        .provider = u"openai"_s});
    QTRY_VERIFY(saved.isFinished());
    probes().answerFirst(ollama());
    QCoreApplication::processEvents();
    QCOMPARE(m_local->count(), 0);
    m_local->look({place});
    QCOMPARE(probes().count(), size_t(0));
}

void TestLocalServers::isTakenByOneClick()
{
    m_local->look({place});
    probes().answerFirst(ollama());
    QTRY_COMPARE(m_local->count(), 1);
    QSignalSpy added(m_local.get(), &LocalServers::added);
    m_local->add(0);
    QTRY_COMPARE(added.count(), 1);
    QCOMPARE(m_local->count(), 0);
    QCOMPARE(m_endpoints->count(), 1);
    const std::optional<Endpoint> endpoint = m_endpoints->find(added[0][0].toUuid());
    QVERIFY(endpoint);
    QCOMPARE(endpoint->url, place.url);
    QCOMPARE(endpoint->server, u"Ollama"_s);
    // The short limits of the search are not those of a conversation.
    QCOMPARE(endpoint->timeouts, Timeouts());
}

void TestLocalServers::goesWhenItAnswersNoMore()
{
    m_local->look({place});
    probes().answerFirst(ollama());
    QTRY_COMPARE(m_local->count(), 1);
    m_local->look({place});
    probes().answerFirst(nobody());
    QTRY_COMPARE(m_local->count(), 0);
}

QTEST_GUILESS_MAIN(TestLocalServers)

#include "tst_localservers.moc"
