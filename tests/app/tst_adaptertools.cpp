// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "adaptertools.h"
#include "endpointlistmodel.h"
#include "fakechatservice.h"
#include "store/secretstore.h"
#include "store/store.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// An adapter is tried with one token, and loaded and unloaded where the server lets a client.
class TestAdapterTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void offersWhatTheServerCan_data();
    void offersWhatTheServerCan();
    void oneTokenTellsWhetherItLoads();
    void whyItDoesNotLoadIsTold();
    void waitingCanBeStopped();
    void anotherAdapterForgetsWhatWasFound();
    void loadsAndUnloads();
    void oneThingAtATime();

private:
    void use(const QString &server, const QString &provider, const QString &adapter)
    {
        const Endpoint endpoint{.id = QUuid::createUuid(),
            .name = u"Desk"_s,
            .url = QUrl(u"http://desk:8080"_s),
            .provider = provider,
            .server = server};
        const QFuture<Result<>> saved = m_endpoints->save(endpoint);
        QTRY_VERIFY(saved.isFinished());
        ChatSetup setup{.endpoint = endpoint.id, .model = u"base"_s};
        setup.adapter.id = adapter;
        m_tools->setSetup(setup);
        m_setup = setup;
    }

    [[nodiscard]] FakeStream *stream() const { return m_service->last(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<SecretStore> m_secrets;
    std::unique_ptr<FakeChatService> m_service;
    std::unique_ptr<EndpointListModel> m_endpoints;
    std::unique_ptr<AdapterTools> m_tools;
    ChatSetup m_setup;
};

void TestAdapterTools::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<Store>(m_folder->filePath(u"test.sqlite"_s));
    (void)m_store->open();
    m_secrets = std::make_unique<SecretStore>();
    m_service = std::make_unique<FakeChatService>();
    m_endpoints = std::make_unique<EndpointListModel>(m_store->endpoints(), *m_secrets, *m_service);
    m_tools = std::make_unique<AdapterTools>(*m_endpoints, *m_service);
}

void TestAdapterTools::cleanup()
{
    m_tools.reset();
    m_endpoints.reset();
    m_service.reset();
    m_secrets.reset();
    m_store.reset();
    m_folder.reset();
}

void TestAdapterTools::offersWhatTheServerCan_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("adapter");
    QTest::addColumn<bool>("tries");
    QTest::addColumn<bool>("loads");
    QTest::addColumn<bool>("unloads");
    QTest::newRow("vLLM, base") << u"vLLM"_s << QString() << false << true << false;
    QTest::newRow("vLLM, adapter") << u"vLLM"_s << u"legal"_s << true << true << true;
    QTest::newRow("LoRAX") << u"LoRAX"_s << u"legal"_s << true << false << false;
    QTest::newRow("not known") << QString() << u"legal"_s << true << false << false;
}

void TestAdapterTools::offersWhatTheServerCan()
{
    QFETCH(const QString, server);
    QFETCH(const QString, adapter);
    QFETCH(const bool, tries);
    QFETCH(const bool, loads);
    QFETCH(const bool, unloads);
    use(server, u"openai"_s, adapter);
    QCOMPARE(m_tools->canTry(), tries);
    QCOMPARE(m_tools->canLoad(), loads);
    QCOMPARE(m_tools->canUnload(), unloads);
}

void TestAdapterTools::oneTokenTellsWhetherItLoads()
{
    use(u"LoRAX"_s, u"lorax"_s, u"acme/legal"_s);
    m_tools->tryOut();
    QVERIFY(m_tools->isBusy());
    QTRY_COMPARE(m_service->calls().size(), size_t(1));
    const ChatRequest &request = m_service->calls().front().request;
    QCOMPARE(request.adapter.id, u"acme/legal"_s);
    QCOMPARE(request.model, u"base"_s);
    QCOMPARE(request.parameters.value(u"max_new_tokens"_s).toInt(), 1);
    stream()->text(u"x"_s);
    stream()->finish();
    QVERIFY(!m_tools->isBusy());
    QVERIFY(!m_tools->hasFailed());
    QVERIFY2(
        m_tools->sentence().contains(u"“acme/legal” loads"_s), qPrintable(m_tools->sentence()));
}

