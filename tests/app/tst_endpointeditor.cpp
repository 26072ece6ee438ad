// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "askedservice.h"
#include "endpointeditor.h"
#include "endpointlistmodel.h"
#include "ids.h"

#include <QSignalSpy>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// What is typed into the form becomes an endpoint, or a sentence says what is wrong with it.
class TestEndpointEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void fieldsThatCannotBeUnderstood_data();
    void fieldsThatCannotBeUnderstood();
    void addsWhatWasTyped();
    void testCompletesTheAddress();
    void testFindsTheDialectNobodyChose();
    void testProposesAnotherPlaceAndDialect();
    void aDialectThatWorksIsLeftAlone();
    void whatTheTestFoundIsNewsForTheList();
    void failedTestSaysWhy();
    void typingForgetsTheTest();
    void testSendsTheKeyThatIsTyped();
    void keyIsKeptElsewhere();
    void keyOfTheEnvironmentIsNamed();
    void removingTheKeyKeepsWhatElseWasTyped();
    void revertTakesBackWhatWasTyped();

private:
    [[nodiscard]] EndpointTrial &trial() const { return *m_editor->trial(); }

    [[nodiscard]] Questions<ProbeResult> &probes() const { return m_ground->service.probes; }

    /// Tests what is typed, and answers that.
    void test(const Result<ProbeResult> &answer);
    /// Saves what is typed; the endpoint as it is in the list then.
    [[nodiscard]] Endpoint save();

    std::unique_ptr<EndpointGround> m_ground;
    std::unique_ptr<EndpointListModel> m_endpoints;
    std::unique_ptr<EndpointEditor> m_editor;
};

namespace {

ProbeResult at(const QString &url, const QString &provider = u"openai"_s)
{
    return {.provider = provider,
        .url = QUrl(url),
        .description = {.server = u"llama.cpp"_s, .models = {{.id = u"tiny"_s}}}};
}

} // namespace

void TestEndpointEditor::init()
{
    m_ground = std::make_unique<EndpointGround>();
    m_endpoints = std::make_unique<EndpointListModel>(
        m_ground->store->endpoints(), m_ground->secrets, m_ground->service);
    m_editor = std::make_unique<EndpointEditor>(*m_endpoints, m_ground->secrets, m_ground->service);
}

void TestEndpointEditor::cleanup()
{
    m_editor.reset();
    m_endpoints.reset();
    m_ground.reset();
}

void TestEndpointEditor::test(const Result<ProbeResult> &answer)
{
    m_editor->test();
    QCOMPARE(trial().state(), int(EndpointTrial::Testing));
    QTRY_COMPARE(probes().count(), size_t(1));
    probes().answerFirst(answer);
    QTRY_VERIFY(trial().state() != EndpointTrial::Testing);
}

Endpoint TestEndpointEditor::save()
{
    QSignalSpy saved(m_editor.get(), &EndpointEditor::saved);
    m_editor->save();
    if (!QTest::qWaitFor([&saved] { return !saved.isEmpty(); })) {
        qWarning("%s", qPrintable(m_editor->problem()));
        return {};
    }
    return m_endpoints->find(QUuid::fromString(m_editor->endpointId())).value_or(Endpoint());
}

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
    QVERIFY(m_editor->setProperty(property.constData(), text));
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
    m_editor->setHeaders(u"X-Team: research\n\nX-Two:2"_s);
    m_editor->setIdleTimeout(u"2.5"_s);
    QVERIFY(m_editor->isDirty());
    QSignalSpy added(m_editor.get(), &EndpointEditor::added);
    const Endpoint endpoint = save();
    QCOMPARE(endpoint.url, QUrl(u"http://desk:8080"_s));
    QCOMPARE(endpoint.name, u"desk:8080"_s);
    QCOMPARE(endpoint.headers, (Headers{{"X-Team", "research"}, {"X-Two", "2"}}));
    QCOMPARE(endpoint.timeouts.idle, Milliseconds(2500));
    QCOMPARE(added.count(), 1);
    QVERIFY(!m_editor->isDirty());
    QVERIFY(!m_editor->isFresh());
}

void TestEndpointEditor::testCompletesTheAddress()
{
    m_editor->setUrl(u"desk:8080"_s);
    test(at(u"http://desk:8080/v1"_s));
    QCOMPARE(trial().state(), int(EndpointTrial::Passed));
    QVERIFY(trial().fix().isEmpty());
    QCOMPARE(m_editor->property("url"), u"http://desk:8080/v1"_s);
    QCOMPARE(trial().models(), QStringList{u"tiny"_s});
    QCOMPARE(save().server, u"llama.cpp"_s);
}

void TestEndpointEditor::testFindsTheDialectNobodyChose()
{
    m_editor->setUrl(u"desk:8080/v1"_s);
    test(at(u"http://desk:8080"_s, u"lorax"_s));
    QVERIFY2(trial().fix().isEmpty(), qPrintable(trial().fix()));
    QVERIFY(m_editor->dialects().at(m_editor->dialect()).contains(u"LoRAX"_s));
    QCOMPARE(m_editor->property("url"), u"http://desk:8080"_s);
    QCOMPARE(save().provider, u"lorax"_s);
}

