// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/chatsession.h"
#include "fakechatservice.h"
#include "store/opendatabase.h"
#include "store/store.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// Keeps a copy of the path as a list model would, and checks that the signals suffice for it.
class Mirror final : public QObject
{
    Q_OBJECT

public:
    explicit Mirror(const ChatSession &session)
        : m_session(session)
    {
        read();
        connect(&session, &ChatSession::pathChanged, this, &Mirror::read);
        connect(&session, &ChatSession::nodeChanged, this, [this](QUuid id) {
            if (m_texts.contains(id)) {
                m_texts[id] = m_session.conversation().find(id)->message.content;
            }
        });
        connect(&session, &ChatSession::textAppended, this,
            [this](QUuid id, const QString &text, const QString &) { m_texts[id] += text; });
    }

    [[nodiscard]] bool isTrue() const
    {
        if (m_session.conversation().path() != m_path) {
            return false;
        }
        return std::all_of(m_path.begin(), m_path.end(), [this](const QUuid &id) {
            return m_session.conversation().find(id)->message.content == m_texts.value(id);
        });
    }

private:
    void read()
    {
        m_path = m_session.conversation().path();
        for (const QUuid &id : std::as_const(m_path)) {
            m_texts[id] = m_session.conversation().find(id)->message.content;
        }
    }

    const ChatSession &m_session;
    QList<QUuid> m_path;
    QHash<QUuid, QString> m_texts;
};

