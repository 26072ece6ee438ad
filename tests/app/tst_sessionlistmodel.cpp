// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sessionlistmodel.h"
#include "store/store.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// The sidebar's list over a real store.
class TestSessionListModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void newestFirstInSections();
    void pinnedStandAboveAll();
    void searchShowsWhereAndGoesBack();
    void snippetsAreSafeAndMarked();
    void removedComesBackByUndo();
    void onlyTheLastRemovalIsOffered();
    void renamedByItsId();
    void neighboursEndAtTheEnds();

private:
    /// A conversation of one prompt, so many days old.
    QUuid add(const QString &title, const QString &text, int daysOld);
    [[nodiscard]] QString at(int row, SessionListModel::Role role) const;
    [[nodiscard]] QStringList titles() const;
    [[nodiscard]] bool shows(const QStringList &wanted);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<SessionListModel> m_list;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestSessionListModel::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<Store>(m_folder->filePath(u"test.sqlite"_s));
    QVERIFY(m_store->open().result());
    m_list = std::make_unique<SessionListModel>(m_store->conversations());
    m_tester = std::make_unique<QAbstractItemModelTester>(m_list.get());
}

void TestSessionListModel::cleanup()
{
    m_tester.reset();
    m_list.reset();
    m_store.reset();
}

QUuid TestSessionListModel::add(const QString &title, const QString &text, int daysOld)
{
    const QDateTime when = QDateTime::currentDateTimeUtc().addDays(-daysOld);
    Conversation conversation = Conversation::create({}, when);
    conversation.head().title = title;
    conversation.addUser({}, text, when);
    conversation.head().updated = when;
    [&] { QVERIFY(m_store->conversations().add(conversation).result()); }();
    return conversation.id();
}

QString TestSessionListModel::at(int row, SessionListModel::Role role) const
{
    return m_list->data(m_list->index(row), role).toString();
}

QStringList TestSessionListModel::titles() const
{
    QStringList result;
    for (int row = 0; row < m_list->count(); ++row) {
        result += at(row, SessionListModel::TitleRole);
    }
    return result;
}

