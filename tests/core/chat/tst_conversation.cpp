// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/conversation.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

class TestConversation final : public QObject
{
    Q_OBJECT

    const QDateTime t0{{2026, 1, 2}, {3, 4, 5}, QTimeZone::UTC};

    [[nodiscard]] Conversation make() const { return Conversation::create({}, t0); }

    [[nodiscard]] QUuid answer(
        Conversation &conversation, QUuid prompt, const QString &text, int seconds = 0) const
    {
        const QUuid id = conversation.addAnswer(prompt, {}, t0.addSecs(seconds));
        conversation.append(id, text, {});
        ChatNode node = *conversation.find(id);
        node.state = ChatNode::State::Complete;
        conversation.update(node);
        return id;
    }

    [[nodiscard]] static QStringList texts(const Conversation &conversation)
    {
        QStringList result;
        const QList<QUuid> ids = conversation.path();
        for (const QUuid &id : ids) {
            result += conversation.find(id)->message.content;
        }
        return result;
    }

    [[nodiscard]] static QStringList texts(const QList<Message> &messages)
    {
        QStringList result;
        for (const Message &message : messages) {
            result += toWord(message.role) + u':' + message.content;
        }
        return result;
    }

private Q_SLOTS:

    void aNewOneIsEmpty()
    {
        const Conversation conversation = make();
        QVERIFY(conversation.isEmpty());
        QVERIFY(!conversation.id().isNull());
        QVERIFY(conversation.path().isEmpty());
        QVERIFY(conversation.leaf().isNull());
        QCOMPARE(conversation.head().created, t0);
    }

    void askingAgainMakesAVersion()
    {
        Conversation conversation = make();
        const QUuid prompt = conversation.addUser({}, u"Why?"_s, t0);
        const QUuid first = answer(conversation, prompt, u"Because."_s);
        const QUuid second = answer(conversation, prompt, u"It is so."_s, 5);
        QCOMPARE(texts(conversation), (QStringList{u"Why?"_s, u"It is so."_s}));
        QCOMPARE(conversation.siblings(first), (QList{first, second}));
        QCOMPARE(conversation.head().updated, t0.addSecs(5));

        QVERIFY(conversation.select(first));
        QVERIFY(!conversation.select(first));
        QCOMPARE(texts(conversation), (QStringList{u"Why?"_s, u"Because."_s}));
        QVERIFY(conversation.isOnPath(first));
        QVERIFY(!conversation.isOnPath(second));
        QCOMPARE(conversation.leaf(), first);
    }

    void editingAPromptMakesABranch()
    {
        Conversation conversation = make();
        const QUuid one = conversation.addUser({}, u"1"_s, t0);
        const QUuid a = answer(conversation, one, u"a"_s);
        const QUuid two = conversation.addUser(a, u"2"_s, t0);
        const QUuid b = answer(conversation, two, u"b"_s);
        const QUuid edited = conversation.addUser({}, u"1'"_s, t0);
        QCOMPARE(texts(conversation), (QStringList{u"1'"_s}));
        QCOMPARE(conversation.children({}), (QList{one, edited}));

        // Selecting deep inside the other branch shows all of it, and each branch remembers.
        conversation.select(b);
        QCOMPARE(conversation.path(), (QList{one, a, two, b}));
        conversation.select(edited);
        conversation.select(one);
        QCOMPARE(conversation.path(), (QList{one, a, two, b}));
    }

    void messagesForARequest()
    {
        Conversation conversation = make();
        const QUuid one = conversation.addUser({}, u"1"_s, t0);
        const QUuid a = answer(conversation, one, u"a"_s);
        const QUuid two = conversation.addUser(a, u"2"_s, t0);
        (void)answer(conversation, two, u"b"_s);
        QCOMPARE(texts(conversation.messagesTo(two, {.systemPrompt = u"Be brief."_s})),
            (QStringList{u"system:Be brief."_s, u"user:1"_s, u"assistant:a"_s, u"user:2"_s}));
        QCOMPARE(texts(conversation.messagesTo(one, {})), QStringList{u"user:1"_s});
        QVERIFY(conversation.messagesTo(QUuid::createUuid(), {}).isEmpty());
    }

