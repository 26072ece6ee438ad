// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "askedservice.h"
#include "endpointlistmodel.h"
#include "ids.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// What is known of each endpoint: now, while it is asked, and after a restart.
class TestEndpointListModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void anEndpointIsAskedOnceItIsSaved();
    void whatWasFoundIsThereAtTheNextStart();
    void whatIsKnownStaysWhileItDoesNotAnswer();
    void anotherAddressForgetsWhatWasFound();
    void anOvertakenAnswerIsNotShown();
    void theServerThatAnswersIsRemembered();
    void whatAModelRefusesByItsNameIsRemembered();
    void aDialectThatIsNotNamedIsFoundOut();
    void demosComeFirstAndAreNotStored();
    void removedComesBack();
    void aRefusedPasswordInTheAddressIsTold();
    void aLostServerIsLookedAtOnceForAll();
    void aServerThatIsBackIsSeen();
    void oneThatStaysWellIsLeftAlone();

private:
    void restart();
    /// Saves, and answers the question that follows.
    void save(const Endpoint &endpoint);

    [[nodiscard]] QString text(QUuid id, EndpointListModel::Role role) const
    {
        return m_model->text(id, role);
    }

    std::unique_ptr<EndpointGround> m_ground;
    std::unique_ptr<EndpointListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

namespace {

Endpoint desk()
{
    return {.id = QUuid::createUuid(),
        .name = u"Desk"_s,
        .url = QUrl(u"http://desk:8080"_s),
        .provider = u"openai"_s};
}

EndpointDescription llama()
{
    return {.server = u"llama.cpp"_s,
        .version = u"b1"_s,
        .models = {{.id = u"tiny"_s}},
        .adapters = {{.id = u"0"_s, .name = u"pirate"_s}},
        .adapterStyle = AdapterStyle::Scales};
}

ApiError refused()
{
    return {.kind = ApiError::Kind::Unreachable, .message = u"Nothing answers at desk:8080."_s};
}

} // namespace

void TestEndpointListModel::init()
{
    m_ground = std::make_unique<EndpointGround>();
    restart();
}

void TestEndpointListModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_ground.reset();
}

void TestEndpointListModel::restart()
{
    m_tester.reset();
    m_model.reset();
    m_ground->reopen();
    m_model = std::make_unique<EndpointListModel>(
        m_ground->store->endpoints(), m_ground->secrets, m_ground->service);
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
    QSignalSpy loaded(m_model.get(), &EndpointListModel::loaded);
    m_model->load();
    QTRY_COMPARE(loaded.count(), 1);
}

void TestEndpointListModel::save(const Endpoint &endpoint)
{
    const QFuture<Result<>> saved = m_model->save(endpoint);
    QTRY_VERIFY(saved.isFinished());
    QVERIFY(saved.result());
    QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(1));
    m_ground->service.descriptions.answerFirst(llama());
    QTRY_COMPARE(m_model->finding(endpoint.id).health, EndpointListModel::Healthy);
}

void TestEndpointListModel::anEndpointIsAskedOnceItIsSaved()
{
    const Endpoint endpoint = desk();
    const QFuture<Result<>> saved = m_model->save(endpoint);
    QTRY_VERIFY(saved.isFinished());
    QCOMPARE(m_model->count(), 1);
    QCOMPARE(m_model->finding(endpoint.id).health, EndpointListModel::Asking);
    QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(1));
    QCOMPARE(m_ground->service.descriptions.first().endpoint.url, endpoint.url);
    m_ground->service.descriptions.answerFirst(llama());
    QTRY_COMPARE(m_model->finding(endpoint.id).health, EndpointListModel::Healthy);
    QCOMPARE(text(endpoint.id, EndpointListModel::ServerRole), u"llama.cpp b1"_s);
    QCOMPARE(m_model->preferred(), endpoint.id);
}

