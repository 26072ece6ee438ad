// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "structured/jsontree.h"
#include "timeline/rowcontent.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// JSON as rows of a tree, growing and whole.
class TestJsonTree final : public QObject
{
    Q_OBJECT

    std::unique_ptr<JsonTree> m_tree;
    std::unique_ptr<QAbstractItemModelTester> m_tester;

    [[nodiscard]] static QVariant dataOf(const JsonTree &tree, int row, JsonTree::Role role)
    {
        return tree.data(tree.index(row), role);
    }

    [[nodiscard]] QVariant at(int row, JsonTree::Role role) const
    {
        return dataOf(*m_tree, row, role);
    }

    /// "depth key value" of each row.
    [[nodiscard]] static QStringList rowsOf(const JsonTree &tree)
    {
        QStringList all;
        for (int row = 0; row < tree.rowCount(); ++row) {
            all.append((dataOf(tree, row, JsonTree::DepthRole).toString() + u' '
                + dataOf(tree, row, JsonTree::KeyRole).toString() + u' '
                + dataOf(tree, row, JsonTree::ValueRole).toString())
                    .simplified());
        }
        return all;
    }

    [[nodiscard]] QStringList rows() const { return rowsOf(*m_tree); }

private Q_SLOTS:

    void init()
    {
        m_tree = std::make_unique<JsonTree>();
        m_tester = std::make_unique<QAbstractItemModelTester>(m_tree.get());
    }

    void valuesAreRows()
    {
        m_tree->setText(u"{\"a\": [1, \"x\"], \"b\": {}, \"c\": null}"_s);
        QCOMPARE(rows(),
            (QStringList{u"0 {3}"_s, u"1 a [2]"_s, u"2 0 1"_s, u"2 1 \"x\""_s, u"1 b {0}"_s,
                u"1 c null"_s}));
        QVERIFY(at(2, JsonTree::ItemRole).toBool());
        QVERIFY(!at(4, JsonTree::ContainerRole).toBool()); // nothing to fold
        QCOMPARE(at(3, JsonTree::KindRole), int(JsonTree::String));
        QCOMPARE(m_tree->above(3), 1);
        QCOMPARE(m_tree->above(0), -1);
    }

    /// However it is cut, what is there stays, and only what is new comes.
    void itGrowsAtItsEnd()
    {
        const QString whole = u"{\"who\": {\"name\": \"Ada\", \"age\": 36}, \"tags\": [1, 2]}"_s;
        QSignalSpy removed(m_tree.get(), &JsonTree::rowsRemoved);
        for (qsizetype size = 1; size <= whole.size(); ++size) {
            m_tree->setText(whole.first(size));
            if (size % 7 == 0) {
                JsonTree atOnce;
                atOnce.setText(whole.first(size));
                QTRY_COMPARE(rows(), rowsOf(atOnce));
            }
        }
        QTRY_COMPARE(rows(),
            (QStringList{u"0 {2}"_s, u"1 who {2}"_s, u"2 name \"Ada\""_s, u"2 age 36"_s,
                u"1 tags [2]"_s, u"2 0 1"_s, u"2 1 2"_s}));
        QCOMPARE(removed.size(), 0);
        QTRY_VERIFY(!at(0, JsonTree::OpenRole).toBool());
    }

    void whatStillComesIsOpen()
    {
        m_tree->setText(u"{\"a\": {\"b\": \"half"_s);
        QCOMPARE(m_tree->rowCount(), 3);
        QVERIFY(at(0, JsonTree::OpenRole).toBool());
        QVERIFY(at(2, JsonTree::OpenRole).toBool());
        m_tree->setText(u"{\"a\": {\"b\": \"half a\"}"_s);
        QTRY_VERIFY(!at(1, JsonTree::OpenRole).toBool());
        QVERIFY(at(0, JsonTree::OpenRole).toBool());
    }

    void anotherTextBeginsAnew()
    {
        m_tree->setText(u"{\"a\": [1]}"_s);
        m_tree->setFolded(1, true);
        m_tree->setText(u"[{\"a\": 5}]"_s);
        QTRY_COMPARE(rows(), (QStringList{u"0 [1]"_s, u"1 0 {1}"_s, u"2 a 5"_s}));
        m_tree->setText({});
        QTRY_COMPARE(m_tree->rowCount(), 0);
    }