    /// They go out before what was said, and are no part of it.
    void examplesBeforeTheConversation()
    {
        Conversation conversation = make();
        const QUuid one = conversation.addUser({}, u"1"_s, t0);
        const QUuid a = answer(conversation, one, u"a"_s);
        const QUuid two = conversation.addUser(a, u"2"_s, t0);
        ChatSetup setup{.systemPrompt = u"Be brief."_s};
        setup.examples.turns
            = {{.role = Role::User, .text = u"x"_s}, {.role = Role::Assistant, .text = u"y"_s}};
        QCOMPARE(texts(conversation.messagesTo(two, setup)),
            (QStringList{u"system:Be brief."_s, u"user:x"_s, u"assistant:y"_s, u"user:1"_s,
                u"assistant:a"_s, u"user:2"_s}));
        // One that ends with the user is not run into the prompt.
        setup.examples.turns.removeLast();
        QCOMPARE(texts(conversation.messagesTo(one, setup)),
            (QStringList{u"system:Be brief."_s, u"user:x"_s, u"user:1"_s}));
        QCOMPARE(texts(conversation), (QStringList{u"1"_s, u"a"_s, u"2"_s}));
    }

    void anEmptyAnswerIsNotSent()
    {
        Conversation conversation = make();
        const QUuid one = conversation.addUser({}, u"1"_s, t0);
        const QUuid failed = conversation.addAnswer(one, {}, t0);
        const QUuid two = conversation.addUser(failed, u"2"_s, t0);
        QCOMPARE(texts(conversation.messagesTo(two, {})), QStringList{u"user:1\n\n2"_s});

        ChatNode called = *conversation.find(failed);
        called.message.toolCalls = {ToolCall{.id = u"c"_s, .name = u"f"_s}};
        conversation.update(called);
        // Nor is a call without a result: servers refuse it.
        QCOMPARE(texts(conversation.messagesTo(two, {})),
            (QStringList{u"user:1"_s, u"assistant:"_s,
                u"tool:The user gave no answer to this call."_s, u"user:2"_s}));
        QCOMPARE(conversation.messagesTo(two, {}).at(2).toolCallId, u"c"_s);
    }

    void removingChoosesANeighbourAndCanBeUndone()
    {
        Conversation conversation = make();
        const QUuid prompt = conversation.addUser({}, u"p"_s, t0);
        const QUuid first = answer(conversation, prompt, u"1"_s);
        const QUuid second = answer(conversation, prompt, u"2"_s);
        const QUuid third = answer(conversation, prompt, u"3"_s);
        conversation.select(second);
        const QUuid below = conversation.addUser(second, u"q"_s, t0);
        (void)answer(conversation, below, u"r"_s);
        const Conversation before = conversation;

        const Conversation::Branch gone = conversation.remove(second);
        QCOMPARE(gone.nodes.size(), 3);
        QCOMPARE(conversation.siblings(first), (QList{first, third}));
        QCOMPARE(texts(conversation), (QStringList{u"p"_s, u"3"_s}));
        QVERIFY(!conversation.find(below));

        QVERIFY(conversation.restore(gone));
        QCOMPARE(conversation, before);
        QVERIFY(!conversation.restore(gone));
    }

    void removingAllLeavesNothing()
    {
        Conversation conversation = make();
        const QUuid prompt = conversation.addUser({}, u"p"_s, t0);
        (void)answer(conversation, prompt, u"1"_s);
        const Conversation before = conversation;
        const Conversation::Branch gone = conversation.remove(prompt);
        QVERIFY(conversation.isEmpty());
        QVERIFY(conversation.path().isEmpty());
        QVERIFY(conversation.restore(gone));
        QCOMPARE(conversation, before);
    }

    void restoringBelowSomethingGoneIsRefused()
    {
        Conversation conversation = make();
        const QUuid prompt = conversation.addUser({}, u"p"_s, t0);
        const QUuid first = answer(conversation, prompt, u"1"_s);
        const Conversation::Branch inner = conversation.remove(first);
        const Conversation::Branch outer = conversation.remove(prompt);
        QVERIFY(!conversation.restore(inner));
        QVERIFY(conversation.restore(outer));
        QVERIFY(conversation.restore(inner));
        QCOMPARE(conversation.size(), 2);
    }

    void unknownIdsChangeNothing()
    {
        Conversation conversation = make();
        (void)conversation.addUser({}, u"p"_s, t0);
        const Conversation before = conversation;
        const QUuid nobody = QUuid::createUuid();
        QVERIFY(conversation.addUser(nobody, u"x"_s, t0).isNull());
        QVERIFY(!conversation.append(nobody, u"x"_s, {}));
        QVERIFY(!conversation.update(ChatNode{.id = nobody}));
        QVERIFY(!conversation.select(nobody));
        QVERIFY(conversation.remove(nobody).nodes.isEmpty());
        QVERIFY(conversation.siblings(nobody).isEmpty());
        QVERIFY(conversation.add(*conversation.find(conversation.leaf())).isNull());
        QCOMPARE(conversation, before);
    }