void TestEndpointListModel::whatWasFoundIsThereAtTheNextStart()
{
    const Endpoint endpoint = desk();
    save(endpoint);
    restart();
    // Before anybody has answered.
    QCOMPARE(m_model->finding(endpoint.id).health, EndpointListModel::Asking);
    QCOMPARE(m_model->finding(endpoint.id).description, std::optional(llama()));
    QCOMPARE(text(endpoint.id, EndpointListModel::ServerRole), u"llama.cpp b1"_s);
    EndpointDescription now = llama();
    now.version = u"b2"_s;
    QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(1));
    m_ground->service.descriptions.answerFirst(now);
    QTRY_COMPARE(text(endpoint.id, EndpointListModel::ServerRole), u"llama.cpp b2"_s);
}

void TestEndpointListModel::whatIsKnownStaysWhileItDoesNotAnswer()
{
    const Endpoint endpoint = desk();
    save(endpoint);
    m_model->refresh(toText(endpoint.id));
    QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(1));
    m_ground->service.descriptions.answerFirst(Failure(refused()));
    QTRY_COMPARE(m_model->finding(endpoint.id).health, EndpointListModel::Failing);
    QCOMPARE(m_model->finding(endpoint.id).description, std::optional(llama()));
    QCOMPARE(text(endpoint.id, EndpointListModel::ProblemRole), refused().message);
    QVERIFY(text(endpoint.id, EndpointListModel::LastAnswerRole).contains(u"llama.cpp b1"_s));
    QCOMPARE(text(endpoint.id, EndpointListModel::HealthTextRole), u"not reachable"_s);
    // One that answers, but not to this key, is reached.
    m_model->refresh(toText(endpoint.id));
    QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(1));
    m_ground->service.descriptions.answerFirst(fail(ApiError::Kind::Unauthorized, u"No."_s));
    QTRY_COMPARE(text(endpoint.id, EndpointListModel::HealthTextRole), u"key refused"_s);
}

void TestEndpointListModel::anotherAddressForgetsWhatWasFound()
{
    Endpoint endpoint = desk();
    save(endpoint);
    endpoint.url = QUrl(u"http://elsewhere:8080"_s);
    const QFuture<Result<>> saved = m_model->save(endpoint);
    QTRY_VERIFY(saved.isFinished());
    QVERIFY(!m_model->finding(endpoint.id).description);
    QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(1));
    restart();
    QVERIFY(!m_model->finding(endpoint.id).description);
}

void TestEndpointListModel::anOvertakenAnswerIsNotShown()
{
    const Endpoint endpoint = desk();
    save(endpoint);
    m_model->refresh(toText(endpoint.id));
    QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(1));
    m_model->refresh(toText(endpoint.id));
    QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(2));
    m_ground->service.descriptions.answerLast(llama());
    QTRY_COMPARE(m_model->finding(endpoint.id).health, EndpointListModel::Healthy);
    QSignalSpy changed(m_model.get(), &EndpointListModel::changed);
    m_ground->service.descriptions.answerFirst(Failure(refused()));
    QCoreApplication::processEvents();
    QVERIFY(changed.isEmpty());
    QCOMPARE(m_model->finding(endpoint.id).health, EndpointListModel::Healthy);
}

void TestEndpointListModel::theServerThatAnswersIsRemembered()
{
    const Endpoint endpoint = desk();
    save(endpoint);
    QCOMPARE(m_model->find(endpoint.id)->server, u"llama.cpp"_s);
    restart();
    QCOMPARE(m_model->find(endpoint.id)->server, u"llama.cpp"_s);
    QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(1));
    QCOMPARE(m_ground->service.descriptions.first().endpoint.server, u"llama.cpp"_s);
}

