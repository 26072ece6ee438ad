// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/secretstore.h"

#include <QDirIterator>
#include <QProcess>
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

/// Against a real keychain, which with-keyring provides.
class TestKeychain final : public QObject
{
    Q_OBJECT

    const QString canary = u"canary-4d1f9e"_s;
    Endpoint m_endpoint{.id = QUuid::createUuid(),
        .name = u"Desk"_s,
        .key = {.kind = KeyReference::Kind::Keychain}};

    template<typename T>
    T wait(QFuture<T> future)
    {
        if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 60'000)) {
            qFatal("the keychain did not answer");
        }
        return future.result();
    }

    /// What libsecret's own tool finds.
    [[nodiscard]] QByteArray lookup() const
    {
        QProcess tool;
        tool.start(u"secret-tool"_s,
            {u"lookup"_s, u"server"_s, u"lorikeet"_s, u"user"_s,
                u"endpoint/"_s + m_endpoint.id.toString(QUuid::WithoutBraces)});
        if (!tool.waitForFinished(60'000)) {
            qFatal("secret-tool did not end");
        }
        return tool.readAllStandardOutput();
    }

private Q_SLOTS:

    void initTestCase() { qInstallMessageHandler(log); }

    void aKeyIsKeptInTheKeychain()
    {
        {
            SecretStore store;
            QSignalSpy changed(&store, &SecretStore::backendChanged);
            QCOMPARE(store.backend(), SecretStore::Backend::Unknown);
            const Result<KeyReference> kept = wait(store.write(m_endpoint.id, Secret(canary)));
            QVERIFY(kept);
            QCOMPARE(kept->kind, KeyReference::Kind::Keychain);
            QCOMPARE(store.backend(), SecretStore::Backend::Keychain);
            QCOMPARE(changed.size(), 1);
        }
        QVERIFY(lookup() == canary.toUtf8());

        SecretStore later;
        const Result<Target> target = wait(later.resolve(m_endpoint));
        QVERIFY(target);
        QVERIFY(target->key == Secret(canary));
        QCOMPARE(later.backend(), SecretStore::Backend::Keychain);
    }

    void aKeyIsReplaced()
    {
        SecretStore store;
        QVERIFY(wait(store.write(m_endpoint.id, Secret(canary + u"-ä€"_s))));
        QVERIFY(lookup() == (canary + u"-ä€"_s).toUtf8());
        QVERIFY(*wait(store.read(m_endpoint)) == Secret(canary + u"-ä€"_s));
    }

    void aKeyIsForgotten()
    {
        SecretStore store;
        QVERIFY(wait(store.remove(m_endpoint.id)));
        QVERIFY(lookup().isEmpty());
        const Result<Secret> gone = wait(store.read(m_endpoint));
        QVERIFY(!gone);
        QCOMPARE(gone.error().kind, ApiError::Kind::Unauthorized);
        QVERIFY(gone.error().message.contains(u"Desk"_s));
        // The keychain itself works, and forgetting twice is no error.
        QCOMPARE(store.backend(), SecretStore::Backend::Keychain);
        QVERIFY(wait(store.remove(m_endpoint.id)));
    }

    void noKeyIsReadableAnywhere()
    {
        SecretStore store;
        QVERIFY(wait(store.write(m_endpoint.id, Secret(canary))));
        QVERIFY(!store.backendMessage().contains(canary));
        int files = 0;
        QDirIterator home(
            qEnvironmentVariable("HOME"), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (home.hasNext()) {
            QFile file(home.next());
            if (file.open(QIODevice::ReadOnly)) {
                ++files;
                QVERIFY(!file.readAll().contains(canary.toUtf8()));
            }
        }
        QVERIFY(files > 0); // the keyring's own
        QVERIFY(!logged.contains(canary.toUtf8()));
    }

    /// Nobody answers the keyring's question here, as where a person closes it.
    void aKeychainThatStaysLockedIsNotTakenForNone()
    {
        SecretStore store;
        QVERIFY(wait(store.write(m_endpoint.id, Secret(canary))));
        QCOMPARE(QProcess::execute(u"dbus-send"_s,
                     {u"--session"_s, u"--print-reply"_s, u"--dest=org.freedesktop.secrets"_s,
                         u"/org/freedesktop/secrets"_s, u"org.freedesktop.Secret.Service.Lock"_s,
                         u"array:objpath:/org/freedesktop/secrets/collection/login"_s}),
            0);
        const Result<Secret> read = wait(store.read(m_endpoint));
        QVERIFY(!read);
        QVERIFY2(read.error().message.contains(u"locked"_s), qPrintable(read.error().message));

        Endpoint other{.id = QUuid::createUuid(), .name = u"Other"_s};
        const Result<KeyReference> kept = wait(store.write(other.id, Secret(canary)));
        QVERIFY(kept);
        QCOMPARE(kept->kind, KeyReference::Kind::Session);
        QCOMPARE(store.backend(), SecretStore::Backend::Locked);
        QVERIFY2(store.backendMessage().contains(u"was not unlocked"_s),
            qPrintable(store.backendMessage()));
        other.key = *kept;
        QVERIFY(*wait(store.read(other)) == Secret(canary));
    }
};

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
