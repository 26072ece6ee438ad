// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/opendatabase.h"
#include "storefixture.h"

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// What is kept and found again: conversations, and endpoints without their secrets.
class TestStore final : public StoreFixture
{
    Q_OBJECT

private Q_SLOTS:

    void whatIsSavedComesBackAfterARestart()
    {
        Conversation conversation = sample();
        conversation.head().draft = u"half a"_s;
        conversation.head().waiting
            = {{.id = QUuid::createUuid(), .text = u"next"_s, .after = conversation.leaf()}};
        {
            const auto store = opened();
            save(*store, conversation);
        }
        const auto store = opened();
        const Result<Conversation> loaded = take(store->conversations().load(conversation.id()));
        QVERIFY(loaded);
        QCOMPARE(*loaded, conversation);
    }

    void everyTextComesBackAsItWas_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("zero") << (u"a"_s + QChar(u'\0') + u"b"_s);
        QTest::newRow("beyond the first plane") << u"😀 𝔘 \u202e عربى"_s;
        QTest::newRow("line ends") << u"\r\n \n\r\t "_s;
        QTest::newRow("quotes") << u"'; DROP TABLE nodes; -- \" ? :a @b $c"_s;
        QTest::newRow("long") << u"0123456789"_s.repeated(500'000);
    }

    void everyTextComesBackAsItWas()
    {
        QFETCH(const QString, text);
        Conversation conversation = Conversation::create({}, t0);
        (void)conversation.addUser({}, text, t0);
        conversation.head().draft = text;
        conversation.head().title = text.left(100);
        const auto store = opened();
        save(*store, conversation);
        QCOMPARE(*take(store->conversations().load(conversation.id())), conversation);
    }

    void aCleanEndLeavesOneFile()
    {
        {
            const auto store = opened();
            save(*store, sample());
            QVERIFY(QFile::exists(path() + u"-wal"_s));
        }
        const QStringList files = QFileInfo(path()).dir().entryList(QDir::Files | QDir::Hidden);
        QCOMPARE(files, QStringList{u"lorikeet.db"_s});
    }

    void everyCallMadeBeforeTheEndIsCarriedOut()
    {
        QList<QFuture<Result<>>> futures;
        Conversation conversation = sample();
        {
            const auto store = opened();
            for (int i = 0; i < 200; ++i) {
                conversation.head().draft = QString::number(i);
                futures += store->conversations().save({.head = conversation.head()});
            }
        }
        for (QFuture<Result<>> &future : futures) {
            QVERIFY(future.isFinished());
            QVERIFY(future.result());
        }
        const auto store = opened();
        QCOMPARE(take(store->conversations().load(conversation.id()))->head().draft, u"199"_s);
    }

    void listedWithPinnedOnesFirst()
    {
        const auto store = opened();
        Conversation old = sample(u"old"_s);
        Conversation newer = sample(u"newer"_s);
        (void)newer.addUser(newer.leaf(), u"last\n  words"_s, t0.addDays(1));
        Conversation pinned = sample(u"pinned"_s);
        pinned.head().pinned = true;
        pinned.head().updated = t0.addDays(-9);
        for (const Conversation &conversation : {old, newer, pinned}) {
            save(*store, conversation);
        }
        const QList<ConversationSummary> list = *take(store->conversations().list());
        QCOMPARE(list.size(), 3);
        QCOMPARE(list.at(0).title, u"pinned"_s);
        QVERIFY(list.at(0).pinned);
        QCOMPARE(list.at(1).title, u"newer"_s);
        QCOMPARE(list.at(1).snippet, u"last words"_s);
        QCOMPARE(list.at(1).updated, t0.addDays(1));
        QCOMPARE(list.at(2).title, u"old"_s);
        QCOMPARE(list.at(2).snippet, u"And then?"_s);
    }

    void renameAndPin()
    {
        const auto store = opened();
        const Conversation conversation = sample();
        save(*store, conversation);
        QVERIFY(take(store->conversations().rename(conversation.id(), u"Mine"_s)));
        QVERIFY(take(store->conversations().setPinned(conversation.id(), true)));
        const Conversation loaded = *take(store->conversations().load(conversation.id()));
        QCOMPARE(loaded.head().title, u"Mine"_s);
        QVERIFY(loaded.head().titleChosen);
        QVERIFY(loaded.head().pinned);
    }

    void aRemovedConversationCanBeRestored()
    {
        const auto store = opened();
        const Conversation conversation = sample();
        save(*store, conversation);
        QVERIFY(take(store->conversations().remove(conversation.id())));
        QVERIFY(take(store->conversations().list())->isEmpty());
        const Result<Conversation> gone = take(store->conversations().load(conversation.id()));
        QCOMPARE(gone.error().kind, ApiError::Kind::NotFound);
        // A late write of what still streamed does not bring it back.
        save(*store, conversation);
        QVERIFY(take(store->conversations().list())->isEmpty());
        QVERIFY(take(store->conversations().restore(conversation.id())));
        QCOMPARE(*take(store->conversations().load(conversation.id())), conversation);
    }

