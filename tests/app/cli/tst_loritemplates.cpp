// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lorirun.h"
#include "testfiles.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

const QByteArray sortToml = R"(name = "sort"
description = "Which department"
system = "You work for {{ company }}."
prompt = "Where does this go: {{ text }}"
[variables.company]
default = "Acme"
[variables.text]
description = "The message"
[parameters]
temperature = 0.25
top_p = 0.5
)"_ba;

} // namespace

/// `lori render`, `lori templates` and --template as a person or a script uses them.
class TestLoriTemplates final : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<ScriptedServer> m_server;

    QString file(const QString &name, const QByteArray &content) const
    {
        return writeFile(*m_home, name, content);
    }

    [[nodiscard]] QStringList asking(const QString &command) const
    {
        return {command, u"-e"_s, m_server->url().toString(), u"-p"_s, u"openai"_s};
    }

    /// What was asked, and that alone.
    [[nodiscard]] QList<QJsonObject> bodies() const
    {
        QList<QJsonObject> bodies;
        for (const ScriptedServer::Request &request : m_server->requests()) {
            if (request.verb == "POST") {
                bodies.append(QJsonDocument::fromJson(request.body).object());
            }
        }
        return bodies;
    }

    static QStringList contents(const QJsonObject &body)
    {
        QStringList contents;
        const QJsonArray messages = body[u"messages"_s].toArray();
        for (const QJsonValue &message : messages) {
            contents.append(
                message[u"role"_s].toString() + u": "_s + message[u"content"_s].toString());
        }
        return contents;
    }

