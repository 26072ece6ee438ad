// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rawclient.h"
#include "simulator/simulatorthread.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// LoRAX's own dialect, compared with what its router sends.
class tst_SimulatorLorax : public QObject
{
    Q_OBJECT

    std::unique_ptr<SimulatorThread> m_simulator;
    quint16 m_port = 0;

    [[nodiscard]] RawReply generate(const QByteArray &path, const QString &inputs,
        const QJsonObject &parameters = {}, bool stream = false) const
    {
        QJsonObject body{{u"inputs"_s, inputs}, {u"parameters"_s, parameters}};
        if (stream) {
            body.insert(u"stream"_s, true);
        }
        return post(m_port, path, body);
    }

    [[nodiscard]] QString text(const QJsonObject &parameters) const
    {
        return generate("/generate", u"Classify this ticket: I was charged twice"_s, parameters)
            .json()[u"generated_text"_s]
            .toString();
    }

private Q_SLOTS:
    void initTestCase();
    void answersBare();
    void rootAnswersAnArray();
    void givesDetails();
    void tellsTimesInHeaders();
    void streams();
    void streamEndsAtLength();
    void endOfTextInTheLastPlaceIsLength();
    void stopTextIsKept();
    void rootStreamsIfAsked();
    void generateNeverStreams();
    void adaptersChangeTheWords();
    void mergesAdapters();
    void greedyUnlessSampling();
    void bestOf();
    void answersInJson();
};

void tst_SimulatorLorax::initTestCase()
{
    SimulatorOptions options;
    options.timing = *simulatorProfile(u"unpaced");
    m_simulator = std::make_unique<SimulatorThread>(options);
    QVERIFY(m_simulator->start());
    m_port = m_simulator->port();
}

void tst_SimulatorLorax::answersBare()
{
    const RawReply reply = generate("/generate", u"Say: blue"_s);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json(), (QJsonObject{{u"generated_text"_s, u"blue"_s}}));
    QCOMPARE(generate("/generate", u"Say: blue"_s, {{u"return_full_text"_s, true}})
                 .json()[u"generated_text"_s]
                 .toString(),
        u"Say: blueblue"_s);
}

void tst_SimulatorLorax::rootAnswersAnArray()
{
    for (const QByteArray path : {"/", "/invocations"}) {
        const QJsonArray array
            = QJsonDocument::fromJson(generate(path, u"Say: blue"_s).body).array();
        QCOMPARE(array.size(), 1);
        QCOMPARE(array[0][u"generated_text"_s].toString(), u"blue"_s);
    }
}

void tst_SimulatorLorax::givesDetails()
{
    const QJsonObject details = generate("/generate", u"Say: light blue"_s,
        {{u"decoder_input_details"_s, true}, {u"return_k_alternatives"_s, 2}})
                                    .json()[u"details"_s]
                                    .toObject();
    QCOMPARE(details[u"finish_reason"_s].toString(), u"eos_token"_s);
    QVERIFY(details[u"seed"_s].isNull());
    QCOMPARE(details[u"skipped_tokens"_s].toInt(-1), 0);
    const QJsonArray prefill = details[u"prefill"_s].toArray();
    QCOMPARE(prefill.size(), details[u"prompt_tokens"_s].toInteger());
    QVERIFY(prefill[0][u"logprob"_s].isNull());
    QVERIFY(prefill[1][u"logprob"_s].toDouble() < 0);
    const QJsonArray tokens = details[u"tokens"_s].toArray();
    QCOMPARE(tokens.size(), details[u"generated_tokens"_s].toInteger());
    QString joined;
    for (const QJsonValue &token : tokens) {
        QVERIFY(token[u"id"_s].toInt() > 0);
        QCOMPARE(token[u"skipped"_s], QJsonValue(false));
        if (!token[u"special"_s].toBool()) {
            joined += token[u"text"_s].toString();
            QCOMPARE(token[u"alternative_tokens"_s].toArray().size(), 2);
        }
    }
    QCOMPARE(joined, u"light blue"_s);
    QCOMPARE(tokens.last()[u"text"_s].toString(), u"</s>"_s);
    QVERIFY(!generate("/generate", u"Hello"_s).json().contains(u"details"_s));
}

