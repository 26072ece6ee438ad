// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "endpointeditorfixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// What is typed into the form becomes an endpoint, or a sentence says what is wrong with it.
class TestEndpointEditor : public EndpointEditorFixture
{
    Q_OBJECT

private Q_SLOTS:
    void fieldsThatCannotBeUnderstood_data();
    void fieldsThatCannotBeUnderstood();
    void addsWhatWasTyped();
    void keyIsKeptElsewhere();
    void keyOfTheEnvironmentIsNamed();
    void removingTheKeyKeepsWhatElseWasTyped();
    void revertTakesBackWhatWasTyped();
    void connectionIsKeptAsItIsTyped();
    void secretsOfTheConnectionAreKeptElsewhere();
};

void TestEndpointEditor::fieldsThatCannotBeUnderstood_data()
{
    QTest::addColumn<QByteArray>("property");
    QTest::addColumn<QString>("text");
    QTest::newRow("no address") << "url"_ba << u" "_s;
    QTest::newRow("not an address") << "url"_ba << u"http://"_s;
    QTest::newRow("another scheme") << "url"_ba << u"ftp://host"_s;
    QTest::newRow("not a header") << "headers"_ba << u"X-Team research"_s;
    QTest::newRow("not a time") << "idleTimeout"_ba << u"soon"_s;
    QTest::newRow("a time before now") << "connectTimeout"_ba << u"-1"_s;
}

void TestEndpointEditor::fieldsThatCannotBeUnderstood()
{
    QFETCH(const QByteArray, property);
    QFETCH(const QString, text);
    m_editor->setUrl(u"http://desk:8080"_s);
    QObject *form
        = property == "url" ? static_cast<QObject *>(m_editor.get()) : m_editor->network();
    QVERIFY(form->setProperty(property.constData(), text));
    m_editor->save();
    QVERIFY(!m_editor->problem().isEmpty());
    m_editor->test();
    QCOMPARE(trial().state(), int(EndpointTrial::Untested));
    QCOMPARE(probes().count(), size_t(0));
    // It is gone as soon as something is done about it.
    m_editor->setName(u"x"_s);
    QVERIFY(m_editor->problem().isEmpty());
}

void TestEndpointEditor::addsWhatWasTyped()
{
    QVERIFY(!m_editor->isDirty());
    m_editor->setUrl(u"desk:8080"_s);
    m_editor->network()->setProperty("headers", u"X-Team: research\n\nX-Two:2"_s);
    m_editor->network()->setProperty("idleTimeout", u"1.001"_s);
    QVERIFY(m_editor->isDirty());
    QSignalSpy added(m_editor.get(), &EndpointEditor::added);
    const Endpoint endpoint = save();
    QCOMPARE(endpoint.url, QUrl(u"http://desk:8080"_s));
    QCOMPARE(endpoint.name, u"desk:8080"_s);
    QCOMPARE(endpoint.headers, (Headers{{"X-Team", "research"}, {"X-Two", "2"}}));
    QCOMPARE(endpoint.timeouts.idle, Milliseconds(1001));
    QCOMPARE(added.count(), 1);
    QVERIFY(!m_editor->isDirty());
    QVERIFY(!m_editor->isFresh());
}

void TestEndpointEditor::keyIsKeptElsewhere()
{
    m_editor->setUrl(u"http://desk:8080"_s);
    m_editor->setKey(u"sk-typed"_s);
    const Endpoint endpoint = save();
    QCOMPARE(endpoint.key.kind, KeyReference::Kind::Session); // there is no keychain here
    QCOMPARE(m_editor->property("key"), QString());
    QVERIFY(m_editor->hasKey());
    QVERIFY(!m_editor->isDirty());
    m_editor->test();
    QTRY_COMPARE(probes().count(), size_t(1));
    QVERIFY(probes().first().key == Secret(u"sk-typed"_s));
}

void TestEndpointEditor::keyOfTheEnvironmentIsNamed()
{
    m_editor->setUrl(u"http://desk:8080"_s);
    m_editor->setKey(u"env:LORIKEET_TEST_KEY"_s);
    QVERIFY(m_editor->keyState().contains(u"LORIKEET_TEST_KEY"_s));
    const Endpoint endpoint = save();
    QCOMPARE(endpoint.key,
        (KeyReference{.kind = KeyReference::Kind::Environment, .name = u"LORIKEET_TEST_KEY"_s}));
    qunsetenv("LORIKEET_TEST_KEY");
    m_editor->test();
    QTRY_COMPARE(trial().state(), int(EndpointTrial::Failed));
    QVERIFY(trial().sentence().contains(u"LORIKEET_TEST_KEY"_s));
    QCOMPARE(probes().count(), size_t(0));
}

void TestEndpointEditor::removingTheKeyKeepsWhatElseWasTyped()
{
    m_editor->setUrl(u"http://desk:8080"_s);
    m_editor->setKey(u"sk-typed"_s);
    const Endpoint endpoint = save();
    m_editor->setName(u"Desk"_s);
    QSignalSpy saved(m_editor.get(), &EndpointEditor::saved);
    m_editor->removeKey();
    QTRY_COMPARE(saved.count(), 1);
    QVERIFY(!m_editor->hasKey());
    QCOMPARE(m_endpoints->find(endpoint.id)->key, KeyReference());
    QCOMPARE(m_editor->property("name"), u"Desk"_s);
    QVERIFY(m_editor->isDirty());
}