void TestEndpointListModel::whatAModelRefusesByItsNameIsRemembered()
{
    Endpoint endpoint = desk();
    save(endpoint);
    ChatNode answer{.message = {.role = Role::Assistant}, .state = ChatNode::State::Failed};
    answer.error = ApiError{.kind = ApiError::Kind::BadRequest,
        .code = u"unsupported_parameter"_s,
        .param = u"max_tokens"_s};
    answer.origin.setup
        = {.endpoint = endpoint.id, .model = u"o"_s, .parameters = {{u"max_tokens"_s, 7}}};
    m_model->learn(answer);
    const QList<LearntName> names{{u"o"_s, u"max_tokens"_s, u"max_completion_tokens"_s}};
    QCOMPARE(m_model->find(endpoint.id)->learntNames, names);
    QCOMPARE(m_model->resolve(endpoint.id).result()->endpoint.learntNames, names);
    restart();
    QCOMPARE(m_model->find(endpoint.id)->learntNames, names);
    QVERIFY(m_model->finding(endpoint.id).description); // which is kept beside it
    // A form that was opened before does not undo it; another address does.
    QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(1));
    m_ground->service.descriptions.answerFirst(llama());
    endpoint.name = u"Table"_s;
    save(endpoint);
    QCOMPARE(m_model->find(endpoint.id)->learntNames, names);
    endpoint.url = QUrl(u"http://elsewhere:8080"_s);
    save(endpoint);
    QVERIFY(m_model->find(endpoint.id)->learntNames.isEmpty());
}

void TestEndpointListModel::aDialectThatIsNotNamedIsFoundOut()
{
    Endpoint endpoint = desk();
    endpoint.provider.clear();
    const QFuture<Result<>> saved = m_model->save(endpoint);
    QTRY_COMPARE(m_ground->service.probes.count(), size_t(1));
    QVERIFY(!text(endpoint.id, EndpointListModel::ServerRole).isEmpty());
    m_ground->service.probes.answerFirst(ProbeResult{
        .provider = u"llamacpp"_s, .url = QUrl(u"http://desk:8080/v1"_s), .description = llama()});
    QTRY_COMPARE(m_model->find(endpoint.id)->provider, u"llamacpp"_s);
    QCOMPARE(m_model->finding(endpoint.id).health, EndpointListModel::Healthy);
    restart();
    QTRY_VERIFY(m_model->find(endpoint.id));
    QCOMPARE(m_model->find(endpoint.id)->provider, u"llamacpp"_s);
    QCOMPARE(m_model->find(endpoint.id)->url, QUrl(u"http://desk:8080/v1"_s));
}

void TestEndpointListModel::demosComeFirstAndAreNotStored()
{
    const Endpoint demo{.id = QUuid::createUuid(),
        .name = u"Demo"_s,
        .url = QUrl(u"http://127.0.0.1:1"_s),
        .provider = u"openai"_s};
    m_model->setDemos({demo});
    QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(1));
    m_ground->service.descriptions.answerFirst(llama());
    QCOMPARE(m_model->preferred(), demo.id);
    const Endpoint endpoint = desk();
    save(endpoint);
    QCOMPARE(m_model->data(m_model->index(0), EndpointListModel::DemoRole), true);
    QCOMPARE(m_model->preferred(), endpoint.id);
    m_model->remove(toText(demo.id));
    QCOMPARE(m_model->count(), 2);
    restart();
    QCOMPARE(m_model->count(), 1);
}

void TestEndpointListModel::removedComesBack()
{
    const Endpoint endpoint = desk();
    save(endpoint);
    m_model->remove(toText(endpoint.id));
    QCOMPARE(m_model->count(), 0);
    QCOMPARE(m_model->removedName(), u"Desk"_s);
    m_model->undoRemove();
    QTRY_COMPARE(m_model->count(), 1);
    QVERIFY(m_model->removedName().isEmpty());
    QCOMPARE(m_model->find(endpoint.id)->url, endpoint.url);
    restart();
    QCOMPARE(m_model->count(), 1);
}

void TestEndpointListModel::aRefusedPasswordInTheAddressIsTold()
{
    Endpoint endpoint = desk();
    endpoint.url = QUrl(u"http://me:secret@desk:8080"_s);
    const QFuture<Result<>> saved = m_model->save(endpoint);
    QTRY_VERIFY(saved.isFinished());
    QVERIFY(!saved.result());
    QCOMPARE(m_model->count(), 0);
}