void tst_SimulatorLorax::tellsTimesInHeaders()
{
    const RawReply reply
        = generate("/generate", u"Say: blue"_s, {{u"adapter_id"_s, u"support-v3"_s}});
    for (const QByteArray name : {"x-total-time", "x-queue-time", "x-inference-time",
             "x-time-per-token", "x-time-to-first-token", "x-validation-time", "x-prompt-tokens"}) {
        bool ok = false;
        QVERIFY(reply.header(name).toInt(&ok) >= 0);
        QVERIFY2(ok, name);
    }
    QCOMPARE(reply.header("x-generated-tokens"), "2");
    QCOMPARE(reply.header("x-compute-characters"), "9");
    QCOMPARE(reply.header("x-adapter-id"), "support-v3");
    QCOMPARE(reply.header("x-adapter-source"), "hub");
    QCOMPARE(reply.header("x-model-id"), simulatorBaseModel().toUtf8());
    QVERIFY(generate("/generate", u"Say: blue"_s).header("x-adapter-id").isEmpty());
    QVERIFY(generate("/generate", u"Hi"_s, {{u"top_k"_s, 0}}).header("x-model-id").isEmpty());
}

void tst_SimulatorLorax::streams()
{
    const RawReply reply
        = generate("/generate_stream", u"Say: The sky is blue"_s, {{u"details"_s, true}});
    QCOMPARE(reply.header("content-type"), "text/event-stream");
    QVERIFY(reply.header("x-total-time").isEmpty());
    const QList<QJsonObject> events = reply.chunks();
    QString joined;
    for (qsizetype i = 0; i < events.size(); ++i) {
        const QJsonObject token = events[i][u"token"_s].toObject();
        QCOMPARE(token.keys(),
            (QStringList{u"id"_s, u"logprob"_s, u"skipped"_s, u"special"_s, u"text"_s}));
        QCOMPARE(events[i].keys(), (QStringList{u"details"_s, u"generated_text"_s, u"token"_s}));
        const bool last = i + 1 == events.size();
        QCOMPARE(events[i][u"generated_text"_s].isString(), last);
        QCOMPARE(token[u"special"_s].toBool(), last);
        if (!last) {
            QVERIFY(events[i][u"details"_s].isNull());
            joined += token[u"text"_s].toString();
        }
    }
    QCOMPARE(joined, u"The sky is blue"_s);
    const QJsonObject &last = events.constLast();
    QCOMPARE(last[u"token"_s][u"text"_s].toString(), u"</s>"_s);
    QCOMPARE(last[u"generated_text"_s].toString(), joined);
    QCOMPARE(last[u"details"_s][u"finish_reason"_s].toString(), u"eos_token"_s);
    QCOMPARE(last[u"details"_s][u"generated_tokens"_s].toInteger(), events.size());
    QVERIFY(!reply.body.contains("[DONE]"));
    QVERIFY(reply.body.startsWith("data: {"));
}

void tst_SimulatorLorax::streamEndsAtLength()
{
    const QList<QJsonObject> events
        = generate("/generate_stream", u"Explain rate limits"_s, {{u"max_new_tokens"_s, 4}})
              .chunks();
    QCOMPARE(events.size(), 4);
    QVERIFY(!events[3][u"token"_s][u"special"_s].toBool());
    QVERIFY(events[3][u"generated_text"_s].isString());
    QVERIFY(events[3][u"details"_s].isNull()); // details were not asked for
}

void tst_SimulatorLorax::endOfTextInTheLastPlaceIsLength()
{
    const auto reason = [this](int limit) {
        return generate(
            "/generate", u"Say: one two"_s, {{u"details"_s, true}, {u"max_new_tokens"_s, limit}})
            .json()[u"details"_s][u"finish_reason"_s]
            .toString();
    };
    QCOMPARE(reason(2), u"length"_s);
    QCOMPARE(reason(3), u"length"_s); // "one", " two", "</s>"
    QCOMPARE(reason(4), u"eos_token"_s);
}

void tst_SimulatorLorax::stopTextIsKept()
{
    const QJsonObject json = generate("/generate", u"Say: one two three"_s,
        {{u"details"_s, true}, {u"stop"_s, QJsonArray{u"two"_s}}})
                                 .json();
    QCOMPARE(json[u"generated_text"_s].toString(), u"one two"_s);
    QCOMPARE(json[u"details"_s][u"finish_reason"_s].toString(), u"stop_sequence"_s);
}

void tst_SimulatorLorax::rootStreamsIfAsked()
{
    const RawReply reply = generate("/", u"Say: blue"_s, {}, true);
    QCOMPARE(reply.header("content-type"), "text/event-stream");
    QCOMPARE(reply.chunks().constLast()[u"generated_text"_s].toString(), u"blue"_s);
}

