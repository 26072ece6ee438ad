// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/jsondiff.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

QJsonValue parsed(const QByteArray &text)
{
    return QJsonDocument::fromJson('[' + text + ']').array().at(0);
}

QString written(const QJsonValue &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.sliced(1, list.size() - 2));
}

} // namespace

class TestJsonDiff final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void changes_data()
    {
        QTest::addColumn<QByteArray>("base");
        QTest::addColumn<QByteArray>("other");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("same") << R"({"a":1,"b":[true]})"_ba << R"({"b":[true],"a":1.0})"_ba
                              << QStringList();
        QTest::newRow("a value") << R"({"priority":"normal","n":1})"_ba
                                 << R"({"priority":"high","n":1})"_ba
                                 << QStringList{u"/priority \"normal\" > \"high\""_s};
        QTest::newRow("another type")
            << R"({"n":"1"})"_ba << R"({"n":1})"_ba << QStringList{u"/n \"1\" > 1"_s};
        QTest::newRow("null is a value")
            << R"({"n":null})"_ba << R"({})"_ba << QStringList{u"- /n null"_s};
        QTest::newRow("members come and go")
            << R"({"a":1})"_ba << R"({"b":2})"_ba << QStringList{u"- /a 1"_s, u"+ /b 2"_s};
        QTest::newRow("the whole") << R"("x")"_ba << R"([1])"_ba << QStringList{u" \"x\" > [1]"_s};
        QTest::newRow("names that a pointer escapes")
            << R"({"a/b~c":1})"_ba << R"({"a/b~c":2})"_ba << QStringList{u"/a~1b~0c 1 > 2"_s};
        QTest::newRow("an element comes in")
            << R"([1,2,3])"_ba << R"([1,9,2,3])"_ba << QStringList{u"+ /1 9"_s};
        QTest::newRow("an element goes")
            << R"([1,2,3])"_ba << R"([2,3])"_ba << QStringList{u"- /0 1"_s};
        QTest::newRow("inside an element")
            << R"([{"k":1,"v":1},{"k":2,"v":1}])"_ba << R"([{"k":1,"v":1},{"k":2,"v":5}])"_ba
            << QStringList{u"/1/v 1 > 5"_s};
        QTest::newRow("large numbers") << R"([9007199254740993])"_ba << R"([9007199254740992])"_ba
                                       << QStringList{u"/0 9007199254740993 > 9007199254740992"_s};
    }

    void changes()
    {
        QFETCH(const QByteArray, base);
        QFETCH(const QByteArray, other);
        QStringList found;
        for (const JsonChange &change : diffJson(parsed(base), parsed(other))) {
            switch (change.kind) {
            case JsonChange::Kind::Removed:
                QVERIFY(change.other.isUndefined());
                found.append(u"- %1 %2"_s.arg(change.path, written(change.base)));
                break;
            case JsonChange::Kind::Added:
                QVERIFY(change.base.isUndefined());
                found.append(u"+ %1 %2"_s.arg(change.path, written(change.other)));
                break;
            case JsonChange::Kind::Changed:
                found.append(
                    u"%1 %2 > %3"_s.arg(change.path, written(change.base), written(change.other)));
            }
        }
        QTEST(found, "expected");
    }

    void similarityCountsWhatHoldsNothingElse()
    {
        const auto similarity = [](const QByteArray &base, const QByteArray &other) {
            return jsonSimilarity(
                parsed(base), parsed(other), diffJson(parsed(base), parsed(other)));
        };
        QCOMPARE(similarity(R"({"a":1,"b":[true,null]})", R"({"b":[true,null],"a":1.0})"), 1.0);
        QCOMPARE(similarity("{}", "{}"), 1.0);
        QCOMPARE(similarity("1", "2"), 0.0);
        QCOMPARE(similarity("[1,2,3]", "[1,2]"), 0.8);
        QCOMPARE(similarity(R"({"a":{"b":1,"c":2}})", R"({"a":{"b":1,"c":3}})"), 0.5);
        QCOMPARE(similarity(R"({"a":[]})", R"({"a":1})"), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestJsonDiff)
#include "tst_jsondiff.moc"
