// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "fuzzy.h"

#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

class TestFuzzy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingTypedKeepsTheOrder();
    void lettersMustComeInTheirOrder();
    void beginningsOfWordsComeFirst();
};

void TestFuzzy::nothingTypedKeepsTheOrder()
{
    QCOMPARE(fuzzyMatches(u" "_s, {u"b"_s, u"a"_s}), QList<int>({0, 1}));
}

void TestFuzzy::lettersMustComeInTheirOrder()
{
    QCOMPARE(fuzzyMatches(u"NC"_s, {u"New chat"_s, u"Copy"_s, u"Can"_s}), QList<int>({0}));
}

void TestFuzzy::beginningsOfWordsComeFirst()
{
    QCOMPARE(
        fuzzyMatches(u"dark"_s, {u"Dashboard mark"_s, u"Undark"_s, u"Dark colours"_s}).first(), 2);
}

QTEST_GUILESS_MAIN(TestFuzzy)

#include "tst_fuzzy.moc"