    void foldedValuesHideWhatIsInThem()
    {
        m_tree->setText(u"{\"a\": [1, [2]], \"b\": 3}"_s);
        QSignalSpy reset(m_tree.get(), &JsonTree::modelReset);
        m_tree->setFolded(1, true);
        QCOMPARE(rows(), (QStringList{u"0 {2}"_s, u"1 a [2]"_s, u"1 b 3"_s}));
        m_tree->setFolded(2, true); // there is nothing in it
        m_tree->setFolded(9, true);
        QCOMPARE(m_tree->rowCount(), 3);
        m_tree->setFolded(1, false);
        QCOMPARE(m_tree->rowCount(), 6);
        QCOMPARE(reset.size(), 0); // a view keeps its place
    }

    void faultsStandWhereTheyAre()
    {
        m_tree->setText(u"{\"a\": {\"b\": 1}, \"c\": \"x\"}"_s);
        m_tree->setFaults({{.path = u"/a/b"_s, .keyword = u"type"_s, .words = u"must be text"_s},
            {.path = {}, .keyword = u"required"_s, .words = u"lacks d"_s}});
        QCOMPARE(at(0, JsonTree::FaultRole), u"lacks d"_s);
        QCOMPARE(at(2, JsonTree::FaultRole), u"must be text"_s);
        QCOMPARE(at(3, JsonTree::FaultRole), QString());
        m_tree->setFolded(1, true); // what is hidden is told by what hides it
        QCOMPARE(at(1, JsonTree::FaultRole), u"/a/b must be text"_s);
        m_tree->setFaults({});
        QCOMPARE(at(0, JsonTree::FaultRole), QString());
    }

    void whatIsNoJsonIsToldAndTheRestShown()
    {
        m_tree->setText(u"{\"a\": 1,\n oops"_s);
        QCOMPARE(m_tree->rowCount(), 2);
        QVERIFY2(m_tree->problem().contains(u"line 2"_s), qPrintable(m_tree->problem()));
    }

    void muchIsReadAsideAndBounded()
    {
        m_tester.reset(); // it takes its time with many rows
        QString text = u"["_s;
        while (text.size() <= JsonTree::mostAtOnce) {
            text += u"[1],"_s;
        }
        m_tree->setText(text + u"0]"_s);
        QCOMPARE(m_tree->rowCount(), 0); // not in this thread
        QTRY_COMPARE(m_tree->rowCount(), JsonTree::mostRows);
        QCOMPARE(at(JsonTree::mostRows - 1, JsonTree::KindRole), int(JsonTree::More));
        m_tree->setFolded(0, true);
        QCOMPARE(m_tree->rowCount(), 1);
    }

    /// One that is taken away while it is read, or replaced, leaves nothing behind.
    void whatIsReadAsideMayBeGivenUp()
    {
        const QString text = u'"' + QString(JsonTree::mostAtOnce + 1, u'x') + u'"';
        m_tree->setText(text);
        m_tree->setText(u"[1]"_s);
        QTRY_COMPARE(rows(), (QStringList{u"0 [1]"_s, u"1 0 1"_s}));
        m_tree->setText(text);
        m_tester.reset();
        m_tree.reset();
        QThreadPool::globalInstance()->waitForDone();
    }

    void linesAreCountedAsTheTreeHasThem_data()
    {
        QTest::addColumn<QString>("json");
        QTest::newRow("empty") << u"{}"_s;
        QTest::newRow("one") << u"{\"a\": 1}"_s;
        QTest::newRow("nested") << u"{\"a\": [1, {\"b\": []}, { }], \"c\": \"x,[{\\\"\"}"_s;
        QTest::newRow("lines") << u"[\n  1,\n  [ ]\n]"_s;
    }

    void linesAreCountedAsTheTreeHasThem()
    {
        QFETCH(const QString, json);
        m_tree->setText(json);
        QCOMPARE(jsonLines(json, 100), m_tree->rowCount());
        QCOMPARE(jsonLines(json, 1), 1);
    }
};

QTEST_GUILESS_MAIN(TestJsonTree)

#include "tst_jsontree.moc"