void TestEndpointEditor::testProposesAnotherPlaceAndDialect()
{
    m_editor->setUrl(u"http://desk:8080/wrong/v1"_s);
    m_editor->setDialect(0);
    m_editor->test();
    QTRY_COMPARE(probes().count(), size_t(1));
    probes().answerFirst(at(u"http://desk:8080"_s, u"lorax"_s));
    QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(1));
    m_ground->service.descriptions.answerFirst(
        fail(ApiError::Kind::NotFound, u"Nothing is there."_s));
    QTRY_COMPARE(trial().state(), int(EndpointTrial::Passed));
    QVERIFY2(trial().fix().contains(u"http://desk:8080"_s), qPrintable(trial().fix()));
    QVERIFY2(trial().fix().contains(u"LoRAX"_s), qPrintable(trial().fix()));
    // Nothing is changed unasked.
    QCOMPARE(m_editor->property("url"), u"http://desk:8080/wrong/v1"_s);
    m_editor->applyFix();
    QTRY_COMPARE(probes().count(), size_t(1));
    QCOMPARE(probes().first().endpoint.url, QUrl(u"http://desk:8080"_s));
    QCOMPARE(probes().first().endpoint.provider, u"lorax"_s);
    probes().answerFirst(at(u"http://desk:8080"_s, u"lorax"_s));
    QTRY_COMPARE(trial().state(), int(EndpointTrial::Passed));
    QVERIFY(trial().fix().isEmpty());
}

void TestEndpointEditor::aDialectThatWorksIsLeftAlone()
{
    m_editor->setUrl(u"http://desk:8080/v1"_s);
    m_editor->setDialect(0);
    m_editor->test();
    QTRY_COMPARE(probes().count(), size_t(1));
    probes().answerFirst(at(u"http://desk:8080"_s, u"lorax"_s));
    QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(1));
    QCOMPARE(m_ground->service.descriptions.first().endpoint.provider, u"openai"_s);
    m_ground->service.descriptions.answerFirst(EndpointDescription{.models = {{.id = u"tiny"_s}}});
    QTRY_COMPARE(trial().state(), int(EndpointTrial::Passed));
    QVERIFY2(trial().fix().isEmpty(), qPrintable(trial().fix()));
    QCOMPARE(m_editor->property("url"), u"http://desk:8080/v1"_s);
    QCOMPARE(trial().found().description.server, u"llama.cpp"_s);
}

void TestEndpointEditor::whatTheTestFoundIsNewsForTheList()
{
    m_editor->setUrl(u"http://desk:8080/v1"_s);
    const Endpoint endpoint = save();
    Questions<EndpointDescription> &descriptions = m_ground->service.descriptions;
    QTRY_COMPARE(descriptions.count(), size_t(1));
    descriptions.answerFirst(fail(ApiError::Kind::Refused, u"Nothing answers."_s));
    QTRY_COMPARE(m_endpoints->finding(endpoint.id).health, EndpointListModel::Failing);
    test(at(u"http://desk:8080/v1"_s));
    QTRY_COMPARE(descriptions.count(), size_t(1));
    descriptions.answerFirst(EndpointDescription());
    QTRY_COMPARE(m_endpoints->finding(endpoint.id).health, EndpointListModel::Healthy);
}

void TestEndpointEditor::failedTestSaysWhy()
{
    m_editor->setUrl(u"http://desk:8080"_s);
    test(Failure(ApiError{.kind = ApiError::Kind::Unavailable,
        .message = u"desk is loading."_s,
        .serverMessage = u"Loading model"_s}));
    QCOMPARE(trial().state(), int(EndpointTrial::Failed));
    QCOMPARE(trial().sentence(), u"desk is loading."_s);
    QCOMPARE(trial().serverMessage(), u"Loading model"_s);
    QVERIFY(trial().facts().isEmpty());
}

void TestEndpointEditor::typingForgetsTheTest()
{
    m_editor->setUrl(u"http://desk:8080"_s);
    m_editor->test();
    QTRY_COMPARE(probes().count(), size_t(1));
    m_editor->setUrl(u"http://desk:8081"_s);
    QCOMPARE(trial().state(), int(EndpointTrial::Untested));
    probes().answerFirst(at(u"http://desk:8080/v1"_s));
    QCoreApplication::processEvents();
    QCOMPARE(trial().state(), int(EndpointTrial::Untested));
    QCOMPARE(m_editor->property("url"), u"http://desk:8081"_s);
}

void TestEndpointEditor::testSendsTheKeyThatIsTyped()
{
    m_editor->setUrl(u"http://desk:8080"_s);
    m_editor->setKey(u" sk-typed "_s);
    m_editor->test();
    QTRY_COMPARE(probes().count(), size_t(1));
    QVERIFY(probes().first().key == Secret(u"sk-typed"_s));
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

QTEST_GUILESS_MAIN(TestEndpointEditor)

#include "tst_endpointeditor.moc"
