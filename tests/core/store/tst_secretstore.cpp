// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/secretstore.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

QByteArray logged;

void log(QtMsgType, const QMessageLogContext &, const QString &message)
{
    logged += message.toUtf8() + '\n';
}

} // namespace

/// Where there is no D-Bus, and so no keychain; see tst_keychain for a system with one.
class TestSecretStore final : public QObject
{
    Q_OBJECT

    const QString canary = u"canary-4d1f9e"_s;

    [[nodiscard]] static Endpoint endpoint(KeyReference::Kind kind, const QString &name = {})
    {
        return {.id = QUuid::createUuid(), .name = u"Desk"_s, .key = {.kind = kind, .name = name}};
    }

    template<typename T>
    T wait(QFuture<T> future)
    {
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 60'000)) {
            qFatal("the store did not answer");
        }
        return future.result();
    }

private Q_SLOTS:

    void initTestCase() { qInstallMessageHandler(log); }

    void cleanupTestCase() { QVERIFY(!logged.contains(canary.toUtf8())); }

    void withoutAKeychainTheKeyLivesInMemory()
    {
        Endpoint endpoint = this->endpoint(KeyReference::Kind::None);
        SecretStore store;
        QSignalSpy changed(&store, &SecretStore::backendChanged);
        const Result<KeyReference> kept = wait(store.write(endpoint.id, Secret(canary)));
        QVERIFY(kept);
        QCOMPARE(kept->kind, KeyReference::Kind::Session);
        QCOMPARE(store.backend(), SecretStore::Backend::Session);
        QCOMPARE(changed.size(), 1);
        QVERIFY2(store.backendMessage().contains(u"no usable keychain"_s),
            qPrintable(store.backendMessage()));
        QVERIFY(!store.backendMessage().contains(canary));

        endpoint.key = *kept;
        QVERIFY(*wait(store.read(endpoint)) == Secret(canary));
        QVERIFY(wait(store.resolve(endpoint))->key == Secret(canary));

        // In the next session it is asked for again.
        SecretStore later;
        QCOMPARE(wait(later.read(endpoint)).error().kind, ApiError::Kind::Unauthorized);

        QVERIFY(wait(store.remove(endpoint.id)));
        QVERIFY(!wait(store.read(endpoint)));
    }

    void eachSecretHasItsPlace()
    {
        Endpoint endpoint = this->endpoint(KeyReference::Kind::None);
        endpoint.headers = {{"cookie", "typed=1"}, {"X-A", "b"}};
        SecretStore store;
        using What = SecretStore::What;
        const QList<What> all{
            What::Key, What::ClientKeyPassphrase, What::AdapterToken, What::Cookie};
        for (const What what : all) {
            const Secret secret(canary + QString::number(int(what)));
            placeOf(endpoint, what) = *wait(store.write(endpoint.id, secret, what));
        }
        const Result<Target> target = wait(store.resolve(endpoint));
        QVERIFY(target);
        QVERIFY(target->key == Secret(canary + u'0'));
        QVERIFY(target->clientKeyPassphrase == Secret(canary + u'1'));
        QVERIFY(target->adapterToken == Secret(canary + u'2'));
        QCOMPARE(target->endpoint.headers.size(), 2);
        QCOMPARE(headerValue(target->endpoint.headers, "Cookie"), (canary + u'3').toUtf8());
        for (const What what : all) {
            QVERIFY(wait(store.remove(endpoint.id, what)));
            QVERIFY(!wait(store.resolve(endpoint)));
            placeOf(endpoint, what) = {};
        }
        QVERIFY(wait(store.resolve(endpoint)));
    }

    void aKeychainThatIsGoneIsSaid()
    {
        SecretStore store;
        const Result<Secret> read = wait(store.read(endpoint(KeyReference::Kind::Keychain)));
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ApiError::Kind::Storage);
        QVERIFY2(read.error().message.contains(u"no usable keychain"_s),
            qPrintable(read.error().message));
        QCOMPARE(store.backend(), SecretStore::Backend::Session);
    }

    void anEndpointWithoutAKey()
    {
        SecretStore store;
        const Result<Target> target = wait(store.resolve(endpoint(KeyReference::Kind::None)));
        QVERIFY(target);
        QVERIFY(target->key.isEmpty());
        QCOMPARE(store.backend(), SecretStore::Backend::Unknown);
    }

    void variablesAreReadAtEachUse()
    {
        SecretStore store;
        const Endpoint endpoint
            = this->endpoint(KeyReference::Kind::Environment, u"LORIKEET_TEST_KEY"_s);
        qunsetenv("LORIKEET_TEST_KEY");
        const Result<Secret> unset = wait(store.read(endpoint));
        QVERIFY(!unset);
        QVERIFY2(unset.error().message.contains(u"LORIKEET_TEST_KEY"_s),
            qPrintable(unset.error().message));
        qputenv("LORIKEET_TEST_KEY", canary.toUtf8() + "\n");
        QVERIFY(*wait(store.read(endpoint)) == Secret(canary));
        qputenv("LORIKEET_TEST_KEY", "other");
        QVERIFY(*wait(store.read(endpoint)) == Secret(u"other"_s));
        qputenv("LORIKEET_TEST_KEY", " ");
        QVERIFY(!wait(store.read(endpoint)));
    }

    void variablesInHeaders()
    {
        SecretStore store;
        Endpoint endpoint = this->endpoint(KeyReference::Kind::None);
        endpoint.headers = {{"Authorization", "Bearer ${LORIKEET_TEST_A}-${LORIKEET_TEST_B}!"},
            {"X-Plain", "\xff $HOME ${not closed ${1}"}};
        qputenv("LORIKEET_TEST_A", canary.toUtf8());
        qunsetenv("LORIKEET_TEST_B");
        const Result<Target> unset = wait(store.resolve(endpoint));
        QVERIFY(!unset);
        QVERIFY(unset.error().message.contains(u"LORIKEET_TEST_B"_s));
        QVERIFY(unset.error().message.contains(u"Authorization"_s));
        QVERIFY(!unset.error().message.contains(canary));
        qputenv("LORIKEET_TEST_B", "ü");
        const Result<Target> target = wait(store.resolve(endpoint));
        QVERIFY(target);
        QVERIFY(target->endpoint.headers.at(0).value
            == "Bearer " + canary.toUtf8() + "-" + u"ü"_s.toUtf8() + "!");
        QCOMPARE(target->endpoint.headers.at(1), endpoint.headers.at(1));
    }
};

QTEST_GUILESS_MAIN(TestSecretStore)
#include "tst_secretstore.moc"