void tst_SimulatorLorax::generateNeverStreams()
{
    const RawReply reply = generate("/generate", u"Say: blue"_s, {}, true);
    QCOMPARE(reply.header("content-type"), "application/json");
    QCOMPARE(reply.json()[u"generated_text"_s].toString(), u"blue"_s);
}

void tst_SimulatorLorax::adaptersChangeTheWords()
{
    const QString v3 = text({{u"adapter_id"_s, u"support-v3"_s}});
    QVERIFY(v3.contains(u"\"normal\""_s));
    QVERIFY(text({{u"adapter_id"_s, u"acme/support-v4"_s}}).contains(u"\"high\""_s));
    QVERIFY(text({{u"adapter_id"_s, u"support-v4/2"_s}, {u"adapter_source"_s, u"pbase"_s}})
            .contains(u"\"high\""_s));
    QCOMPARE(text({{u"adapter_id"_s, u""_s}}), text({}));
    QCOMPARE(text({{u"adapter_id"_s, u"__base_model__"_s}}), text({}));
    QVERIFY(text({}) != v3);
}

void tst_SimulatorLorax::mergesAdapters()
{
    const auto merged = [this](double first, double second) {
        return text({{u"merged_adapters"_s,
            QJsonObject{{u"ids"_s, QJsonArray{u"support-v3"_s, u"sql-expert"_s}},
                {u"weights"_s, QJsonArray{first, second}}, {u"merge_strategy"_s, u"ties"_s},
                {u"density"_s, 0.5}, {u"majority_sign_method"_s, u"total"_s}}}});
    };
    QVERIFY(merged(1, 0.1).contains(u"\"priority\""_s));
    QVERIFY(!merged(1, 0.1).contains(u"```sql"_s));
    QVERIFY(merged(0.1, 1).startsWith(u"```sql"_s));
    const QString both = merged(0.6, 0.5);
    QVERIFY(both.contains(u"\"priority\""_s) && both.contains(u"```sql"_s));
}

void tst_SimulatorLorax::greedyUnlessSampling()
{
    const auto ask = [this](const QJsonObject &more) {
        QJsonObject parameters = more;
        parameters.insert(u"details"_s, true);
        return generate("/generate", u"Write a long essay about tides"_s, parameters).json();
    };
    QCOMPARE(ask({})[u"generated_text"_s], ask({})[u"generated_text"_s]);
    QVERIFY(ask({})[u"details"_s][u"seed"_s].isNull());
    const QJsonObject sampling{{u"do_sample"_s, true}};
    QVERIFY(ask(sampling)[u"details"_s][u"seed"_s].isDouble());
    QVERIFY(ask(sampling)[u"generated_text"_s] != ask(sampling)[u"generated_text"_s]);
    // Seeds have 64 bits and come back as they were sent.
    const QByteArray body = R"({"inputs":"Say: x","parameters":{"details":true,"do_sample":true,)"
                            R"("seed":18446744073709551615}})";
    QVERIFY(Lorikeet::ask(m_port, "POST", "/generate", body, {})
            .body.contains("\"seed\":18446744073709551615"));
}

void tst_SimulatorLorax::bestOf()
{
    const QJsonObject json = generate("/generate", u"Hello"_s,
        {{u"best_of"_s, 2}, {u"do_sample"_s, true},
            {u"details"_s,
                true}}).json();
    const QJsonArray losers = json[u"details"_s][u"best_of_sequences"_s].toArray();
    QCOMPARE(losers.size(), 1);
    QCOMPARE(losers[0].toObject().keys(),
        (QStringList{u"finish_reason"_s, u"generated_text"_s, u"generated_tokens"_s, u"prefill"_s,
            u"seed"_s, u"tokens"_s}));
}

void tst_SimulatorLorax::answersInJson()
{
    const auto isJson = [this](const QJsonObject &format) {
        const QString said = text({{u"response_format"_s, format}});
        return QJsonDocument::fromJson(said.toUtf8()).isObject();
    };
    const QJsonObject schema{{u"type"_s, u"object"_s},
        {u"properties"_s, QJsonObject{{u"city"_s, QJsonObject{{u"type"_s, u"string"_s}}}}}};
    QVERIFY(isJson({{u"type"_s, u"json_object"_s}, {u"schema"_s, schema}}));
    QVERIFY(isJson({{u"type"_s, u"text"_s}})); // the type is not looked at
    QVERIFY(!isJson({{u"type"_s, u"json_object"_s}, {u"schema"_s, QJsonValue()}}));
}

QTEST_GUILESS_MAIN(tst_SimulatorLorax)

#include "tst_simulatorlorax.moc"
