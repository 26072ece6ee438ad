// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kserveserver.h"
#include "lorirun.h"
#include "scriptedserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

Script json(const QByteArray &body, int status = 200)
{
    return Script::reply(status, "application/json"_ba, body);
}

} // namespace

/// `lori infer` as a person or a script runs it.
class TestLoriInfer final : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;
    std::unique_ptr<ScriptedServer> m_server;

    [[nodiscard]] LoriEnd lori(const QStringList &more, const QByteArray &input = {}) const
    {
        return loriAt(m_server->url().toString(), u"m"_s, more, input);
    }

    [[nodiscard]] LoriEnd loriAt(const QString &address, const QString &model,
        const QStringList &more, const QByteArray &input = {}) const
    {
        return runLori(m_home,
            QStringList{u"infer"_s, u"-e"_s, address, u"-p"_s, u"triton"_s, u"-m"_s, model} + more,
            input);
    }

    [[nodiscard]] QJsonDocument sent() const
    {
        return QJsonDocument::fromJson(m_server->requests().constLast().body);
    }

private Q_SLOTS:

    void init()
    {
        m_server = std::make_unique<ScriptedServer>();
        m_server->setRoute("/v2/models/m/config", json(R"({"name":"m","max_batch_size":4,"input":[
            {"name":"text","data_type":"TYPE_STRING","dims":[1]},
            {"name":"weight","data_type":"TYPE_FP32","dims":[-1],"optional":true}],
            "output":[{"name":"v","data_type":"TYPE_FP32","dims":[2]}]})"));
        m_server->setRoute("/v2/models/m/infer",
            json(R"({"model_name":"m","model_version":"3","outputs":[{"name":"v",
            "datatype":"FP32","shape":[1,2],"data":[0.5,2]}]})"));
    }

    void aSample()
    {
        const LoriEnd ended = lori(
            {u"--text"_s, u"text=a parrot"_s, u"weight=[1,2.5]"_s, u"--param"_s, u"priority=2"_s});
        QCOMPARE(ended.err, ""_ba);
        QCOMPARE(ended.code, 0);
        const QJsonDocument out = QJsonDocument::fromJson(ended.out);
        QCOMPARE(out[u"version"_s].toString(), u"3"_s);
        QCOMPARE(out[u"outputs"_s][u"v"_s][u"data"_s], (QJsonArray{0.5, 2}));
        QCOMPARE(out[u"outputs"_s][u"v"_s][u"shape"_s], (QJsonArray{2}));
        QCOMPARE(sent()[u"inputs"_s][0][u"data"_s], QJsonArray{u"a parrot"_s});
        QCOMPARE(sent()[u"inputs"_s][0][u"shape"_s], (QJsonArray{1, 1}));
        QCOMPARE(sent()[u"inputs"_s][1][u"shape"_s], (QJsonArray{1, 2}));
        QCOMPARE(sent()[u"parameters"_s][u"priority"_s].toInt(), 2);
    }

    /// Text that looks like something else stays text where the model takes text.
    void textNeedsNoQuotes()
    {
        for (const QString &text : {u"12"_s, u"\"12\""_s}) {
            QCOMPARE(lori({u"--text"_s, text}).code, 0);
            QCOMPARE(sent()[u"inputs"_s][0][u"data"_s], QJsonArray{u"12"_s});
        }
    }

    void aBatchFromAFile()
    {
        m_server->setRoute("/v2/models/m/infer",
            json(R"({"model_name":"m","model_version":"3","outputs":[{"name":"v",
            "datatype":"FP32","shape":[2,2],"data":[1,2,3,4]}]})"));
        const LoriEnd ended
            = lori({u"--batch"_s, u"--text"_s, u"--input"_s, u"-"_s, u"-o"_s, u"v"_s},
                R"({"text":[["a"],["b"]]})");
        QCOMPARE(ended.err, ""_ba);
        QCOMPARE(QJsonDocument::fromJson(ended.out)[u"outputs"_s][u"v"_s][u"data"_s],
            (QJsonArray{QJsonArray{1, 2}, QJsonArray{3, 4}}));
        QCOMPARE(sent()[u"inputs"_s][0][u"shape"_s], (QJsonArray{2, 1}));
    }

    void mistakes_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("nothing") << QStringList() << "no input"_ba;
        QTest::newRow("no such input") << QStringList{u"word=a"_s} << "no input"_ba;
        QTest::newRow("mixed") << QStringList{u"text=a"_s, u"[1]"_s} << "named"_ba;
        QTest::newRow("type") << QStringList{u"text=a"_s, u"weight=[\"x\"]"_s} << "FP32"_ba;
        QTest::newRow("ragged") << QStringList{u"text=a"_s, u"weight=[[1],2]"_s} << "lists"_ba;
        QTest::newRow("output") << QStringList{u"text=a"_s, u"-o"_s, u"w"_s} << "no output"_ba;
        QTest::newRow("parameter") << QStringList{u"text=a"_s, u"-P"_s, u"x=1.5"_s} << "whole"_ba;
        QTest::newRow("file") << QStringList{u"-i"_s, u"nowhere"_s} << "cannot be read"_ba;
    }

    void mistakes()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, word);
        const LoriEnd ended = lori(arguments);
        QCOMPARE(ended.code, 2);
        QVERIFY2(ended.err.contains(word), ended.err.constData());
        for (const ScriptedServer::Request &request : m_server->requests()) {
            QCOMPARE(request.verb, "GET"_ba);
        }
    }

    void anUnknownModelNamesTheOthers()
    {
        m_server->setRoute("/v2/models/m/config", json(R"({"error":"unknown model: 'm'"})", 400));
        m_server->setRoute(
            "/v2/repository/index", json(R"([{"name":"emb","version":"1","state":"READY"}])"));
        const LoriEnd ended = lori({u"text=a"_s});
        QCOMPARE(ended.code, 5);
        QVERIFY2(ended.err.contains("the server has emb"), ended.err.constData());
    }

    void overGrpc()
    {
        const KserveServer server;
        const QString address = server.target().endpoint.url.toString();
        const LoriEnd one = loriAt(address, u"echo"_s, {u"x=[1,2.5]"_s});
        QCOMPARE(one.err, ""_ba);
        QCOMPARE(one.code, 0);
        QCOMPARE(QJsonDocument::fromJson(one.out)[u"outputs"_s][u"y"_s][u"data"_s],
            (QJsonArray{1, 2.5}));
        // A decoupled model: a line for each answer.
        const LoriEnd many
            = loriAt(address, u"stream"_s, {u"text_input=Hi"_s, u"-P"_s, u"more=1"_s});
        QCOMPARE(many.err, ""_ba);
        QCOMPARE(many.code, 0);
        QByteArrayList texts;
        for (const QByteArray &line : many.out.trimmed().split('\n')) {
            texts.append(QJsonDocument::fromJson(line)[u"outputs"_s][u"text_output"_s][u"data"_s][0]
                    .toString()
                    .toUtf8());
        }
        QCOMPARE(texts, (QByteArrayList{"The", " sky", "."}));
        const LoriEnd failed = loriAt(address, u"fails"_s, {u"text_input=Hi"_s});
        QCOMPARE(failed.code, 5);
        QVERIFY(failed.err.contains("out of memory"));
    }
};

QTEST_GUILESS_MAIN(TestLoriInfer)
#include "tst_loriinfer.moc"