void TestAdapterTools::whyItDoesNotLoadIsTold()
{
    use(u"LoRAX"_s, u"lorax"_s, u"acme/legal"_s);
    m_tools->tryOut();
    QTRY_COMPARE(m_service->calls().size(), size_t(1));
    stream()->end(ApiError{.kind = ApiError::Kind::NotFound,
        .message = u"There is no such adapter."_s,
        .serverMessage = u"404 Client Error"_s});
    QVERIFY(m_tools->hasFailed());
    QCOMPARE(m_tools->sentence(), u"There is no such adapter."_s);
    QCOMPARE(m_tools->serverMessage(), u"404 Client Error"_s);
    m_tools->tryOut();
    QVERIFY(!m_tools->hasFailed());
    QVERIFY(m_tools->serverMessage().isEmpty());
}

void TestAdapterTools::waitingCanBeStopped()
{
    use(u"LoRAX"_s, u"lorax"_s, u"acme/legal"_s);
    m_tools->tryOut();
    QTRY_COMPARE(m_service->calls().size(), size_t(1));
    m_tools->stop();
    QVERIFY(!m_tools->isBusy());
    QVERIFY(!stream());
    m_tools->tryOut();
    m_tools->stop();
    QCoreApplication::processEvents();
    QVERIFY(!m_tools->isBusy());
    QVERIFY(!stream());
    QVERIFY(m_tools->sentence().isEmpty());
}

void TestAdapterTools::anotherAdapterForgetsWhatWasFound()
{
    use(u"LoRAX"_s, u"lorax"_s, u"acme/legal"_s);
    m_tools->tryOut();
    QTRY_COMPARE(m_service->calls().size(), size_t(1));
    stream()->finish();
    QVERIFY(!m_tools->sentence().isEmpty());
    m_setup.parameters.insert(u"temperature"_s, 0.5);
    m_tools->setSetup(m_setup);
    QVERIFY(!m_tools->sentence().isEmpty());
    m_setup.adapter.id = u"acme/other"_s;
    m_tools->setSetup(m_setup);
    QVERIFY(m_tools->sentence().isEmpty());
}

void TestAdapterTools::loadsAndUnloads()
{
    use(u"vLLM"_s, u"openai"_s, u"legal"_s);
    m_tools->load(u" legal "_s, u" /adapters/legal "_s);
    QTRY_COMPARE(m_service->changes().size(), size_t(1));
    QCOMPARE(m_service->changes()[0].kind, AdapterChange::Kind::Load);
    QCOMPARE(m_service->changes()[0].name, u"legal"_s);
    QCOMPARE(m_service->changes()[0].path, u"/adapters/legal"_s);
    QTRY_VERIFY(!m_tools->isBusy());
    m_tools->unload(u"legal"_s);
    QTRY_COMPARE(m_service->changes().size(), size_t(2));
    QCOMPARE(m_service->changes()[1].kind, AdapterChange::Kind::Unload);
    QTRY_VERIFY(!m_tools->isBusy());
    QVERIFY(!m_tools->hasFailed());
}

void TestAdapterTools::oneThingAtATime()
{
    use(u"vLLM"_s, u"openai"_s, u"legal"_s);
    m_tools->tryOut();
    m_tools->load(u"a"_s, u"/a"_s);
    m_tools->unload(u"legal"_s);
    QTRY_COMPARE(m_service->calls().size(), size_t(1));
    QVERIFY(m_service->changes().empty());
}

QTEST_GUILESS_MAIN(TestAdapterTools)

#include "tst_adaptertools.moc"
