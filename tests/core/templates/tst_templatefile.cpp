// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "templates/templatefile.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

class TestTemplateFile final : public QObject
{
    Q_OBJECT

    const PromptTemplate m_prompt{.name = u"sort"_s,
        .description = u"Which department"_s,
        .messages = {{.role = Role::System, .text = u"You work for {{ company }}."_s},
            {.role = Role::User, .text = u"Ping"_s}, {.role = Role::Assistant, .text = u"Pong"_s},
            {.role = Role::User, .text = u"Where does this go?\n\n{{ text }}\n"_s}},
        .variables = {{.name = u"company"_s, .description = u"Whose"_s, .fallback = u"Acme"_s},
            {.name = u"text"_s, .description = u"The message"_s}},
        .parameters
        = {{u"stop"_s, QJsonArray{u"\n\n"_s}}, {u"temperature"_s, 0.25}, {u"top_k"_s, 5}}};

    static QString problem(const QByteArray &content, const QString &name)
    {
        const Result<PromptTemplate> read = templateFromFile(content, name);
        return read ? QString() : read.error().message;
    }

private Q_SLOTS:

    void comesBackAsItWasWritten_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("toml") << u"a.toml"_s;
        QTest::newRow("markdown") << u"a.md"_s;
    }

    void comesBackAsItWasWritten()
    {
        QFETCH(const QString, name);
        const QByteArray written = templateToFile(m_prompt, templateFileForm(name));
        const Result<PromptTemplate> read = templateFromFile(written, name);
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(templateToJson(*read), templateToJson(m_prompt));
        QCOMPARE(*read, m_prompt);
    }

    void numbersAreAsTheyWereTyped()
    {
        PromptTemplate prompt = m_prompt;
        prompt.parameters.insert(u"temperature"_s, 0.2);
        const auto written = [&prompt] { return templateToFile(prompt, TemplateFileForm::Toml); };
        QVERIFY2(written().contains("temperature = 0.2\n"), written());
        prompt.parameters.insert(u"top_p"_s, 0.123456789);
        const Result<PromptTemplate> read = templateFromFile(written(), u"a.toml"_s);
        QCOMPARE(*read, prompt);
    }

    void asPeopleWriteIt()
    {
        const Result<PromptTemplate> read = templateFromFile(R"(+++
system = "Be brief."
[variables.topic]
default = "parrots"
+++
Tell me of {{ topic }}.
)",
            u"/home/me/prompts/tell.md"_s);
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(*read,
            (PromptTemplate{.name = u"tell"_s,
                .messages = {{.role = Role::System, .text = u"Be brief."_s},
                    {.text = u"Tell me of {{ topic }}.\n"_s}},
                .variables = {{.name = u"topic"_s, .fallback = u"parrots"_s}}}));
        const Result<PromptTemplate> plain = templateFromFile("Hi {{ name }}", u"hi.txt"_s);
        QCOMPARE(
            *plain, (PromptTemplate{.name = u"hi"_s, .messages = {{.text = u"Hi {{ name }}"_s}}}));
    }

    void mistakes_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("expected");
        QTest::newRow("toml") << "prompt = "_ba << u"a.toml"_s << u"a.toml is not TOML"_s;
        QTest::newRow("head") << "+++\nx\n+++\n"_ba << u"a.md"_s << u"The front matter of a.md"_s;
        QTest::newRow("fence") << "+++\nname='a'\n"_ba << u"a.md"_s << u"has no second one"_s;
        QTest::newRow("yaml") << "---\nname: a\n---\nx"_ba << u"a.md"_s << u"must be TOML"_s;
        QTest::newRow("unknown") << "promt = 'x'"_ba << u"a.toml"_s
                                 << u"a.toml: “promt” is not known here"_s;
        QTest::newRow("type") << "prompt = 3"_ba << u"a.toml"_s << u"“prompt” is not a text"_s;
        QTest::newRow("nothing") << "name = 'x'"_ba << u"a.toml"_s << u"has no question"_s;
        QTest::newRow("role") << "[[messages]]\nrole='king'\ncontent='x'"_ba << u"a.toml"_s
                              << u"a message has a “role”"_s;
        QTest::newRow("variable") << "prompt='{{ a }}'\n[variables.a]\ndefalt=1"_ba << u"a.toml"_s
                                  << u"“a” has “defalt”"_s;
        QTest::newRow("syntax") << "name='n'\nprompt='{{ a'"_ba << u"a.toml"_s
                                << u"“n”, line 1: “{{” is not ended"_s;
        QTest::newRow("twice") << "+++\nprompt='x'\n+++\ny"_ba << u"a.md"_s
                               << u"below the front matter"_s;
    }

    void mistakes()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const QString, name);
        QFETCH(const QString, expected);
        const QString said = problem(content, name);
        QVERIFY2(said.contains(expected), qPrintable(said));
    }
};

QTEST_GUILESS_MAIN(TestTemplateFile)
#include "tst_templatefile.moc"
