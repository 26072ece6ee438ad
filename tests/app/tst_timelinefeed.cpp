// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/chatsession.h"
#include "fakechatservice.h"
#include "store/store.h"
#include "timeline/metricsline.h"
#include "timelinefeed.h"
#include "translations.h"

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// What a session says stands in the timeline.
class TestTimelineFeed : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { installTranslations(*QCoreApplication::instance()); }

    void init();
    void cleanup();
    void promptAndAnswerAppear();
    void streamedTextArrives();
    void aRetryIsShownUntilTheAnswerComes();
    void versionsAreCountedAndChosen();
    void deletedMessagesGoAndComeBack();
    void anotherSessionTakesItsPlace();
    void nothingIsShownOfNobody();
    void addedPromptStandsWithoutAnAnswer();
    void whatACommandSaysStandsBelowItsAnswer();

private:
    [[nodiscard]] std::unique_ptr<ChatSession> session();
    [[nodiscard]] FakeStream *stream(size_t count);
    void answer(size_t count, const QString &text);
    [[nodiscard]] QStringList texts() const;
    [[nodiscard]] bool settled();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<FakeChatService> m_service;
    std::unique_ptr<ChatSession> m_session;
    std::unique_ptr<TimelineModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    std::unique_ptr<TimelineFeed> m_feed;
};

void TestTimelineFeed::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<Store>(m_folder->filePath(u"test.sqlite"_s));
    QVERIFY(m_store->open().result());
    m_service = std::make_unique<FakeChatService>();
    m_session = session();
    m_model = std::make_unique<TimelineModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
    m_feed = std::make_unique<TimelineFeed>(*m_model);
    m_feed->follow(m_session.get());
}

void TestTimelineFeed::cleanup()
{
    m_feed.reset();
    m_tester.reset();
    m_model.reset();
    m_session.reset();
    m_service.reset();
    m_store.reset();
}

std::unique_ptr<ChatSession> TestTimelineFeed::session()
{
    const Endpoint endpoint{.id = QUuid::createUuid(), .name = u"Desk"_s, .provider = u"openai"_s};
    const Result<Target> target = Target{.endpoint = endpoint};
    return std::make_unique<ChatSession>(
        Conversation::create({.endpoint = endpoint.id}, QDateTime::currentDateTimeUtc()), false,
        *m_service, m_store->conversations(),
        [target](QUuid) { return QtFuture::makeReadyValueFuture(target); });
}

FakeStream *TestTimelineFeed::stream(size_t count)
{
    if (!QTest::qWaitFor([&] { return m_service->calls().size() >= count; }, 30'000)) {
        qFatal("the request was not made");
    }
    return m_service->calls().at(count - 1).stream;
}

void TestTimelineFeed::answer(size_t count, const QString &text)
{
    FakeStream *fake = stream(count);
    fake->text(text);
    fake->finish();
}

/// Of prompts and of answers' blocks, from top to bottom.
QStringList TestTimelineFeed::texts() const
{
    QStringList result;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (const QString text = m_model->rowText(row); !text.isEmpty()) {
            result += text;
        }
    }
    return result;
}