    void removedMessagesCanBeRestored()
    {
        const auto store = opened();
        Conversation conversation = sample();
        save(*store, conversation);
        const QUuid answer = conversation.path().at(1);
        const QList<QUuid> ids = conversation.branch(answer);
        QCOMPARE(ids.size(), 2);
        QVERIFY(take(store->conversations().save({.head = conversation.head(), .removed = ids})));
        QCOMPARE(take(store->conversations().load(conversation.id()))->size(), 1);
        QVERIFY(take(store->conversations().save({.head = conversation.head(), .restored = ids})));
        QCOMPARE(*take(store->conversations().load(conversation.id())), conversation);
    }

    void removedThingsArePurgedLater()
    {
        const Conversation kept = sample();
        const Conversation gone = sample();
        {
            const auto store = opened();
            save(*store, kept);
            save(*store, gone);
            QVERIFY(take(store->conversations().save(
                {.head = kept.head(), .removed = {kept.path().at(1)}})));
            QVERIFY(take(store->conversations().remove(gone.id())));
            QVERIFY(take(store->database().run([](OpenDatabase &database) {
                return database.connection()
                    .execute(u"UPDATE nodes SET deleted = 5 "
                             "WHERE deleted IS NOT NULL"_s)
                    .and_then([&] {
                        return database.connection().execute(
                            u"UPDATE conversations SET deleted = 5 WHERE deleted IS NOT NULL"_s);
                    });
            })));
        }
        const auto store = opened();
        const auto count = [&store](const QString &table) {
            return take(store->database().run([table](OpenDatabase &database) {
                return database.connection().value(u"SELECT count(*) FROM "_s + table);
            }))->toInt();
        };
        QCOMPARE(count(u"conversations"_s), 1);
        // The prompt below the removed answer had not been removed, and stays as a first message.
        QCOMPARE(count(u"nodes"_s), 2);
        QCOMPARE(take(store->conversations().load(kept.id()))->children({}).size(), 2);
    }

    void aChainOfThousandsCanBeRemovedAndPurged()
    {
        Conversation conversation = Conversation::create({}, t0);
        for (int i = 0; i < 3000; ++i) {
            (void)conversation.addUser(conversation.leaf(), QString::number(i), t0);
        }
        {
            const auto store = opened();
            save(*store, conversation);
            QCOMPARE(take(store->conversations().load(conversation.id()))->path().size(), 3000);
            QVERIFY(take(store->conversations().save(
                {.head = conversation.head(), .removed = conversation.path()})));
            QVERIFY(take(store->conversations().save(
                {.head = conversation.head(), .restored = conversation.path()})));
            QVERIFY(take(store->conversations().remove(conversation.id())));
            QVERIFY(take(store->database().run([](OpenDatabase &database) {
                return database.connection().execute(u"UPDATE conversations SET deleted = 5"_s);
            })));
        }
        const auto store = opened();
        QCOMPARE(take(store->database().run([](OpenDatabase &database) {
            return database.connection().value(u"SELECT count(*) FROM nodes"_s);
        }))->toInt(),
            0);
    }

    void onlyAnswersWithoutAProgramAreInterrupted()
    {
        Conversation conversation = sample();
        const QUuid streaming = conversation.addAnswer(conversation.leaf(), {}, t0);
        conversation.append(streaming, u"so far"_s, {});
        auto first = std::make_unique<Store>(path());
        QVERIFY(take(first->open())->created);
        save(*first, conversation);

        // A second program while the first runs: hands off.
        {
            Store second(path());
            const StoreReport report = *take(second.open());
            QVERIFY(!report.created);
            QCOMPARE(report.interrupted, 0);
            QCOMPARE(take(second.conversations().load(conversation.id()))->find(streaming)->state,
                ChatNode::State::Streaming);
        }
        // The first ends without finishing the answer.
        first.reset();
        Store third(path());
        QCOMPARE(take(third.open())->interrupted, 1);
        const Conversation loaded = *take(third.conversations().load(conversation.id()));
        QCOMPARE(loaded.find(streaming)->state, ChatNode::State::Interrupted);
        QCOMPARE(loaded.find(streaming)->message.content, u"so far"_s);
    }

    void twoProgramsWriteAtOnce()
    {
        const auto one = opened();
        const auto two = opened();
        QList<QFuture<Result<>>> futures;
        for (int i = 0; i < 50; ++i) {
            const Conversation a = sample(u"one"_s);
            const Conversation b = sample(u"two"_s);
            futures += one->conversations().add(a);
            futures += two->conversations().add(b);
        }
        for (QFuture<Result<>> &future : futures) {
            QCOMPARE(problem(future.result()), QString());
        }
        QCOMPARE(take(one->conversations().list())->size(), 100);
    }

