// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/opendatabase.h"
#include "store/searchtext.h"
#include "store/store.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

class TestSearch final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;

    const QDateTime t0{{2026, 1, 2}, {3, 4, 5}, QTimeZone::UTC};

    Conversation add(const QString &title, const QStringList &texts, int day = 0)
    {
        Conversation conversation = Conversation::create({}, t0.addDays(day));
        conversation.head().title = title;
        for (const QString &text : texts) {
            (void)conversation.addUser(conversation.leaf(), text, t0.addDays(day));
        }
        if (!m_store->conversations().add(conversation).result()) {
            qFatal("not saved");
        }
        return conversation;
    }

    QList<SearchHit> search(const QString &text, int limit = 50)
    {
        const Result<QList<SearchHit>> hits = m_store->conversations().search(text, limit).result();
        if (!hits) {
            qFatal("%s", qPrintable(hits.error().message));
        }
        return *hits;
    }

    /// The index must be sound, and with `whole` hold exactly what a new one would: everything,
    /// which it does while nothing streams.
    void checkIndex(bool whole)
    {
        const Result<> checked
            = m_store->database()
                  .run([whole](OpenDatabase &database) {
                      return database.connection().execute(
                          u"INSERT INTO nodes_text(nodes_text, rank) VALUES ('integrity-check', ?)"_s,
                          {int(whole)});
                  })
                  .result();
        QVERIFY2(checked, checked ? "" : qPrintable(checked.error().message));
    }