void TestEndpointEditor::revertTakesBackWhatWasTyped()
{
    m_editor->setUrl(u"http://desk:8080"_s);
    const Endpoint endpoint = save();
    m_editor->setName(u"Desk"_s);
    m_editor->setKey(u"sk-typed"_s);
    m_editor->revert();
    QVERIFY(!m_editor->isDirty());
    QVERIFY(!m_editor->hasKey());
    QCOMPARE(m_editor->property("name"), endpoint.name);
    m_editor->startNew();
    QVERIFY(m_editor->isFresh());
    m_editor->load(toText(endpoint.id));
    QCOMPARE(m_editor->property("url"), u"http://desk:8080"_s);
}

void TestEndpointEditor::connectionIsKeptAsItIsTyped()
{
    m_editor->setUrl(u"unix:/run/llama.sock"_s);
    NetworkForm &network = *m_editor->network();
    QVERIFY(network.summary().isEmpty());
    network.setProperty("totalTimeout", u"60"_s);
    network.setProperty("httpVersion", int(HttpVersion::Automatic));
    network.setProperty("retries", u"3"_s);
    network.setProperty("firstDelay", u"0.25"_s);
    network.setProperty("pin", u"SHA256 Fingerprint="_s + u"0A:"_s.repeated(31) + u"0A"_s);
    const Endpoint endpoint = save();
    QCOMPARE(endpoint.unixSocket, u"/run/llama.sock"_s);
    QCOMPARE(endpoint.timeouts.total, Milliseconds(60'000));
    QCOMPARE(endpoint.httpVersion, HttpVersion::Automatic);
    QCOMPARE(endpoint.retry.retries, 3);
    QCOMPARE(endpoint.retry.firstDelay, Milliseconds(250));
    QCOMPARE(endpoint.tls.pin, u"sha256:"_s + u"0a"_s.repeated(32));
    QVERIFY(!m_editor->isDirty());
    m_editor->startNew();
    QVERIFY(network.summary().isEmpty());
    m_editor->load(endpoint.id.toString());
    QCOMPARE(network.property("unixSocket").toString(), u"/run/llama.sock"_s);
    for (const QString &word : {u"UNIX socket"_s, u"time limits"_s, u"pinned"_s, u"HTTP/2"_s}) {
        QVERIFY2(network.summary().contains(word), qPrintable(network.summary()));
    }
    for (const auto &[field, text] : {std::pair("pin", u"abc"_s), std::pair("retries", u"1000"_s),
             std::pair("firstDelay", u"x"_s), std::pair("unixSocket", u"run/a.sock"_s),
             std::pair("clientKey", u"/key.pem"_s)}) {
        network.setProperty(field, text);
        m_editor->save();
        QVERIFY2(!m_editor->problem().isEmpty(), field);
        m_editor->revert();
    }
}

void TestEndpointEditor::secretsOfTheConnectionAreKeptElsewhere()
{
    m_editor->setUrl(u"http://desk:8080"_s);
    NetworkForm &network = *m_editor->network();
    network.cookie()->setText(u"session=canary-1"_s);
    network.adapterToken()->setText(u"canary-2"_s);
    network.passphrase()->setText(u"env:PASSPHRASE"_s);
    const Endpoint endpoint = save();
    QCOMPARE(endpoint.cookie.kind, KeyReference::Kind::Session);
    QCOMPARE(endpoint.adapterToken.kind, KeyReference::Kind::Session);
    QCOMPARE(endpoint.tls.clientKeyPassphrase.name, u"PASSPHRASE"_s);
    QVERIFY(!m_editor->isDirty());
    QVERIFY(network.cookie()->text().isEmpty());
    QVERIFY(network.cookie()->isPresent());

    qputenv("PASSPHRASE", "canary-3");
    QFuture<Result<Target>> target = m_endpoints->resolve(endpoint.id);
    QTRY_VERIFY(target.isFinished());
    QVERIFY(target.result());
    QCOMPARE(headerValue(target.result()->endpoint.headers, "Cookie"), "session=canary-1"_ba);
    QVERIFY(target.result()->adapterToken == Secret(u"canary-2"_s));
    QVERIFY(target.result()->clientKeyPassphrase == Secret(u"canary-3"_s));

    // One that replaces it is tried before it is saved, and then kept.
    network.cookie()->setText(u"session=other"_s);
    QVERIFY(m_editor->isDirty());
    m_editor->test();
    QTRY_COMPARE(probes().count(), size_t(1));
    QCOMPARE(headerValue(probes().first().endpoint.headers, "Cookie"), "session=other"_ba);
    network.cookie()->clear();
    QVERIFY(m_editor->isDirty());
    QCOMPARE(save().cookie.kind, KeyReference::Kind::None);
    QVERIFY(!network.cookie()->isPresent());
    QVERIFY(network.adapterToken()->isPresent());
}

QTEST_GUILESS_MAIN(TestEndpointEditor)

#include "tst_endpointeditor.moc"