    void anUpdateKeepsThePlaceInTheTree()
    {
        Conversation conversation = make();
        const QUuid prompt = conversation.addUser({}, u"p"_s, t0);
        ChatNode stale = *conversation.find(prompt);
        const QUuid first = answer(conversation, prompt, u"1"_s);
        stale.message.content = u"P"_s;
        QVERIFY(conversation.update(stale));
        QCOMPARE(conversation.path(), (QList{prompt, first}));
        QCOMPARE(texts(conversation).constFirst(), u"P"_s);
    }

    void rebuiltFromItsNodes()
    {
        Conversation conversation = make();
        const QUuid one = conversation.addUser({}, u"1"_s, t0);
        const QUuid a = answer(conversation, one, u"a"_s);
        (void)answer(conversation, one, u"b"_s);
        (void)conversation.addUser(a, u"2"_s, t0);
        (void)conversation.addUser({}, u"1'"_s, t0);
        conversation.select(a);
        QList<ChatNode> nodes = conversation.nodes();
        QCOMPARE(Conversation(conversation.head(), nodes), conversation);

        // A lost parent, a lost choice and a node given twice do not make it unreadable.
        nodes.removeFirst();
        nodes.append(nodes.constLast());
        ConversationHead head = conversation.head();
        head.chosen = one;
        const Conversation damaged(head, nodes);
        QCOMPARE(damaged.size(), 4);
        QCOMPARE(damaged.children({}).size(), 3);
        QCOMPARE(texts(damaged), QStringList{u"1'"_s});
    }

    void aForkIsIndependent()
    {
        Conversation conversation = make();
        conversation.head().title = u"T"_s;
        const QUuid one = conversation.addUser({}, u"1"_s, t0);
        const QUuid a = answer(conversation, one, u"a"_s);
        (void)conversation.addUser(a, u"2"_s, t0);
        const Conversation fork = conversation.fork(a, t0.addDays(1));
        QCOMPARE(texts(fork), (QStringList{u"1"_s, u"a"_s}));
        QVERIFY(fork.id() != conversation.id());
        QVERIFY(!fork.find(a));
        QCOMPARE(fork.head().title, u"T"_s);
        QCOMPARE(fork.head().updated, t0.addDays(1));
    }

    void aForkOfAStreamingAnswerDoesNotStream()
    {
        Conversation conversation = make();
        const QUuid one = conversation.addUser({}, u"1"_s, t0);
        const QUuid a = conversation.addAnswer(one, {}, t0);
        const Conversation fork = conversation.fork(a, t0);
        QCOMPARE(fork.find(fork.leaf())->state, ChatNode::State::Stopped);
    }

    void anOriginHoldsNoToken()
    {
        Conversation conversation = make();
        const QUuid one = conversation.addUser({}, u"1"_s, t0);
        AnswerOrigin origin;
        origin.setup.adapter = {.id = u"a"_s, .token = Secret(u"t0ken"_s)};
        const QUuid a = conversation.addAnswer(one, origin, t0);
        QVERIFY(conversation.find(a)->origin.setup.adapter.token.isEmpty());
        QCOMPARE(conversation.find(a)->origin.adapterLabel(), u"a"_s);
    }

    void adapterLabels()
    {
        AnswerOrigin origin;
        QCOMPARE(origin.adapterLabel(), QString());
        origin.setup.adapter.scales = {{.id = 0, .scale = 0}, {.id = 2, .scale = 0.5}};
        QCOMPARE(origin.adapterLabel(), u"2 × 0.5"_s);
        origin.setup.adapter.scales[1].name = u"pirate"_s;
        QCOMPARE(origin.adapterLabel(), u"pirate × 0.5"_s);
        origin.setup.adapter.merged = MergedAdapters{.ids = {u"x"_s, u"y"_s}};
        QCOMPARE(origin.adapterLabel(), u"x + y"_s);
    }

    void titles()
    {
        QCOMPARE(titleFromPrompt(u"  Hello,\n world \t"_s), u"Hello, world"_s);
        QCOMPARE(titleFromPrompt({}), QString());
        const QString words = titleFromPrompt(u"word "_s.repeated(40));
        QVERIFY(words.endsWith(u"word…"_s));
        QCOMPARE_LE(words.size(), 61);
        const QString emoji = titleFromPrompt(u"x"_s + u"😀"_s.repeated(60));
        QVERIFY(emoji.isValidUtf16());
    }

    void stateWords()
    {
        using State = ChatNode::State;
        for (const State state : {State::Complete, State::Streaming, State::Stopped, State::Failed,
                 State::Interrupted}) {
            QCOMPARE(nodeStateFromString(toWord(state)), state);
        }
        QVERIFY(!nodeStateFromString(u"other"));
    }
};

QTEST_GUILESS_MAIN(TestConversation)
#include "tst_conversation.moc"
