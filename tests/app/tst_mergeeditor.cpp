// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "adapterpicker.h"
#include "mergeeditor.h"
#include "preferences.h"

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// A merge that would end the server's process is refused where it is written.
class TestMergeEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void beginsWithWhatIsChosen();
    void isRefusedBeforeItIsSent_data();
    void isRefusedBeforeItIsSent();
    void saysOnlyWhatTheStrategyUses();
    void isUsedAndEditedAgain();
    void rowsComeAndGo();

private:
    /// Two adapters with which nothing is wrong.
    void fill()
    {
        m_editor->start();
        m_editor->setId(0, u"org/one"_s);
        m_editor->setId(1, u"org/two"_s);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Preferences> m_preferences;
    std::unique_ptr<AdapterPicker> m_picker;
    std::unique_ptr<MergeEditor> m_editor;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestMergeEditor::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_preferences = std::make_unique<Preferences>(m_folder->filePath(u"test.ini"_s));
    m_picker = std::make_unique<AdapterPicker>(*m_preferences);
    m_picker->setEndpoint(QUuid::createUuid(), u"lorax"_s);
    m_picker->setDescription({.adapterStyle = AdapterStyle::FreeText}, {});
    m_editor = std::make_unique<MergeEditor>(*m_picker);
    m_tester = std::make_unique<QAbstractItemModelTester>(m_editor.get());
}

void TestMergeEditor::cleanup()
{
    m_tester.reset();
    m_editor.reset();
    m_picker.reset();
    m_preferences.reset();
    m_folder.reset();
}

void TestMergeEditor::beginsWithWhatIsChosen()
{
    m_picker->chooseFrom(u"org/one"_s, u"s3"_s);
    m_editor->start();
    QCOMPARE(m_editor->count(), 2);
    QCOMPARE(m_editor->merged().ids, QStringList({u"org/one"_s, QString()}));
    QCOMPARE(m_editor->source(), u"s3"_s);
    // An adapter without an id is nothing to send.
    QVERIFY(!m_editor->problem().isEmpty());
}

void TestMergeEditor::isRefusedBeforeItIsSent_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("weight");
    QTest::addColumn<int>("strategy");
    QTest::addColumn<QString>("density");
    QTest::addColumn<QString>("words");
    QTest::newRow("fine") << u"org/two"_s << u"0.5"_s << 0 << u"0.5"_s << QString();
    QTest::newRow("fine with ties") << u"org/two"_s << u"-1"_s << 1 << u"1"_s << QString();
    QTest::newRow("no id") << u" "_s << u"1"_s << 0 << u"0.5"_s << u"needs an id"_s;
    QTest::newRow("line break") << u"org\ntwo"_s << u"1"_s << 0 << u"0.5"_s << u"line break"_s;
    QTest::newRow("no weight") << u"org/two"_s << u"much"_s << 0 << u"0.5"_s << u"“much”"_s;
    QTest::newRow("density of 0") << u"org/two"_s << u"1"_s << 2 << u"0"_s << u"above 0"_s;
    QTest::newRow("density above 1") << u"org/two"_s << u"1"_s << 3 << u"1.5"_s << u"from 0 to 1"_s;
    QTest::newRow("no density") << u"org/two"_s << u"1"_s << 1 << u"half"_s << u"“half”"_s;
    QTest::newRow("density unused") << u"org/two"_s << u"1"_s << 0 << u"half"_s << QString();
}

void TestMergeEditor::isRefusedBeforeItIsSent()
{
    QFETCH(const QString, id);
    QFETCH(const QString, weight);
    QFETCH(const int, strategy);
    QFETCH(const QString, density);
    QFETCH(const QString, words);
    fill();
    m_editor->setId(1, id);
    m_editor->setWeight(1, weight);
    m_editor->setStrategy(strategy);
    m_editor->setDensity(density);
    QCOMPARE(m_editor->problem().isEmpty(), words.isEmpty());
    QVERIFY2(m_editor->problem().contains(words), qPrintable(m_editor->problem()));
    m_editor->apply();
    QCOMPARE(m_picker->isMerged(), words.isEmpty());
}

void TestMergeEditor::saysOnlyWhatTheStrategyUses()
{
    fill();
    QCOMPARE(m_editor->merged().density, 0.0);
    QVERIFY(m_editor->merged().majoritySignMethod.isEmpty());
    QSet<QString> helps;
    for (int strategy = 0; strategy < m_editor->strategies().size(); ++strategy) {
        m_editor->setStrategy(strategy);
        helps.insert(m_editor->help());
        QCOMPARE(m_editor->merged().density > 0, m_editor->isDensityUsed());
        QCOMPARE(!m_editor->merged().majoritySignMethod.isEmpty(), m_editor->isSignMethodUsed());
        QVERIFY(m_editor->problem().isEmpty());
    }
    QCOMPARE(helps.size(), m_editor->strategies().size());
}

void TestMergeEditor::isUsedAndEditedAgain()
{
    fill();
    m_editor->setWeight(1, u"0.25"_s);
    m_editor->setStrategy(1);
    m_editor->setDensity(u"0.7"_s);
    m_editor->setSignMethod(1);
    m_editor->setSource(u"local"_s);
    m_editor->apply();
    const MergedAdapters merged{.ids = {u"org/one"_s, u"org/two"_s},
        .weights = {1, 0.25},
        .strategy = u"ties"_s,
        .density = 0.7,
        .majoritySignMethod = u"frequency"_s};
    QCOMPARE(m_picker->adapter().merged, merged);
    QCOMPARE(m_picker->adapter().source, u"local"_s);
    QCOMPARE(m_picker->recent(), QStringList({u"org/two"_s, u"org/one"_s}));

    MergeEditor again(*m_picker);
    again.start();
    QCOMPARE(again.merged(), merged);
    QCOMPARE(again.source(), u"local"_s);
    m_picker->choose(u"org/one"_s);
    QVERIFY(!m_picker->isMerged());
}

void TestMergeEditor::rowsComeAndGo()
{
    fill();
    m_editor->add();
    QCOMPARE(m_editor->count(), 3);
    m_editor->dropRow(2);
    m_editor->dropRow(0);
    m_editor->dropRow(7);
    QCOMPARE(m_editor->merged().ids, QStringList(u"org/two"_s));
}

QTEST_GUILESS_MAIN(TestMergeEditor)

#include "tst_mergeeditor.moc"