void TestEndpointListModel::aLostServerIsLookedAtOnceForAll()
{
    const Endpoint endpoint = desk();
    save(endpoint);
    for (int lane = 0; lane < 6; ++lane) {
        m_model->heed(endpoint.id, refused());
    }
    QCOMPARE(m_model->finding(endpoint.id).health, EndpointListModel::Asking);
    QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(1));
    QCoreApplication::processEvents();
    QCOMPARE(m_ground->service.descriptions.count(), size_t(1));
    m_ground->service.descriptions.answerFirst(Failure(refused()));
    QTRY_COMPARE(text(endpoint.id, EndpointListModel::HealthTextRole), u"not reachable"_s);
    // That is known now.
    m_model->heed(endpoint.id, refused());
    QCOMPARE(m_model->finding(endpoint.id).health, EndpointListModel::Failing);
}

void TestEndpointListModel::aServerThatIsBackIsSeen()
{
    const Endpoint endpoint = desk();
    save(endpoint);
    m_model->refresh(toText(endpoint.id));
    QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(1));
    m_ground->service.descriptions.answerFirst(Failure(refused()));
    QTRY_COMPARE(m_model->finding(endpoint.id).health, EndpointListModel::Failing);
    // Refused here, before anything was sent: that says nothing.
    m_model->heed(endpoint.id, ApiError{.kind = ApiError::Kind::InvalidRequest});
    QCOMPARE(m_model->finding(endpoint.id).health, EndpointListModel::Failing);
    // An error of the server's own comes from somebody.
    m_model->heed(endpoint.id, ApiError{.kind = ApiError::Kind::BadRequest, .httpStatus = 400});
    QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(1));
    m_ground->service.descriptions.answerFirst(Failure(refused()));
    QTRY_COMPARE(m_model->finding(endpoint.id).health, EndpointListModel::Failing);
    m_model->setRestBetweenLooks(Milliseconds::zero());
    m_model->heed(endpoint.id, std::nullopt);
    QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(1));
    m_ground->service.descriptions.answerFirst(llama());
    QTRY_COMPARE(m_model->finding(endpoint.id).health, EndpointListModel::Healthy);
}

void TestEndpointListModel::oneThatStaysWellIsLeftAlone()
{
    const Endpoint endpoint = desk();
    save(endpoint);
    const ApiError own{.kind = ApiError::Kind::BadRequest, .httpStatus = 400};
    m_model->heed(endpoint.id, own);
    m_model->heed(endpoint.id, std::nullopt);
    QCOMPARE(m_model->finding(endpoint.id).health, EndpointListModel::Healthy);
    const auto loses = [&] {
        m_model->heed(endpoint.id, ApiError{.kind = ApiError::Kind::Truncated, .httpStatus = 200});
    };
    const auto isSeenToBeWell = [&] {
        m_ground->service.descriptions.answerFirst(llama());
        return QTest::qWaitFor(
            [&] { return m_model->finding(endpoint.id).health == EndpointListModel::Healthy; });
    };
    m_model->setRestBetweenLooks(std::chrono::hours(1));
    loses();
    QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(1));
    QVERIFY(isSeenToBeWell());
    // It breaks off what it is asked, and answers a look: it is not asked all the time.
    loses();
    loses();
    QCOMPARE(m_model->finding(endpoint.id).health, EndpointListModel::Healthy);
    // Later it is, once.
    m_model->setRestBetweenLooks(Milliseconds(1));
    const Endpoint other = desk();
    save(other);
    for (int i = 0; i < 2; ++i) {
        m_model->heed(other.id, refused());
        QTRY_COMPARE(m_ground->service.descriptions.count(), size_t(1));
        m_ground->service.descriptions.answerFirst(llama());
        QTRY_COMPARE(m_model->finding(other.id).health, EndpointListModel::Healthy);
    }
}

QTEST_GUILESS_MAIN(TestEndpointListModel)

#include "tst_endpointlistmodel.moc"