    void endpoints()
    {
        Endpoint one{.id = QUuid::createUuid(), .name = u"one"_s, .url = QUrl(u"http://a"_s)};
        const Endpoint two{.id = QUuid::createUuid(), .name = u"two"_s, .url = QUrl(u"http://b"_s)};
        {
            const auto store = opened();
            QVERIFY(take(store->endpoints().save(one)));
            QVERIFY(take(store->endpoints().save(two)));
            one.name = u"uno"_s;
            QVERIFY(take(store->endpoints().save(one)));
        }
        const auto store = opened();
        QCOMPARE(*take(store->endpoints().list()), (QList{one, two}));
        QVERIFY(take(store->endpoints().remove(one.id)));
        QCOMPARE(*take(store->endpoints().list()), QList{two});
    }

    void whatWasFoundIsKeptUntilTheEndpointIsSavedAnew()
    {
        const Endpoint one{.id = QUuid::createUuid(), .url = QUrl(u"http://a"_s)};
        const Endpoint two{.id = QUuid::createUuid(), .url = QUrl(u"http://b"_s)};
        const EndpointFinding found{
            .description = {.server = u"llama.cpp"_s,
                .version = u"b1"_s,
                .models = {{.id = u"m"_s, .contextLength = 4096}},
                .adapters = {{.id = u"0"_s, .name = u"pirate"_s, .path = u"/p"_s, .scale = 0.5}},
                .adapterStyle = AdapterStyle::Scales,
                .contextLength = 4096,
                .capabilities = {{.capability = Capability::Adapters,
                                     .state = CapabilityFinding::State::Yes,
                                     .ground = CapabilityFinding::Ground::Wire,
                                     .reason = u"it lists 1"_s},
                    {.capability = Capability::Rerank}},
                .access = {{.route = u"GET /metrics"_s,
                    .access = RouteAccess::Access::Guarded,
                    .reason = u"401"_s}},
                .notes = {u"n"_s}},
            .at = t0};
        {
            const auto store = opened();
            QVERIFY(take(store->endpoints().save(one)));
            QVERIFY(take(store->endpoints().save(two)));
            QVERIFY(take(store->endpoints().keepFinding(one.id, found)));
            QVERIFY(take(store->endpoints().keepFinding(QUuid::createUuid(), found)));
        }
        const auto store = opened();
        QCOMPARE(*take(store->endpoints().findings()), (QHash{std::pair(one.id, found)}));
        QCOMPARE(*take(store->endpoints().list()), (QList{one, two}));
        QVERIFY(take(store->endpoints().save(one)));
        QVERIFY(take(store->endpoints().findings())->isEmpty());
    }

    void anEndpointWithASecretIsNotSaved_data()
    {
        QTest::addColumn<Endpoint>("endpoint");
        QTest::addColumn<bool>("good");
        const auto header = [](const QByteArray &name, const QByteArray &value) {
            return Endpoint{.id = QUuid::createUuid(), .headers = {{name, value}}};
        };
        QTest::newRow("authorization") << header("authorization", "Bearer abc") << false;
        QTest::newRow("x-api-key") << header("X-Api-Key", "abc") << false;
        QTest::newRow("cookie") << header("Cookie", "a=b") << false;
        QTest::newRow("from the environment") << header("Authorization", "Bearer ${T}") << true;
        QTest::newRow("harmless") << header("X-Tenant", "blue") << true;
        QTest::newRow("url") << Endpoint{.id = QUuid::createUuid(),
            .url = QUrl(u"http://me:pw@host/"_s)}
                             << false;
        QTest::newRow("user only")
            << Endpoint{.id = QUuid::createUuid(), .url = QUrl(u"http://me@host/"_s)} << true;
        QTest::newRow("proxy") << Endpoint{.id = QUuid::createUuid(),
            .proxy = {.mode = ProxySetting::Mode::Explicit, .url = QUrl(u"http://me:pw@p:1"_s)}}
                               << false;
    }

    void anEndpointWithASecretIsNotSaved()
    {
        QFETCH(const Endpoint, endpoint);
        QFETCH(const bool, good);
        const auto store = opened();
        const Result<> saved = take(store->endpoints().save(endpoint));
        QCOMPARE(saved.has_value(), good);
        QCOMPARE(take(store->endpoints().list())->size(), good ? 1 : 0);
        if (!good) {
            QCOMPARE(saved.error().kind, ApiError::Kind::InvalidRequest);
            QVERIFY(!saved.error().message.contains(u"abc"_s));
            QVERIFY(!saved.error().message.contains(u"pw"_s));
        }
    }

    void noTokenReachesTheFile()
    {
        Conversation conversation = sample();
        conversation.head().setup.adapter.token = Secret(u"canary-5f2c"_s);
        {
            const auto store = opened();
            save(*store, conversation);
        }
        QFile file(path());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(bytes.contains("What is WAL?"));
        QVERIFY(!bytes.contains("canary-5f2c"));
    }
};

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