bool TestSessionListModel::shows(const QStringList &wanted)
{
    return QTest::qWaitFor([&] { return titles() == wanted; }, 30'000);
}

void TestSessionListModel::newestFirstInSections()
{
    add(u"Old"_s, u"x"_s, 100);
    add(u"Now"_s, u"x"_s, 0);
    add(u"Week"_s, u"x"_s, 4);
    m_list->refresh();
    QVERIFY(shows({u"Now"_s, u"Week"_s, u"Old"_s}));
    QCOMPARE(at(0, SessionListModel::SectionRole), u"Today"_s);
    QCOMPARE(at(1, SessionListModel::SectionRole), u"Last 7 days"_s);
    QCOMPARE(at(2, SessionListModel::SectionRole), u"Older"_s);
    QVERIFY(!m_list->isSearching());
}

void TestSessionListModel::pinnedStandAboveAll()
{
    add(u"Now"_s, u"x"_s, 0);
    const QUuid old = add(u"Old"_s, u"x"_s, 100);
    m_list->setPinned(old, true);
    QVERIFY(shows({u"Old"_s, u"Now"_s}));
    QCOMPARE(at(0, SessionListModel::SectionRole), u"Pinned"_s);
    QVERIFY(m_list->data(m_list->index(0), SessionListModel::PinnedRole).toBool());
    m_list->setPinned(old, false);
    QVERIFY(shows({u"Now"_s, u"Old"_s}));
}

void TestSessionListModel::searchShowsWhereAndGoesBack()
{
    add(u"Parrots"_s, u"Which birds speak?"_s, 0);
    add(u"Weather"_s, u"Do parrots like rain?"_s, 1);
    add(u"Trains"_s, u"When?"_s, 2);
    m_list->setQuery(u"parrot"_s);
    QVERIFY(shows({u"Parrots"_s, u"Weather"_s}));
    QVERIFY(m_list->isSearching());
    QCOMPARE(at(0, SessionListModel::SectionRole), u"Titles"_s);
    QCOMPARE(at(1, SessionListModel::SectionRole), u"Messages"_s);
    QVERIFY(at(1, SessionListModel::SnippetRole).contains(u"<b>parrot</b>s"_s));
    m_list->setQuery(u"nothing has this"_s);
    QVERIFY(shows({}));
    m_list->setQuery({});
    QVERIFY(shows({u"Parrots"_s, u"Weather"_s, u"Trains"_s}));
    QVERIFY(!m_list->isSearching());
}

void TestSessionListModel::snippetsAreSafeAndMarked()
{
    add(u"Tags"_s, u"Is <script>alert</script> a **needle** or `a stack`?"_s, 0);
    m_list->setQuery(u"needle"_s);
    QVERIFY(shows({u"Tags"_s}));
    const QString snippet = at(0, SessionListModel::SnippetRole);
    QVERIFY2(snippet.contains(u"<b>needle</b>"_s), qPrintable(snippet));
    QVERIFY2(!snippet.contains(u"<script"_s), qPrintable(snippet));
    // Markdown's marks say nothing in one line of plain text.
    QVERIFY2(!snippet.contains(u"**"_s) && !snippet.contains(u'`'), qPrintable(snippet));
}

void TestSessionListModel::removedComesBackByUndo()
{
    const QUuid kept = add(u"Kept"_s, u"x"_s, 0);
    const QUuid gone = add(u"Gone"_s, u"x"_s, 1);
    m_list->refresh();
    QVERIFY(shows({u"Kept"_s, u"Gone"_s}));
    QSignalSpy removed(m_list.get(), &SessionListModel::removed);
    m_list->remove(gone.toString(QUuid::WithoutBraces));
    QCOMPARE(removed.size(), 1);
    QCOMPARE(removed.first().first().toUuid(), gone);
    QCOMPARE(m_list->removedTitle(), u"Gone"_s);
    QVERIFY(shows({u"Kept"_s}));
    m_list->undoRemove();
    QVERIFY(m_list->removedTitle().isEmpty());
    QVERIFY(shows({u"Kept"_s, u"Gone"_s}));
    m_list->remove(QUuid::createUuid().toString());
    QVERIFY(m_list->removedTitle().isEmpty());
    QVERIFY(m_store->conversations().load(kept).result());
}

void TestSessionListModel::onlyTheLastRemovalIsOffered()
{
    const QUuid first = add(u"First"_s, u"x"_s, 0);
    const QUuid second = add(u"Second"_s, u"x"_s, 1);
    m_list->refresh();
    QVERIFY(shows({u"First"_s, u"Second"_s}));
    m_list->remove(first.toString());
    m_list->remove(second.toString());
    QVERIFY(shows({}));
    m_list->undoRemove();
    QVERIFY(shows({u"Second"_s}));
    m_list->undoRemove();
    QVERIFY(shows({u"Second"_s}));
}

void TestSessionListModel::renamedByItsId()
{
    const QUuid id = add(u"Before"_s, u"x"_s, 0);
    m_list->rename(id, u"After"_s);
    QVERIFY(shows({u"After"_s}));
}

void TestSessionListModel::neighboursEndAtTheEnds()
{
    const QString first = add(u"First"_s, u"x"_s, 0).toString(QUuid::WithoutBraces);
    const QString second = add(u"Second"_s, u"x"_s, 1).toString(QUuid::WithoutBraces);
    m_list->refresh();
    QVERIFY(shows({u"First"_s, u"Second"_s}));
    QCOMPARE(m_list->neighbour(first, 1), second);
    QCOMPARE(m_list->neighbour(second, -1), first);
    QVERIFY(m_list->neighbour(second, 1).isEmpty());
    QVERIFY(m_list->neighbour(first, -1).isEmpty());
}

QTEST_MAIN(TestSessionListModel)

#include "tst_sessionlistmodel.moc"
