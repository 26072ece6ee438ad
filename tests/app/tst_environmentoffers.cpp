// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "askedservice.h"
#include "endpointlistmodel.h"
#include "environmentoffers.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// What the environment describes becomes an endpoint by one click, and its key stays there.
class TestEnvironmentOffers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void nothingIsOfferedOfAnEmptyEnvironment();
    void namesTheVariables();
    void isTakenByOneClickWithoutItsKey();
    void isNotOfferedWhereItIsAnEndpoint();
    void comesBackWhenItsEndpointIsRemoved();
    void asksForWhatIsMissing();

private:
    [[nodiscard]] QString at(int row, EnvironmentOffers::Role role) const
    {
        return m_offers->data(m_offers->index(row), role).toString();
    }

    std::unique_ptr<EndpointGround> m_ground;
    std::unique_ptr<EndpointListModel> m_endpoints;
    std::unique_ptr<EnvironmentOffers> m_offers;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

namespace {

QProcessEnvironment environment(const QList<std::pair<QString, QString>> &variables)
{
    QProcessEnvironment result;
    for (const auto &[name, value] : variables) {
        result.insert(name, value);
    }
    return result;
}

const QString secret = u"sk-in-the-environment"_s;

QProcessEnvironment withOpenAi() { return environment({{u"OPENAI_API_KEY"_s, secret}}); }

} // namespace

void TestEnvironmentOffers::init()
{
    m_ground = std::make_unique<EndpointGround>();
    m_endpoints = std::make_unique<EndpointListModel>(
        m_ground->store->endpoints(), m_ground->secrets, m_ground->service);
    m_offers = std::make_unique<EnvironmentOffers>(*m_endpoints);
    m_tester = std::make_unique<QAbstractItemModelTester>(m_offers.get());
}

void TestEnvironmentOffers::cleanup()
{
    m_tester.reset();
    m_offers.reset();
    m_endpoints.reset();
    m_ground.reset();
}

void TestEnvironmentOffers::nothingIsOfferedOfAnEmptyEnvironment()
{
    m_offers->look({});
    QCOMPARE(m_offers->count(), 0);
}

void TestEnvironmentOffers::namesTheVariables()
{
    m_offers->look(environment({{u"OPENAI_API_KEY"_s, secret}, {u"MISTRAL_API_KEY"_s, secret},
        {u"MISTRAL_API_BASE"_s, u"https://eu.mistral.test/v1"_s}}));
    QCOMPARE(m_offers->count(), 2);
    QCOMPARE(at(0, EnvironmentOffers::NameRole), u"OpenAI"_s);
    QCOMPARE(at(0, EnvironmentOffers::VariablesRole), u"OPENAI_API_KEY"_s);
    QCOMPARE(at(1, EnvironmentOffers::VariablesRole), u"MISTRAL_API_KEY, MISTRAL_API_BASE"_s);
    QCOMPARE(at(1, EnvironmentOffers::AddressRole), u"https://eu.mistral.test/v1"_s);
    for (int row = 0; row < 2; ++row) {
        for (const int role : m_offers->roleNames().keys()) {
            QVERIFY(!m_offers->data(m_offers->index(row), role).toString().contains(secret));
        }
    }
    // Gone from the environment, gone from the offers.
    m_offers->look({});
    QCOMPARE(m_offers->count(), 0);
}

void TestEnvironmentOffers::isTakenByOneClickWithoutItsKey()
{
    m_offers->look(withOpenAi());
    const QSignalSpy added(m_offers.get(), &EnvironmentOffers::added);
    m_offers->add(0);
    QTRY_COMPARE(added.count(), 1);
    QCOMPARE(m_offers->count(), 0);
    const std::optional<Endpoint> endpoint = m_endpoints->find(added[0][0].toUuid());
    QVERIFY(endpoint);
    const KeyReference reference{KeyReference::Kind::Environment, u"OPENAI_API_KEY"_s};
    QCOMPARE(endpoint->key, reference);
    m_ground->reopen();
    QFile file(m_ground->file());
    m_ground->store.reset();
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray kept = file.readAll();
    QVERIFY(kept.contains("OPENAI_API_KEY"));
    QVERIFY(!kept.contains(secret.toUtf8()));
}

void TestEnvironmentOffers::isNotOfferedWhereItIsAnEndpoint()
{
    const QFuture<Result<>> saved = m_endpoints->save({.id = QUuid::createUuid(),
        .name = u"Mine"_s,
        .url = QUrl(u"https://api.openai.com/v1"_s),
        .provider = u"openai"_s,
        .key = {KeyReference::Kind::Environment, u"OPENAI_API_KEY"_s}});
    QTRY_VERIFY(saved.isFinished());
    m_offers->look(withOpenAi());
    QCOMPARE(m_offers->count(), 0);
}

void TestEnvironmentOffers::comesBackWhenItsEndpointIsRemoved()
{
    m_offers->look(withOpenAi());
    m_offers->add(0);
    QTRY_COMPARE(m_offers->count(), 0);
    const QUuid id = m_endpoints->stored().constFirst().id;
    m_endpoints->remove(id.toString());
    QTRY_COMPARE(m_offers->count(), 1);
    m_endpoints->undoRemove();
    QTRY_COMPARE(m_offers->count(), 0);
}

void TestEnvironmentOffers::asksForWhatIsMissing()
{
    m_offers->look(environment({{u"PREDIBASE_API_TOKEN"_s, secret}}));
    QCOMPARE(m_offers->count(), 1);
    QVERIFY(!at(0, EnvironmentOffers::MissingRole).isEmpty());
    const QSignalSpy wanted(m_offers.get(), &EnvironmentOffers::completionWanted);
    m_offers->add(0);
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted[0][0].value<Endpoint>().name, u"Predibase"_s);
    QCOMPARE(wanted[0][1].toString(), at(0, EnvironmentOffers::MissingRole));
    QCOMPARE(m_endpoints->count(), 0);
}

QTEST_GUILESS_MAIN(TestEnvironmentOffers)

#include "tst_environmentoffers.moc"
