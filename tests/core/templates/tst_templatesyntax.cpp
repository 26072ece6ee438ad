// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/templateparser.h"
#include "templates/templaterenderer.h"
#include "templates/templatevariables.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

/// The text, or the sentence of the error.
QString rendered(const QString &source, const QJsonObject &values = {})
{
    const Result<TemplateBlock> block = parseTemplate(source, u"T"_s);
    if (!block) {
        return block.error().message;
    }
    const Result<QString> text = renderTemplate(*block, values, u"T"_s);
    return text ? *text : text.error().message;
}

} // namespace

class TestTemplateSyntax final : public QObject
{
    Q_OBJECT

    QJsonDocument m_cases;

private Q_SLOTS:

    void initTestCase()
    {
        QFile file(QStringLiteral(LORIKEET_FIXTURES "/templates/jinja.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_cases = QJsonDocument::fromJson(file.readAll());
        QVERIFY(m_cases.isObject());
    }

    void theSameAsJinja_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("expected");
        const QJsonArray cases = m_cases[u"cases"_s].toArray();
        QVERIFY(cases.size() > 50);
        for (qsizetype i = 0; i < cases.size(); ++i) {
            const QJsonValue item = cases.at(i);
            const QString source = item[u"template"_s].toString();
            QTest::addRow("%d: %s", int(i), qPrintable(source.left(50).simplified()))
                << source << item[u"expected"_s].toString();
        }
    }

    void theSameAsJinja()
    {
        QFETCH(const QString, source);
        QFETCH(const QString, expected);
        QCOMPARE(rendered(source, m_cases[u"values"_s].toObject()), expected);
    }

    /// By name and line, whether Jinja has it or nobody.
    void whatIsNotSupportedIsNamed_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("expected");
        const auto row = [](const QString &source, const QString &expected) {
            QTest::newRow(source.simplified().toUtf8().constData()) << source << expected;
        };
        row(u"a\n{% macro f() %}{% endmacro %}"_s,
            u"T, line 2: “{% macro %}” of Jinja is not supported here."_s);
        row(u"{% include 'x' %}"_s,
            u"T, line 1: “{% include %}” of Jinja is not supported here."_s);
        row(u"{% when x %}"_s,
            u"T, line 1: there is no tag “{% when %}”; there are if, for, set and raw."_s);
        row(u"\n\n{{ x | map('y') }}"_s,
            u"T, line 3: the filter “map” of Jinja is not supported here."_s);
        row(u"{{ x is sameas 1 }}"_s,
            u"T, line 1: the test “sameas” of Jinja is not supported here."_s);
        row(u"{{ range(3) }}"_s,
            u"T, line 1: the call “range()” of Jinja is not supported here."_s);
        row(u"{{ x.items() }}"_s,
            u"T, line 1: the call “.items()” of Jinja is not supported here; use a filter such as "
            "“| items” or “| upper”."_s);
        row(u"{{ x[1:2] }}"_s, u"T, line 1: slices of Jinja ([a:b]) are not supported here."_s);
        row(u"{{ 2 ** 3 }}"_s, u"T, line 1: the power “**” of Jinja is not supported here."_s);
        row(u"{{ 1 < 2 < 3 }}"_s,
            u"T, line 1: comparisons in a row (a < b < c) are not supported here; join them by "
            "“and”."_s);
        row(u"{% for a in b if a %}{% endfor %}"_s,
            u"T, line 1: “for … if …” of Jinja is not supported here; put “{% if %}” into the "
            "loop."_s);
        row(u"{% for a in b recursive %}{% endfor %}"_s,
            u"T, line 1: “recursive” loops of Jinja are not supported here."_s);
        row(u"{% set ns.x = 1 %}"_s,
            u"T, line 1: members cannot be set (Jinja's namespaces are not supported here)."_s);
        row(u"{{ (1, 2) }}"_s,
            u"T, line 1: tuples of Jinja are not supported here; write a list, in […]."_s);
    }

    void whatIsNotSupportedIsNamed()
    {
        QFETCH(const QString, source);
        QFETCH(const QString, expected);
        QCOMPARE(rendered(source), expected);
    }

