// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "endpointeditorfixture.h"

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// What the test of an endpoint finds becomes part of what is typed, or a sentence says what is
/// wrong.
class TestEndpointTest : public EndpointEditorFixture
{
    Q_OBJECT

private Q_SLOTS:
    void testCompletesTheAddress();
    void testFindsTheDialectNobodyChose();
    void testProposesAnotherPlaceAndDialect();
    void aDialectThatWorksIsLeftAlone();
    void whatTheTestFoundIsNewsForTheList();
    void failedTestSaysWhy();
    void typingForgetsTheTest();
    void testSendsTheKeyThatIsTyped();
    void shownCertificateIsTrustedByOneClick();
    void aServerThatWantsACertificateIsNotTrusted();
    void aModelIsNamedWhereTheServerWantsOne();
};

void TestEndpointTest::testCompletesTheAddress()
{
    m_editor->setUrl(u"desk:8080"_s);
    test(at(u"http://desk:8080/v1"_s));
    QCOMPARE(trial().state(), int(EndpointTrial::Passed));
    QVERIFY(trial().fix().isEmpty());
    QCOMPARE(m_editor->property("url"), u"http://desk:8080/v1"_s);
    QCOMPARE(trial().models(), QStringList{u"tiny"_s});
    QCOMPARE(save().server, u"llama.cpp"_s);
}

void TestEndpointTest::testFindsTheDialectNobodyChose()
{
    m_editor->setUrl(u"desk:8080/v1"_s);
    test(at(u"http://desk:8080"_s, u"lorax"_s));
    QVERIFY2(trial().fix().isEmpty(), qPrintable(trial().fix()));
    QVERIFY(m_editor->dialects().at(m_editor->dialect()).contains(u"LoRAX"_s));
    QCOMPARE(m_editor->property("url"), u"http://desk:8080"_s);
    QCOMPARE(save().provider, u"lorax"_s);
}

void TestEndpointTest::testProposesAnotherPlaceAndDialect()
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

void TestEndpointTest::aDialectThatWorksIsLeftAlone()
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

void TestEndpointTest::whatTheTestFoundIsNewsForTheList()
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

void TestEndpointTest::failedTestSaysWhy()
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

void TestEndpointTest::typingForgetsTheTest()
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

void TestEndpointTest::testSendsTheKeyThatIsTyped()
{
    m_editor->setUrl(u"http://desk:8080"_s);
    m_editor->setKey(u" sk-typed "_s);
    m_editor->test();
    QTRY_COMPARE(probes().count(), size_t(1));
    QVERIFY(probes().first().key == Secret(u"sk-typed"_s));
}

void TestEndpointTest::shownCertificateIsTrustedByOneClick()
{
    const ShownCertificate shown{.fault = TlsFault::SelfSigned,
        .fingerprint = u"sha256:"_s + u"ab"_s.repeated(32),
        .subject = u"CN=desk"_s,
        .issuer = u"CN=desk"_s,
        .names = {u"desk"_s, u"desk.lan"_s},
        .notBefore = QDateTime(QDate(2026, 1, 1), QTime(0, 0), QTimeZone::UTC),
        .notAfter = QDateTime(QDate(2027, 1, 1), QTime(0, 0), QTimeZone::UTC)};
    ApiError error{.kind = ApiError::Kind::Tls, .message = u"The certificate is not trusted."_s};
    error.certificate = shown;
    m_editor->setUrl(u"https://desk:8080/v1"_s);
    test(Failure(error));
    QVERIFY(trial().isTrustable());
    QStringList told;
    for (const Fact &fact : trial().certificateFacts()) {
        told.append(fact.value);
    }
    for (const QString &part : {u"CN=desk"_s, u"desk, desk.lan"_s, shown.fingerprint}) {
        QVERIFY2(told.contains(part), qPrintable(told.join(u'|')));
    }
    m_editor->trustCertificate();
    QTRY_COMPARE(probes().count(), size_t(1));
    QCOMPARE(probes().first().endpoint.tls.pin, shown.fingerprint);
    probes().answerFirst(at(u"https://desk:8080/v1"_s));
    QTRY_COMPARE(trial().state(), int(EndpointTrial::Passed));
    QVERIFY(trial().certificateFacts().isEmpty());
    QCOMPARE(save().tls.pin, shown.fingerprint);
}

void TestEndpointTest::aServerThatWantsACertificateIsNotTrusted()
{
    ApiError error{.kind = ApiError::Kind::Tls, .message = u"It wants a certificate."_s};
    error.certificate = ShownCertificate{
        .fault = TlsFault::ClientCertificate, .fingerprint = u"sha256:"_s + u"ab"_s.repeated(32)};
    m_editor->setUrl(u"https://desk:8080/v1"_s);
    test(Failure(error));
    QVERIFY(!trial().isTrustable());
    m_editor->trustCertificate();
}

void TestEndpointTest::aModelIsNamedWhereTheServerWantsOne()
{
    m_editor->setUrl(u"http://desk:11434"_s);
    ProbeResult ollama = at(u"http://desk:11434"_s, u"ollama"_s);
    ollama.description = {.server = u"Ollama"_s,
        .models = {{.id = u"pirate"_s}, {.id = u"llama"_s}},
        .adapters = {{.id = u"pirate"_s}}};
    test(ollama);
    QCOMPARE(m_editor->property("model"), u"llama"_s);
    // One that was chosen stays.
    m_editor->setModel(u"mistral"_s);
    test(ollama);
    QCOMPARE(m_editor->property("model"), u"mistral"_s);
    // A server of one model is not told which.
    m_editor->startNew();
    m_editor->setUrl(u"http://desk:8080/v1"_s);
    test(at(u"http://desk:8080/v1"_s));
    QCOMPARE(m_editor->property("model"), QString());
}

QTEST_GUILESS_MAIN(TestEndpointTest)

#include "tst_endpointtest.moc"