private Q_SLOTS:

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<Store>(m_folder->filePath(u"lorikeet.db"_s));
        QVERIFY(m_store->open().result());
    }

    void cleanup()
    {
        checkIndex(true);
        m_store.reset();
    }

    void titlesComeFirstThenTheNewest()
    {
        const Conversation old = add(u"Birds"_s, {u"Which parrot eats nectar?"_s}, 0);
        const Conversation newer = add(u"More"_s, {u"A parrot, again"_s}, 1);
        const Conversation titled = add(u"Parrots"_s, {u"hello"_s}, -5);
        const QList<SearchHit> hits = search(u"PARROT"_s);
        QCOMPARE(hits.size(), 3);
        QCOMPARE(hits.at(0).conversation, titled.id());
        QVERIFY(hits.at(0).node.isNull());
        QCOMPARE(hits.at(0).marks, (QList{SearchHit::Mark{.start = 0, .length = 6}}));
        QCOMPARE(hits.at(1).conversation, newer.id());
        QCOMPARE(hits.at(1).node, newer.leaf());
        QCOMPARE(hits.at(1).snippet, u"A parrot, again"_s);
        QCOMPARE(hits.at(1).marks, (QList{SearchHit::Mark{.start = 2, .length = 6}}));
        QCOMPARE(hits.at(2).title, u"Birds"_s);
        QCOMPARE(hits.at(2).when, t0);
        QCOMPARE(search(u"parrot"_s, 2).size(), 2);
    }

    void everyWordMustBeThere_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("count");
        QTest::newRow("both") << u"adapter latency"_s << 1;
        QTest::newRow("one is missing") << u"adapter pelican"_s << 0;
        QTest::newRow("within words") << u"dapt"_s << 1;
        QTest::newRow("a phrase") << u"\"the adapter\""_s << 1;
        QTest::newRow("words in another order") << u"\"adapter the\""_s << 0;
        QTest::newRow("short") << u"ms"_s << 1;
        QTest::newRow("short and long") << u"ms latency"_s << 1;
        QTest::newRow("one letter") << u"Z"_s << 0;
        QTest::newRow("wildcards are letters") << u"%"_s << 0;
        QTest::newRow("wildcards are letters too") << u"a_e"_s << 0;
        QTest::newRow("operators are words") << u"adapter OR pelican"_s << 0;
        QTest::newRow("not syntax") << u"nodes_text: * ( ^ -"_s << 0;
        QTest::newRow("a quote alone") << u"\""_s << 0;
        QTest::newRow("an open quote") << u"\"the adapter"_s << 1;
        QTest::newRow("other scripts") << u"ГОВОРИТ"_s << 1;
        QTest::newRow("without spaces") << u"日本"_s << 1;
        QTest::newRow("nothing") << u"  "_s << 0;
    }

    void everyWordMustBeThere()
    {
        QFETCH(const QString, text);
        QFETCH(const int, count);
        add(u"t"_s, {u"The latency of the adapter is 40 ms. Он говорит. 我在日本学习。"_s});
        QCOMPARE(search(text).size(), count);
    }

    void removedThingsAreNotFound()
    {
        const Conversation one = add(u"a"_s, {u"flamingo one"_s, u"flamingo two"_s});
        const Conversation two = add(u"flamingo"_s, {u"flamingo three"_s});
        QCOMPARE(search(u"flamingo"_s).size(), 4);
        QVERIFY(m_store->conversations().remove(two.id()).result());
        QCOMPARE(search(u"flamingo"_s).size(), 2);
        QVERIFY(
            m_store->conversations().save({.head = one.head(), .removed = {one.leaf()}}).result());
        QCOMPARE(search(u"flamingo"_s).size(), 1);
        QVERIFY(m_store->conversations().restore(two.id()).result());
        QCOMPARE(search(u"flamingo"_s).size(), 3);
    }

    void anAnswerIsFoundOnceItHasEnded()
    {
        Conversation conversation = add(u"t"_s, {u"hi"_s});
        const QUuid answer = conversation.addAnswer(conversation.leaf(), {}, t0);
        const auto save = [&](const QString &text, ChatNode::State state) {
            conversation.append(answer, text, {});
            ChatNode node = *conversation.find(answer);
            node.state = state;
            conversation.update(node);
            QVERIFY(m_store->conversations()
                    .save({.head = conversation.head(), .nodes = {node}})
                    .result());
            checkIndex(state != ChatNode::State::Streaming);
        };
        save(u"A kookaburra"_s, ChatNode::State::Streaming);
        save(u" laughs"_s, ChatNode::State::Streaming);
        QCOMPARE(search(u"kookaburra"_s).size(), 0);
        save(u" loudly"_s, ChatNode::State::Complete);
        QCOMPARE(search(u"\"kookaburra laughs loudly\""_s).size(), 1);
        // Continued: out of the index and in again.
        save({}, ChatNode::State::Streaming);
        QCOMPARE(search(u"kookaburra"_s).size(), 0);
        save(u" today"_s, ChatNode::State::Stopped);
        QCOMPARE(search(u"\"loudly today\""_s).size(), 1);
        // An unchanged text may be written any number of times.
        save({}, ChatNode::State::Stopped);
        QCOMPARE(search(u"kookaburra"_s).size(), 1);
    }

    void interruptedAnswersAreFoundAfterTheNextStart()
    {
        Conversation conversation = add(u"t"_s, {u"hi"_s});
        const QUuid answer = conversation.addAnswer(conversation.leaf(), {}, t0);
        conversation.append(answer, u"An albatross"_s, {});
        QVERIFY(m_store->conversations()
                .save({.head = conversation.head(), .nodes = {*conversation.find(answer)}})
                .result());
        m_store.reset();
        m_store = std::make_unique<Store>(m_folder->filePath(u"lorikeet.db"_s));
        QCOMPARE(m_store->open().result()->interrupted, 1);
        QCOMPARE(search(u"albatross"_s).size(), 1);
    }

    void excerptsShowTheWord()
    {
        const QString text = u"word "_s.repeated(100) + u"needle\n\n"_s + u"straw "_s.repeated(100);
        const Excerpt found = excerpt(text, {u"NEEDLE"_s}, 60);
        QVERIFY(found.text.startsWith(u'…'));
        QVERIFY(found.text.endsWith(u'…'));
        QCOMPARE_LE(found.text.size(), 62);
        QCOMPARE(found.marks.size(), 1);
        QCOMPARE(found.text.sliced(found.marks.at(0).start, found.marks.at(0).length), u"needle"_s);

        const Excerpt atEnd = excerpt(u"x"_s.repeated(500) + u"needle"_s, {u"needle"_s}, 60);
        QVERIFY(atEnd.text.endsWith(u"needle"_s));
        const Excerpt emoji = excerpt(u"😀"_s.repeated(200), {u"none"_s}, 61);
        QVERIFY(emoji.text.isValidUtf16());
    }

    void marksDoNotOverlap()
    {
        const Excerpt found = excerpt(u"adapters adapt"_s, {u"adapt"_s, u"adapters"_s}, 99);
        QCOMPARE(found.marks,
            (QList{SearchHit::Mark{.start = 0, .length = 8},
                SearchHit::Mark{.start = 9, .length = 5}}));
    }

    void wordsOfASearch()
    {
        QCOMPARE(searchWords(u" a  \"b  c\" d"_s), (QStringList{u"a"_s, u"b c"_s, u"d"_s}));
        QCOMPARE(searchWords(u"say\"hi"_s), (QStringList{u"say"_s, u"hi"_s}));
        QVERIFY(searchWords(u"\" \""_s).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"