    void mistakesAreSaidWithTheirLine_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("word");
        QTest::newRow("open") << u"a\n{{ x"_s << u"T, line 2: “{{” is not ended"_s;
        QTest::newRow("tag") << u"{% if x"_s << u"line 1: “{%” is not ended"_s;
        QTest::newRow("comment") << u"{# x"_s << u"line 1: the comment"_s;
        QTest::newRow("raw") << u"\n{% raw %}x"_s << u"line 2: “{% raw %}” is not ended"_s;
        QTest::newRow("if") << u"\n{% if 1 %}x"_s << u"line 2: “{% if %}” is not ended"_s;
        QTest::newRow("for") << u"{% for a in [1] %}x"_s << u"“{% for %}” is not ended"_s;
        QTest::newRow("endif") << u"x{% endif %}"_s << u"ends nothing"_s;
        QTest::newRow("crossed") << u"{% if 1 %}{% for a in [1] %}{% endif %}{% endfor %}"_s
                                 << u"“{% endif %}” ends nothing"_s;
        QTest::newRow("empty") << u"{{ }}"_s << u"a value is missing"_s;
        QTest::newRow("text") << u"{{ 'a }}"_s << u"is not ended"_s;
        QTest::newRow("two") << u"{{ a b }}"_s << u"“b” cannot stand here"_s;
        QTest::newRow("sign") << u"{{ a ! b }}"_s << u"“!”"_s;
        QTest::newRow("bracket") << u"{{ (1 }}"_s << u"is not ended"_s;
        QTest::newRow("filter") << u"{{ 1 | }}"_s << u"no filter"_s;
        QTest::newRow("unknown") << u"{{ 1 | shout }}"_s << u"there is no filter “shout”"_s;
        QTest::newRow("for names") << u"{% for in x %}{% endfor %}"_s << u"a name is missing"_s;
        QTest::newRow("for in") << u"{% for a of x %}{% endfor %}"_s << u"for item in list"_s;
        QTest::newRow("set") << u"{% set a %}"_s << u"set name = value"_s;
        QTest::newRow("else") << u"{% if 1 %}{% else if 2 %}{% endif %}"_s << u"behind “else”"_s;
        // While it is carried out.
        QTest::newRow("missing") << u"a\n\n{{ x }}"_s << u"T, line 3: “x” is not set"_s;
        QTest::newRow("member") << u"{{ {'a': 1}.b }}"_s << u"is not set"_s;
        QTest::newRow("no map") << u"{{ 'a'.b }}"_s << u"is a text, which has no “b”"_s;
        QTest::newRow("sum") << u"{{ 'a' + 1 }}"_s << u"joined by “~”"_s;
        QTest::newRow("zero") << u"{{ 1 / 0 }}"_s << u"divides by 0"_s;
        QTest::newRow("order") << u"{{ 'a' < 1 }}"_s << u"a text with a number"_s;
        QTest::newRow("walk") << u"{% for a in 3 %}{% endfor %}"_s << u"not a number"_s;
        QTest::newRow("pairs") << u"{% for a, b in [1] %}{% endfor %}"_s << u"| items"_s;
    }

    void mistakesAreSaidWithTheirLine()
    {
        QFETCH(const QString, source);
        QFETCH(const QString, word);
        const QString said = rendered(source);
        QVERIFY2(said.contains(word), qPrintable(said));
        QVERIFY2(said.endsWith(u'.') && said.count(u'\n') == 0, qPrintable(said));
    }

    /// Templates come from anywhere: none takes the stack, the memory or the time.
    void nothingIsTakenWithoutBound_data()
    {
        QTest::addColumn<QString>("source");
        const QString ten = u"[1,2,3,4,5,6,7,8,9,0]"_s;
        QTest::newRow("brackets") << u"{{ "_s + QString(5000, u'(') + u"1 }}"_s;
        QTest::newRow("lists") << u"{{ "_s + QString(5000, u'[') + u"1 }}"_s;
        QTest::newRow("signs") << u"{{ "_s + QString(100'000, u'-') + u"1 }}"_s;
        QTest::newRow("filters") << u"{{ 'a'"_s + u"|upper"_s.repeated(100'000) + u" }}"_s;
        QTest::newRow("tags") << u"{% if 1 %}"_s.repeated(100'000);
        QTest::newRow("elif") << u"{% if 0 %}"_s + u"{% elif 0 %}"_s.repeated(100'000);
        QTest::newRow("doubling") << u"{% set a = 'xxxxxxxx' %}"_s
                + u"{% set a = a ~ a %}"_s.repeated(60);
        QTest::newRow("lists that double")
            << u"{% set a = [1] %}"_s + u"{% set a = a + a %}"_s.repeated(60);
        QTest::newRow("loops") << u"{% for a in %1 %}"_s.arg(ten).repeated(9)
                + u"{% endfor %}"_s.repeated(9);
    }

    void nothingIsTakenWithoutBound()
    {
        QFETCH(const QString, source);
        QVERIFY(rendered(source).startsWith("T, line 1: "_L1));
    }

    void variablesInTheOrderOfTheirFirstUse()
    {
        const Result<TemplateBlock> block = parseTemplate(
            u"{{ b }}\n{% set own = a %}{{ own }}{% for i in list %}{{ i ~ loop.index ~ c.d }}"
            "{% endfor %}\n{% if e is defined %}{{ e }}{% endif %}{{ f | default(g) }}{{ b }}"_s,
            u"T"_s);
        QVERIFY(block);
        QCOMPARE(variablesOf(*block),
            QList<UsedVariable>({{u"b"_s, 1, false}, {u"a"_s, 2, false}, {u"list"_s, 2, false},
                {u"c"_s, 2, false}, {u"e"_s, 3, true}, {u"f"_s, 3, true}, {u"g"_s, 3, false}}));
    }
};

QTEST_GUILESS_MAIN(TestTemplateSyntax)
#include "tst_templatesyntax.moc"