private Q_SLOTS:

    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<ScriptedServer>();
        m_server->setRoute("/v1/models"_ba, Script::reply(404, "text/plain"_ba, "no"_ba));
        m_server->setDefault(eventStream().chunk(piece("fine") + done).lastChunk());
    }

    void rendersWithoutSending()
    {
        const QString sort = file(u"sort.toml"_s, sortToml);
        const LoriEnd text = runLori(*m_home, {u"render"_s, sort, u"--var"_s, u"text=a = b"_s});
        QCOMPARE(text.err, ""_ba);
        QCOMPARE(text.code, 0);
        QCOMPARE(text.out,
            "--- system ---\nYou work for Acme.\n\n--- user ---\nWhere does this go: a = b\n"_ba);
        const LoriEnd json = runLori(*m_home,
            {u"render"_s, sort, u"--vars"_s, u"-"_s, u"--var"_s, u"company=Emca"_s, u"--json"_s},
            R"({"text": [1, "b"], "company": "no"})");
        QCOMPARE(json.code, 0);
        const QJsonDocument out = QJsonDocument::fromJson(json.out);
        QCOMPARE(contents(out.object()),
            QStringList(
                {u"system: You work for Emca."_s, u"user: Where does this go: [1, 'b']"_s}));
        QCOMPARE(out[u"parameters"_s].toObject(),
            QJsonObject({{u"temperature"_s, 0.25}, {u"top_p"_s, 0.5}}));
        // A prompt by itself is printed as it is.
        const LoriEnd alone = runLori(*m_home,
            {u"render"_s, file(u"hi.txt"_s, "Hi {{ name | upper }}"), u"--var"_s, u"name=Ada"_s});
        QCOMPARE(alone.out, "Hi ADA\n"_ba);
    }

    void mistakesAreNamedBeforeAnythingIsSent_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("expected");
        const QStringList sort{u"-T"_s, u"sort.toml"_s};
        QTest::newRow("missing") << sort << "“sort” needs a value for “text”."_ba;
        QTest::newRow("surplus") << sort
                + QStringList{u"--var"_s, u"text=x"_s, u"--var"_s, u"txt=y"_s}
                                 << "“sort” has no variable “txt”; it has “company” and “text”."_ba;
        QTest::newRow("refused") << QStringList{u"-T"_s,
            u"map.txt"_s} << "“map”, line 2: the filter “map” of Jinja is not supported here."_ba;
        QTest::newRow("no such") << QStringList{u"-T"_s, u"poem"_s} << "“poem”"_ba;
        QTest::newRow("no file") << QStringList{u"-T"_s, u"poem.toml"_s} << "cannot be read"_ba;
        QTest::newRow("prompt too")
            << sort + QStringList{u"--var"_s, u"text=x"_s, u"Hi"_s} << "no prompt besides"_ba;
        QTest::newRow("no template")
            << QStringList{u"--var"_s, u"a=b"_s, u"Hi"_s} << "need --template"_ba;
        QTest::newRow("no pair") << sort + QStringList{u"--var"_s, u"text"_s} << "NAME=VALUE"_ba;
        QTest::newRow("no json") << sort + QStringList{u"--vars"_s, u"map.txt"_s}
                                 << "no JSON object"_ba;
    }

    void mistakesAreNamedBeforeAnythingIsSent()
    {
        QFETCH(QStringList, arguments);
        QFETCH(const QByteArray, expected);
        const QString sort = file(u"sort.toml"_s, sortToml);
        const QString map = file(u"map.txt"_s, "a\n{{ x | map('y') }}");
        for (QString &argument : arguments) {
            argument.replace(u"sort.toml"_s, sort).replace(u"map.txt"_s, map);
        }
        for (const QString &command : {u"chat"_s, u"compare"_s}) {
            const LoriEnd ended = runLori(*m_home, asking(command) + arguments);
            QCOMPARE(ended.code, 2);
            QVERIFY2(ended.err.contains(expected), ended.err);
        }
        QVERIFY(bodies().isEmpty());
    }

    void chatAsksWithMessagesAndParameters()
    {
        const QString sort = file(u"sort.toml"_s, sortToml);
        const LoriEnd ended = runLori(*m_home,
            asking(u"chat"_s)
                + QStringList{u"-T"_s, sort, u"--var"_s, u"text=x"_s, u"-P"_s, u"top_p=0.75"_s});
        QCOMPARE(ended.code, 0);
        QCOMPARE(ended.out.trimmed(), "fine"_ba);
        QCOMPARE(contents(bodies().value(0)),
            QStringList({u"system: You work for Acme."_s, u"user: Where does this go: x"_s}));
        QCOMPARE(bodies().value(0)[u"temperature"_s].toDouble(), 0.25);
        QCOMPARE(bodies().value(0)[u"top_p"_s].toDouble(), 0.75);
        const LoriEnd other = runLori(*m_home,
            asking(u"chat"_s)
                + QStringList{u"-T"_s, sort, u"--var"_s, u"text=x"_s, u"-s"_s, u"Be brief."_s});
        QCOMPARE(other.code, 0);
        QCOMPARE(contents(bodies().value(1)).constFirst(), u"system: Be brief."_s);
    }

    /// The template's parameters are held against the server's ranges as those of --param are.
    void aParameterOfTheTemplateThatCannotBeIsRefused()
    {
        const QString hot = file(u"hot.toml"_s, "prompt='Hi'\n[parameters]\ntemperature=-3");
        const LoriEnd ended = runLori(*m_home, asking(u"chat"_s) + QStringList{u"-T"_s, hot});
        QCOMPARE(ended.code, 2);
        QVERIFY2(ended.err.contains("The template's parameters: "), ended.err);
        QVERIFY(bodies().isEmpty());
    }

    void lanesAskItWithSystemMessagesOfTheirOwn()
    {
        const LoriEnd ended = runLori(*m_home,
            asking(u"compare"_s)
                + QStringList{u"-T"_s, file(u"sort.toml"_s, sortToml), u"--var"_s, u"text=x"_s,
                    u"-l"_s, u"base"_s, u"-l"_s, u"base,system=Be brief."_s, u"--order"_s,
                    u"one-by-one"_s, u"--json"_s});
        QCOMPARE(ended.code, 0);
        QCOMPARE(
            QJsonDocument::fromJson(ended.out)[u"prompt"_s].toString(), u"Where does this go: x"_s);
        QCOMPARE(contents(bodies().value(0)).constFirst(), u"system: You work for Acme."_s);
        QCOMPARE(contents(bodies().value(1)),
            QStringList({u"system: Be brief."_s, u"user: Where does this go: x"_s}));
    }

    void aBatchTakesTheVariablesOfEachLine()
    {
        const LoriEnd ended = runLori(*m_home,
            asking(u"batch"_s)
                + QStringList{u"-T"_s, file(u"sort.toml"_s, sortToml), u"--var"_s,
                    u"company=Emca"_s, u"-c"_s, u"1"_s, u"-"_s},
            "{\"id\": 7, \"text\": \"one\"}\n{\"text\": \"two\", \"company\": \"B\"}\n"
            "{\"txt\": \"three\"}\n");
        QCOMPARE(ended.code, 5);
        const QList<QJsonObject> results = jsonLines(ended.out);
        QCOMPARE(results.size(), 3);
        QCOMPARE(results[0][u"id"_s].toString(), u"7"_s);
        QCOMPARE(results[1][u"text"_s].toString(), u"fine"_s);
        QVERIFY(results[2][u"error"_s][u"message"_s].toString().contains(u"no variable “txt”"_s));
        QCOMPARE(bodies().size(), 2);
        QCOMPARE(contents(bodies()[0]),
            QStringList({u"system: You work for Emca."_s, u"user: Where does this go: one"_s}));
        QCOMPARE(contents(bodies()[1]).constFirst(), u"system: You work for B."_s);
        QCOMPARE(bodies()[1][u"temperature"_s].toDouble(), 0.25);
    }

    /// Whoever asks a template sends its example turns, in their places.
    void examplesGoOutEverywhere_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<QStringList>("more");
        QTest::newRow("chat") << QStringList{u"chat"_s} << QStringList();
        QTest::newRow("compare") << QStringList{u"compare"_s}
                                 << QStringList{u"-l"_s, u"base"_s, u"-l"_s,
                                        u"base,temperature=0.5"_s, u"--order"_s, u"one-by-one"_s};
        QTest::newRow("batch") << QStringList{u"batch"_s} << QStringList{u"lines.jsonl"_s};
        QTest::newRow("grid") << QStringList{u"grid"_s}
                              << QStringList{u"-l"_s, u"base"_s, u"lines.jsonl"_s};
        QTest::newRow("structured")
            << QStringList{u"structured"_s}
            << QStringList{u"--schema"_s, u"schema.json"_s, u"--max-attempts"_s, u"1"_s};
    }

    void examplesGoOutEverywhere()
    {
        QFETCH(const QStringList, command);
        QFETCH(QStringList, more);
        const QString shots = file(u"shots.toml"_s,
            "[[messages]]\nrole = \"system\"\ncontent = \"Add.\"\n"
            "[[messages]]\nrole = \"user\"\ncontent = \"2 {{ sign }} 2\"\n"
            "[[messages]]\nrole = \"assistant\"\ncontent = \"4\"\n"
            "[[messages]]\nrole = \"user\"\ncontent = \"{{ sum }}\"\n"
            "[parameters]\ntemperature = 0.25\n");
        const QString lines = file(u"lines.jsonl"_s, "{\"sum\": \"3 + 3\"}\n");
        const QString schema = file(u"schema.json"_s, "{\"type\": \"object\"}");
        more.replaceInStrings(u"lines.jsonl"_s, lines).replaceInStrings(u"schema.json"_s, schema);
        const bool isTable = more.contains(lines);
        QStringList variables{u"--var"_s, u"sign=+"_s};
        variables += isTable ? QStringList() : QStringList{u"--var"_s, u"sum=3 + 3"_s};
        const LoriEnd ended = runLori(
            *m_home, asking(command.constFirst()) + QStringList{u"-T"_s, shots} + variables + more);
        QVERIFY2(ended.code == 0 || command.constFirst() == "structured"_L1, ended.err);
        QVERIFY2(!bodies().isEmpty(), ended.err);
        QCOMPARE(contents(bodies().constFirst()),
            QStringList(
                {u"system: Add."_s, u"user: 2 + 2"_s, u"assistant: 4"_s, u"user: 3 + 3"_s}));
        QCOMPARE(bodies().constFirst()[u"temperature"_s].toDouble(), 0.25);
    }

    void theLibraryKeepsVersions()
    {
        const QString sort = file(u"sort.toml"_s, sortToml);
        QByteArray changed = sortToml;
        changed.replace("Where does", "Where should");
        const auto templates = [this](const QStringList &more) {
            return runLori(*m_home, QStringList{u"templates"_s} + more);
        };
        QCOMPARE(templates({}).out, ""_ba);
        QCOMPARE(templates({u"--import"_s, sort}).code, 0);
        const LoriEnd second = templates({u"--import"_s, file(u"new.toml"_s, changed)});
        QVERIFY2(second.err.contains("is version 2 of “sort”"), second.err);
        QCOMPARE(second.out, "sort  version 2 · company = Acme, text · Which department\n"_ba);
        const LoriEnd all = templates({u"sort"_s, u"--json"_s});
        QCOMPARE(QJsonDocument::fromJson(all.out)[u"templates"_s].toArray().size(), 2);

        const QStringList text{u"--var"_s, u"text=x"_s};
        QVERIFY(runLori(*m_home, QStringList{u"render"_s, u"sort"_s} + text)
                .out.contains("Where should this go: x"));
        QVERIFY(runLori(*m_home, QStringList{u"render"_s, u"sort@1"_s} + text)
                .out.contains("Where does this go: x"));
        QCOMPARE(
            runLori(*m_home, asking(u"chat"_s) + QStringList{u"-T"_s, u"sort"_s} + text).code, 0);
        QCOMPARE(contents(bodies().value(0)).constLast(), u"user: Where should this go: x"_s);

        // What is exported is what is imported.
        const QString copy = m_home->filePath(u"copy.md"_s);
        QCOMPARE(templates({u"sort@1"_s, u"--export"_s, copy}).code, 0);
        QCOMPARE(runLori(*m_home, QStringList{u"render"_s, copy} + text).out,
            runLori(*m_home, QStringList{u"render"_s, sort} + text).out);

        QCOMPARE(templates({u"--remove"_s, u"sort"_s}).code, 0);
        const LoriEnd gone = runLori(*m_home, QStringList{u"render"_s, u"sort"_s} + text);
        QCOMPARE(gone.code, 2);
        QVERIFY2(gone.err.contains("no template “sort” in the library"), gone.err);
        QCOMPARE(templates({u"--remove"_s, u"sort"_s}).code, 2);
    }
};

QTEST_GUILESS_MAIN(TestLoriTemplates)
#include "tst_loritemplates.moc"