class TestChatSession final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<FakeChatService> m_service;
    std::unique_ptr<ChatSession> m_session;
    std::unique_ptr<Mirror> m_mirror;
    Endpoint m_endpoint;
    Result<Target> m_target;

    void openStore()
    {
        m_store = std::make_unique<Store>(m_folder->filePath(u"lorikeet.db"_s));
        QVERIFY(m_store->open().result());
    }

    void start(const Conversation &conversation, bool stored)
    {
        m_session = std::make_unique<ChatSession>(conversation, stored, *m_service,
            m_store->conversations(),
            [this](QUuid) { return QtFuture::makeReadyValueFuture(m_target); });
        m_mirror = std::make_unique<Mirror>(*m_session);
    }

    [[nodiscard]] const Conversation &chat() const { return m_session->conversation(); }

    [[nodiscard]] const ChatNode &leaf() const { return *chat().find(chat().leaf()); }

    [[nodiscard]] QStringList texts() const
    {
        QStringList result;
        const QList<QUuid> ids = chat().path();
        for (const QUuid &id : ids) {
            result += chat().find(id)->message.content;
        }
        return result;
    }

    /// The stream of the `count`th request, once it has been made.
    FakeStream *stream(size_t count)
    {
        if (!QTest::qWaitFor([&] { return m_service->calls().size() >= count; }, 30'000)) {
            qFatal("the request was not made");
        }
        return m_service->calls().at(count - 1).stream;
    }

    void answer(size_t count, const QString &text)
    {
        FakeStream *fake = stream(count);
        fake->text(text);
        fake->finish();
    }

    Conversation stored() { return *m_store->conversations().load(chat().id()).result(); }

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        openStore();
        m_service = std::make_unique<FakeChatService>();
        m_endpoint = {.id = QUuid::createUuid(), .name = u"Desk"_s, .provider = u"openai"_s};
        m_target = Target{.endpoint = m_endpoint, .key = Secret(u"canary-77"_s)};
        ChatSetup setup;
        setup.endpoint = m_endpoint.id;
        setup.model = u"m"_s;
        setup.parameters = {{u"temperature"_s, 0.2}};
        setup.systemPrompt = u"Be brief."_s;
        start(Conversation::create(setup, QDateTime::currentDateTimeUtc()), false);
    }

    void cleanup()
    {
        QVERIFY(!m_session || m_mirror->isTrue());
        m_mirror.reset();
        m_session.reset();
        m_service.reset();
        m_store.reset();
    }

    void aPromptIsAskedAndItsAnswerKept()
    {
        m_session->setDraft(u"Hel"_s);
        QVERIFY(m_session->send(u"Hello"_s));
        QCOMPARE(chat().head().draft, QString());
        QCOMPARE(chat().head().title, u"Hello"_s);
        QCOMPARE(leaf().state, ChatNode::State::Streaming);
        QVERIFY(m_session->isRunning());

        FakeStream *fake = stream(1);
        const FakeChatService::Call &call = m_service->calls().front();
        QCOMPARE(call.target.key, Secret(u"canary-77"_s));
        QCOMPARE(call.request.model, u"m"_s);
        QCOMPARE(call.request.parameters.value(u"temperature"_s), 0.2);
        QCOMPARE(call.request.messages.size(), 2);
        QCOMPARE(call.request.messages.at(0).role, Role::System);
        QCOMPARE(call.request.messages.at(1).content, u"Hello"_s);
        fake->bring({{Clock::now(), Started{.model = u"llama"_s}}});
        fake->reasoning(u"hm"_s);
        fake->text(u"Hi "_s);
        QVERIFY(m_mirror->isTrue());
        fake->text(u"there."_s);
        fake->finish();

        QCOMPARE(texts(), (QStringList{u"Hello"_s, u"Hi there."_s}));
        QCOMPARE(leaf().state, ChatNode::State::Complete);
        QCOMPARE(leaf().message.reasoning, u"hm"_s);
        QCOMPARE(leaf().origin.endpointName, u"Desk"_s);
        QCOMPARE(leaf().origin.provider, u"openai"_s);
        QCOMPARE(leaf().origin.servedModel, u"llama"_s);
        QCOMPARE(leaf().finish.kind, FinishReason::Kind::Stop);
        QVERIFY(leaf().metrics.timeToFirstToken);
        QVERIFY(!m_session->isRunning());
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void nothingIsWrittenOfAnEmptyConversation()
    {
        m_session->setSetup({});
        QVERIFY(m_session->flush().result());
        QVERIFY(m_store->conversations().list().result()->isEmpty());
        m_session->setDraft(u"dra"_s);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored().head().draft, u"dra"_s);
    }

    void withoutAnEndpointNothingIsLost()
    {
        m_session->setSetup({});
        m_session->setDraft(u"Hello"_s);
        QSignalSpy refused(m_session.get(), &ChatSession::refused);
        QVERIFY(!m_session->send(u"Hello"_s));
        QCOMPARE(refused.size(), 1);
        QCOMPARE(chat().head().draft, u"Hello"_s);
        QVERIFY(chat().isEmpty());
        QVERIFY(!m_session->send(u" \n"_s));
    }

    void aKeyThatIsMissingEndsInTheAnswer()
    {
        m_target = fail(ApiError::Kind::Storage, u"No key."_s);
        QVERIFY(m_session->send(u"Hello"_s));
        QTRY_COMPARE_WITH_TIMEOUT(leaf().state, ChatNode::State::Failed, 30'000);
        QCOMPARE(leaf().error->message, u"No key."_s);
        QVERIFY(m_service->calls().empty());
    }

    void stopKeepsTheText()
    {
        m_session->send(u"Hello"_s);
        FakeStream *fake = stream(1);
        fake->text(u"Once upon"_s);
        m_session->stopAll();
        QTRY_COMPARE_WITH_TIMEOUT(leaf().state, ChatNode::State::Stopped, 30'000);
        QCOMPARE(leaf().message.content, u"Once upon"_s);
        QVERIFY(!leaf().error);
        QVERIFY(!m_session->isRunning());
    }

    void stopBeforeTheEndpointIsKnown()
    {
        m_session->send(u"Hello"_s);
        m_session->stop(chat().leaf());
        QTRY_COMPARE_WITH_TIMEOUT(leaf().state, ChatNode::State::Stopped, 30'000);
        QVERIFY(m_service->calls().empty());
    }

    void anErrorInTheMiddleKeepsTheText()
    {
        m_session->send(u"Hello"_s);
        FakeStream *fake = stream(1);
        fake->text(u"Half"_s);
        const ApiError error{.kind = ApiError::Kind::Truncated, .message = u"Cut off."_s};
        fake->end(error);
        QCOMPARE(leaf().state, ChatNode::State::Failed);
        QCOMPARE(leaf().error, error);
        QCOMPARE(leaf().message.content, u"Half"_s);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void promptsWaitAndGoOutInOrder()
    {
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        m_session->send(u"2"_s);
        m_session->send(u"3"_s);
        m_session->send(u"4"_s);
        QCOMPARE(m_session->waiting().size(), 3);
        m_session->editWaiting(m_session->waiting().at(0).id, u"two"_s);
        m_session->removeWaiting(m_session->waiting().at(1).id);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored().head().waiting, m_session->waiting());

        fake->text(u"a"_s);
        fake->finish();
        QCOMPARE(m_session->waiting().size(), 1);
        answer(2, u"b"_s);
        QCOMPARE(m_session->waiting().size(), 0);
        answer(3, u"c"_s);
        QCOMPARE(texts(), (QStringList{u"1"_s, u"a"_s, u"two"_s, u"b"_s, u"4"_s, u"c"_s}));
    }

    void afterAStopWaitingPromptsAreHeld()
    {
        m_session->send(u"1"_s);
        stream(1)->text(u"a"_s);
        m_session->send(u"2"_s);
        m_session->send(u"3"_s);
        m_session->stopAll();
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->isRunning(), 30'000);
        QCOMPARE(m_session->waiting().size(), 2);
        QVERIFY(m_session->waiting().at(0).held);
        // Another prompt does not set them free.
        m_session->send(u"other"_s);
        answer(2, u"b"_s);
        QCOMPARE(m_session->waiting().size(), 2);
        m_session->sendWaiting();
        answer(3, u"c"_s);
        answer(4, u"d"_s);
        QCOMPARE(texts(),
            (QStringList{u"1"_s, u"a"_s, u"other"_s, u"b"_s, u"2"_s, u"c"_s, u"3"_s, u"d"_s}));
        QVERIFY(m_session->waiting().isEmpty());
    }

    void heldPromptsGoOutBelowAFailedAnswer()
    {
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        m_session->send(u"2"_s);
        fake->end(ApiError{.kind = ApiError::Kind::Server, .message = u"Down."_s});
        QVERIFY(m_session->waiting().constFirst().held);
        m_session->sendWaiting();
        answer(2, u"b"_s);
        QCOMPARE(texts(), (QStringList{u"1"_s, QString(), u"2"_s, u"b"_s}));
        // The failed answer said nothing, so the prompts reach the model as one.
        QCOMPARE(m_service->calls().at(1).request.messages.last().content, u"1\n\n2"_s);
    }

    void regenerateMakesAVersionWithItsOwnSetup()
    {
        m_session->send(u"1"_s);
        answer(1, u"a"_s);
        const QUuid first = chat().leaf();
        ChatSetup hotter = m_session->setup();
        hotter.parameters.insert(u"temperature"_s, 0.9);
        m_session->regenerate(first, hotter);
        answer(2, u"b"_s);
        QCOMPARE(m_service->calls().at(1).request.parameters.value(u"temperature"_s), 0.9);
        QCOMPARE(m_service->calls().at(1).request.messages.size(), 2);
        QCOMPARE(leaf().origin.setup, hotter);
        QCOMPARE(m_session->setup().parameters.value(u"temperature"_s), 0.2);
        QCOMPARE(texts(), (QStringList{u"1"_s, u"b"_s}));
        QCOMPARE(chat().siblings(first).size(), 2);

        m_session->selectVersion(first);
        QCOMPARE(texts(), (QStringList{u"1"_s, u"a"_s}));
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    /// For servers that remember a conversation by themselves.
    void aRequestSaysWhenTheServersPastIsAnother()
    {
        const auto diverged
            = [this](size_t count) { return m_service->calls().at(count - 1).request.diverged; };
        m_session->send(u"1"_s);
        answer(1, u"a"_s);
        m_session->send(u"2"_s);
        answer(2, u"b"_s);
        QVERIFY(!diverged(1) && !diverged(2));
        const QUuid last = chat().leaf();
        m_session->regenerate(last);
        answer(3, u"c"_s);
        QVERIFY(diverged(3)); // two answers to one prompt
        m_session->send(u"3"_s);
        answer(4, u"d"_s);
        QVERIFY(diverged(4));
        m_session->editPrompt(chat().path().constFirst(), u"1, edited"_s);
        answer(5, u"e"_s);
        QVERIFY(diverged(5));
    }

    void aRequestSaysWhenTheAnswerBeforeWasAskedOtherwise_data()
    {
        QTest::addColumn<QString>("what");
        QTest::newRow("another system prompt") << u"system"_s;
        QTest::newRow("another endpoint") << u"endpoint"_s;
        QTest::newRow("an answer that failed") << u"failed"_s;
    }

    void aRequestSaysWhenTheAnswerBeforeWasAskedOtherwise()
    {
        QFETCH(const QString, what);
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        fake->text(u"a"_s);
        if (what == u"failed"_s) {
            fake->end(ApiError{.kind = ApiError::Kind::Truncated, .message = u"Cut off."_s});
        } else {
            fake->finish();
        }
        ChatSetup other = m_session->setup();
        if (what == u"system"_s) {
            other.systemPrompt = u"Be long."_s;
        } else if (what == u"endpoint"_s) {
            other.endpoint = QUuid::createUuid();
        }
        m_session->setSetup(other);
        m_session->send(u"2"_s);
        answer(2, u"b"_s);
        QVERIFY(m_service->calls().at(1).request.diverged);
    }

    void versionsRunSideBySide()
    {
        m_session->send(u"1"_s);
        FakeStream *one = stream(1);
        const QUuid first = chat().leaf();
        m_session->regenerate(first);
        FakeStream *two = stream(2);
        one->text(u"a"_s);
        two->text(u"b"_s);
        QVERIFY(m_session->isRunning(first));
        two->finish();
        one->finish();
        QCOMPARE(chat().find(first)->message.content, u"a"_s);
        QCOMPARE(texts(), (QStringList{u"1"_s, u"b"_s}));
    }

    void anEditedPromptIsABranch()
    {
        m_session->send(u"1"_s);
        answer(1, u"a"_s);
        m_session->send(u"2"_s);
        answer(2, u"b"_s);
        const QUuid old = chat().path().at(2);
        m_session->editPrompt(old, u"two"_s);
        answer(3, u"B"_s);
        QCOMPARE(texts(), (QStringList{u"1"_s, u"a"_s, u"two"_s, u"B"_s}));
        m_session->selectVersion(old);
        QCOMPARE(texts(), (QStringList{u"1"_s, u"a"_s, u"2"_s, u"b"_s}));
    }

    void continuingAppends()
    {
        m_target->endpoint.server = u"vLLM"_s;
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        fake->text(u"It is a long"_s);
        fake->finish(FinishReason::Kind::Length);
        QCOMPARE(leaf().finish.kind, FinishReason::Kind::Length);
        m_session->continueAnswer(chat().leaf());
        QCOMPARE(leaf().state, ChatNode::State::Streaming);
        answer(2, u" story."_s);
        const ChatRequest &request = m_service->calls().at(1).request;
        QCOMPARE(request.messages.last().role, Role::Assistant);
        QCOMPARE(request.messages.last().content, u"It is a long"_s);
        QCOMPARE(request.extraBody.value(u"continue_final_message"_s).toBool(), true);
        QCOMPARE(request.extraBody.value(u"add_generation_prompt"_s).toBool(true), false);
        QCOMPARE(texts(), (QStringList{u"1"_s, u"It is a long story."_s}));
        QCOMPARE(leaf().finish.kind, FinishReason::Kind::Stop);
        QCOMPARE(chat().size(), 2);
    }

    void continuingIsRefusedWhereTheServerCannot()
    {
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        fake->text(u"It is"_s);
        fake->finish(FinishReason::Kind::Length);
        const ChatNode before = leaf();
        QSignalSpy refused(m_session.get(), &ChatSession::refused);
        m_session->continueAnswer(chat().leaf());
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 1, 30'000);
        QCOMPARE(leaf(), before);
        QCOMPARE(m_service->calls().size(), 1U);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void aFailedContinuationKeepsWhatItBrought()
    {
        m_target->endpoint.server = u"llama.cpp"_s;
        m_session->send(u"1"_s);
        stream(1)->text(u"It"_s);
        m_session->stopAll();
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->isRunning(), 30'000);
        m_session->continueAnswer(chat().leaf());
        FakeStream *fake = stream(2);
        fake->text(u" is"_s);
        fake->end(ApiError{.kind = ApiError::Kind::Truncated, .message = u"Cut."_s});
        QCOMPARE(leaf().message.content, u"It is"_s);
        QCOMPARE(leaf().state, ChatNode::State::Failed);
    }

    void severalChoicesBecomeVersions()
    {
        m_session->send(u"1"_s);
        const QUuid first = chat().leaf();
        FakeStream *fake = stream(1);
        fake->bring({{Clock::now(), TextDelta{.choice = 0, .text = u"a"_s}},
            {Clock::now(), TextDelta{.choice = 1, .text = u"b"_s}}});
        fake->finish();
        QCOMPARE(chat().leaf(), first);
        const QList<QUuid> versions = chat().siblings(first);
        QCOMPARE(versions.size(), 2);
        QCOMPARE(chat().find(versions.at(1))->message.content, u"b"_s);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void furtherChoicesDoNotChangeWhatIsShown()
    {
        m_session->send(u"1"_s);
        answer(1, u"a"_s);
        const QUuid first = chat().leaf();
        m_session->regenerate(first);
        FakeStream *fake = stream(2);
        m_session->selectVersion(first);
        fake->bring({{Clock::now(), TextDelta{.choice = 0, .text = u"b"_s}},
            {Clock::now(), TextDelta{.choice = 1, .text = u"c"_s}}});
        fake->finish();
        QCOMPARE(chat().siblings(first).size(), 3);
        QCOMPARE(chat().leaf(), first);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void aStoppedContinuationHoldsWhatWaits()
    {
        m_target->endpoint.server = u"vLLM"_s;
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        fake->text(u"It is"_s);
        fake->finish(FinishReason::Kind::Length);
        const ChatNode before = leaf();
        m_session->continueAnswer(before.id);
        (void)stream(2);
        m_session->send(u"2"_s);
        m_session->stopAll();
        QTRY_VERIFY_WITH_TIMEOUT(!m_session->isRunning(), 30'000);
        QCOMPARE(leaf(), before);
        QVERIFY(m_session->waiting().constFirst().held);
    }

    void whoListensMayDeleteTheAnswer()
    {
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        m_session->send(u"2"_s);
        connect(m_session.get(), &ChatSession::nodeChanged, this, [this](QUuid id) {
            if (chat().find(id)->state == ChatNode::State::Complete) {
                m_session->deleteMessage(id);
            }
        });
        fake->text(u"a"_s);
        fake->finish();
        QCOMPARE(texts(), QStringList{u"1"_s});
        QVERIFY(m_session->waiting().constFirst().held);
        QCOMPARE(m_service->calls().size(), 1U);
    }

    void deletingAStreamingAnswerStopsItAndCanBeUndone()
    {
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        fake->text(u"so far"_s);
        const QUuid answer = chat().leaf();
        const QPointer<FakeStream> guard(fake);
        m_session->deleteMessage(answer);
        QVERIFY(!guard);
        QVERIFY(!m_session->isRunning());
        QCOMPARE(texts(), QStringList{u"1"_s});
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());

        QVERIFY(m_session->canUndoDelete());
        m_session->undoDelete();
        QVERIFY(!m_session->canUndoDelete());
        QCOMPARE(texts(), (QStringList{u"1"_s, u"so far"_s}));
        QCOMPARE(leaf().state, ChatNode::State::Stopped);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void deletionsAreUndoneLastFirst()
    {
        m_session->send(u"1"_s);
        answer(1, u"a"_s);
        m_session->send(u"2"_s);
        answer(2, u"b"_s);
        const QStringList before = texts();
        m_session->deleteMessage(chat().path().at(3));
        m_session->deleteMessage(chat().path().at(1));
        QCOMPARE(texts(), QStringList{u"1"_s});
        m_session->undoDelete();
        m_session->undoDelete();
        QCOMPARE(texts(), before);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void deletingTheConversationWhileItStreams()
    {
        m_session->send(u"1"_s);
        stream(1)->text(u"so far"_s);
        const QUuid id = chat().id();
        m_mirror.reset();
        m_session.reset();
        QVERIFY(m_store->conversations().remove(id).result());
        QVERIFY(m_store->conversations().list().result()->isEmpty());
        QVERIFY(!m_service->calls().front().stream);
        QVERIFY(m_store->conversations().restore(id).result());
        const Conversation back = *m_store->conversations().load(id).result();
        QCOMPARE(back.find(back.leaf())->message.content, u"so far"_s);
    }

    void endingTheProgramWhileItStreamsKeepsEverything()
    {
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        fake->text(u"so "_s);
        fake->text(u"far"_s);
        m_session->send(u"next"_s);
        m_session->setDraft(u"and"_s);
        const QUuid id = chat().id();
        m_mirror.reset();
        m_session.reset();
        m_store.reset();
        openStore();
        const Conversation back = *m_store->conversations().load(id).result();
        QCOMPARE(back.find(back.leaf())->message.content, u"so far"_s);
        QCOMPARE(back.find(back.leaf())->state, ChatNode::State::Interrupted);
        QCOMPARE(back.head().draft, u"and"_s);
        start(back, true);
        QCOMPARE(m_session->waiting().constFirst().text, u"next"_s);
        QVERIFY(m_session->waiting().constFirst().held);
    }

    void streamedTextIsFlushedWhileItRuns()
    {
        m_session->send(u"1"_s);
        FakeStream *fake = stream(1);
        fake->text(u"so far"_s);
        QTRY_COMPARE_WITH_TIMEOUT(
            stored().find(chat().leaf())->message.content, u"so far"_s, 30'000);
        QCOMPARE(stored().find(chat().leaf())->state, ChatNode::State::Streaming);
    }

    void whatCouldNotBeSavedIsSavedLater()
    {
        const auto setReadOnly = [this](int on) {
            return m_store->database()
                .run([on](OpenDatabase &database) {
                    return database.connection().execute(u"PRAGMA query_only=%1"_s.arg(on));
                })
                .result();
        };
        QSignalSpy failed(m_session.get(), &ChatSession::storeFailed);
        QSignalSpy recovered(m_session.get(), &ChatSession::storeRecovered);
        QVERIFY(setReadOnly(1));
        m_session->send(u"1"_s);
        answer(1, u"a"_s);
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 30'000);
        m_session->deleteMessage(chat().leaf());
        QVERIFY(!m_session->flush().result());
        QCOMPARE(recovered.size(), 0);
        QVERIFY(setReadOnly(0));
        QTRY_COMPARE_WITH_TIMEOUT(recovered.size(), 1, 60'000);
        QCOMPARE(failed.size(), 1);
        QVERIFY(m_session->flush().result());
        QCOMPARE(stored(), chat());
    }

    void titlesAndPins()
    {
        QSignalSpy changed(m_session.get(), &ChatSession::titleChanged);
        m_session->send(u"What is  a\nlorikeet?"_s);
        QCOMPARE(chat().head().title, u"What is a lorikeet?"_s);
        m_session->rename(u" Birds "_s);
        QCOMPARE(chat().head().title, u"Birds"_s);
        m_session->rename({});
        QCOMPARE(chat().head().title, u"What is a lorikeet?"_s);
        QCOMPARE(changed.size(), 3);
        m_session->setPinned(true);
        QVERIFY(m_session->flush().result());
        QVERIFY(m_store->conversations().list().result()->constFirst().pinned);
    }

    void aForkIsSavedAsAConversationOfItsOwn()
    {
        m_session->send(u"1"_s);
        answer(1, u"a"_s);
        const Conversation fork = m_session->fork(chat().leaf());
        QCOMPARE(*m_store->conversations().load(fork.id()).result(), fork);
        QCOMPARE(m_store->conversations().list().result()->size(), 2);
        QCOMPARE(fork.path().size(), 2);
    }

    void noSecretIsStored()
    {
        ChatSetup setup = m_session->setup();
        setup.adapter = {.id = u"private"_s, .token = Secret(u"canary-88"_s)};
        m_session->setSetup(setup);
        m_session->send(u"visible-99"_s);
        answer(1, u"a"_s);
        QCOMPARE(m_service->calls().front().request.adapter.token, Secret(u"canary-88"_s));
        m_mirror.reset();
        m_session.reset();
        m_store.reset();
        QFile file(m_folder->filePath(u"lorikeet.db"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.contains("visible-99"));
        QVERIFY(!bytes.contains("canary-77"));
        QVERIFY(!bytes.contains("canary-88"));
    }
};

QTEST_GUILESS_MAIN(TestChatSession)
#include "tst_chatsession.moc"