bool TestTimelineFeed::settled()
{
    return QTest::qWaitFor([this] { return !m_model->isBusy(); }, 30'000);
}

void TestTimelineFeed::promptAndAnswerAppear()
{
    QVERIFY(m_session->send(u"Hello"_s));
    QCOMPARE(m_model->messageCount(), 2);
    QVERIFY(m_model->message(1).isStreaming());
    answer(1, u"Hi.\n\nHow are you?"_s);
    QVERIFY(settled());
    QCOMPARE(texts(), (QStringList{u"Hello"_s, u"Hi."_s, u"How are you?"_s}));
    QVERIFY(!m_model->message(1).isStreaming());
}

void TestTimelineFeed::streamedTextArrives()
{
    QVERIFY(m_session->send(u"Hello"_s));
    FakeStream *fake = stream(1);
    fake->text(u"One"_s);
    QTRY_COMPARE(texts().value(1), u"One"_s);
    fake->text(u" and two"_s);
    QTRY_COMPARE(texts().value(1), u"One and two"_s);
    fake->end(ApiError{.kind = ApiError::Kind::Truncated, .message = u"It ended early."_s});
    QVERIFY(settled());
    QCOMPARE(texts().value(1), u"One and two"_s);
    QCOMPARE(m_model->message(1).entry.node.state, ChatNode::State::Failed);
}

void TestTimelineFeed::aRetryIsShownUntilTheAnswerComes()
{
    QVERIFY(m_session->send(u"Hello"_s));
    FakeStream *fake = stream(1);
    for (const int next : {2, 3}) {
        const Retry retry{.next = next,
            .most = 3,
            .wait = Milliseconds(5'000),
            .due = Clock::now() + Milliseconds(5'000),
            .error = {.kind = ApiError::Kind::Unavailable, .message = u"Desk is loading."_s}};
        Q_EMIT fake->retrying(retry);
        QCOMPARE(m_model->message(1).entry.retry, retry);
    }
    // A model may think for long before it says anything.
    fake->reasoning(u"Hm"_s);
    QTRY_VERIFY(!m_model->message(1).entry.retry);
    fake->text(u"Hi."_s);
    fake->finish();
    QVERIFY(settled());
    QCOMPARE(texts(), (QStringList{u"Hello"_s, u"Hi."_s}));
}

void TestTimelineFeed::versionsAreCountedAndChosen()
{
    QVERIFY(m_session->send(u"Hello"_s));
    answer(1, u"First."_s);
    const QUuid first = m_session->conversation().leaf();
    m_session->regenerate(first);
    answer(2, u"Second."_s);
    QVERIFY(settled());
    QCOMPARE(texts(), (QStringList{u"Hello"_s, u"Second."_s}));
    QCOMPARE(m_model->message(1).entry.version, 2);
    QCOMPARE(m_model->message(1).entry.versions, 2);
    m_session->selectVersion(first);
    QVERIFY(settled());
    QCOMPARE(texts(), (QStringList{u"Hello"_s, u"First."_s}));
    QCOMPARE(m_model->message(1).entry.version, 1);
}

void TestTimelineFeed::deletedMessagesGoAndComeBack()
{
    QVERIFY(m_session->send(u"Hello"_s));
    answer(1, u"Hi."_s);
    QVERIFY(settled());
    m_session->deleteMessage(m_session->conversation().leaf());
    QCOMPARE(texts(), QStringList(u"Hello"_s));
    m_session->undoDelete();
    QVERIFY(settled());
    QCOMPARE(texts(), (QStringList{u"Hello"_s, u"Hi."_s}));
}

void TestTimelineFeed::anotherSessionTakesItsPlace()
{
    QVERIFY(m_session->send(u"Hello"_s));
    const std::unique_ptr<ChatSession> other = session();
    m_feed->follow(other.get());
    QCOMPARE(m_model->messageCount(), 0);
    // The one that is left goes on, and nothing of it is seen.
    answer(1, u"Hi."_s);
    QCOMPARE(m_model->messageCount(), 0);
    QVERIFY(other->send(u"Good day"_s));
    QCOMPARE(texts(), QStringList(u"Good day"_s));
    m_feed->follow(m_session.get());
    QVERIFY(settled());
    QCOMPARE(texts(), (QStringList{u"Hello"_s, u"Hi."_s}));
    m_feed->follow(nullptr);
}

void TestTimelineFeed::nothingIsShownOfNobody()
{
    QVERIFY(m_session->send(u"Hello"_s));
    m_feed->follow(nullptr);
    QCOMPARE(m_model->rowCount(), 0);
    answer(1, u"Hi."_s);
    QCOMPARE(m_model->rowCount(), 0);
}

void TestTimelineFeed::addedPromptStandsWithoutAnAnswer()
{
    QVERIFY(m_session->addPrompt(u"Know this."_s));
    QCOMPARE(texts(), QStringList(u"Know this."_s));
    QVERIFY(!m_session->isRunning());
    QVERIFY(m_session->send(u"What do you know?"_s));
    answer(1, u"This."_s);
    QVERIFY(settled());
    QCOMPARE(texts(), (QStringList{u"Know this."_s, u"What do you know?"_s, u"This."_s}));
    // Roles alternate for the model.
    const QList<Message> asked = m_service->calls().front().request.messages;
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().content, u"Know this.\n\nWhat do you know?"_s);
}

/// Folded away until it is opened, in the place of its call, also in a session that is opened
/// again.
void TestTimelineFeed::whatACommandSaysStandsBelowItsAnswer()
{
    ChatSetup setup = m_session->setup();
    setup.tools = ToolSetup{.isOn = true,
        .tools = u"[{\"name\": \"one\"}, {\"name\": \"two\"}, {\"name\": \"three\"}]"_s,
        .mock = u"{\"two\": 2}"_s,
        .commands = u"{\"one\": [\"sh\", \"-c\", \"echo 1; echo aside >&2; echo more >&2\"],"
                    "\"three\": [\"sh\", \"-c\", \"exit 3\"]}"_s};
    m_session->setSetup(setup);
    QVERIFY(m_session->send(u"Count."_s));
    FakeStream *fake = stream(1);
    const QUuid answered = m_session->conversation().leaf();
    int index = 0;
    for (const QString &name : {u"one"_s, u"two"_s, u"three"_s}) {
        fake->bring({{Clock::now(),
            ToolCallDelta{.index = index++, .id = name, .name = name, .arguments = u"{}"_s}}});
    }
    fake->finish(FinishReason::Kind::ToolCalls);
    QTRY_COMPARE(m_session->openCalls(answered).size(), 2);
    m_session->runCall(answered, u"one"_s);
    m_session->runCall(answered, u"three"_s);
    answer(2, u"Three."_s);
    for (const bool isOpenedAgain : {false, true}) {
        if (isOpenedAgain) {
            m_feed->follow(nullptr);
            m_feed->follow(m_session.get());
        }
        QVERIFY(settled());
        QList<int> asides;
        for (int row = 0; row < m_model->rowCount(); ++row) {
            if (m_model->row(row).kind == RowKind::Aside) {
                asides.append(row);
            }
        }
        QCOMPARE(asides.size(), 2);
        QCOMPARE(m_model->rowText(asides[0] - 1), u"1"_s);
        QVERIFY(m_model->rowText(asides[1] - 1).contains(u"exit code 3"_s));
        QCOMPARE(MetricsLine::aside(*m_model->aside(asides[0])),
            u"Command, exit code 0 · 2 lines on stderr"_s);
        QCOMPARE(MetricsLine::aside(*m_model->aside(asides[1])), u"Command, exit code 3"_s);
        QVERIFY(m_model->aside(asides[1])->isError);
        QVERIFY(!m_model->isSelectable(asides[0]));
        QVERIFY(!texts().contains(u"aside\nmore"_s));
        m_model->setState(asides[0], {.expanded = true});
        QCOMPARE(m_model->rowText(asides[0]), u"aside\nmore"_s);
        QVERIFY(m_model->isSelectable(asides[0]));
        QVERIFY(!m_model->state(asides[1]).expanded);
    }
}

QTEST_MAIN(TestTimelineFeed)

#include "tst_timelinefeed.moc"
