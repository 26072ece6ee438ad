// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/learntnames.h"

#include "chatrecorder.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

namespace {

const QString older = u"max_tokens"_s;
const QString newer = u"max_completion_tokens"_s;

ApiError refusal(const QString &parameter, const QString &code = u"unsupported_parameter"_s)
{
    return {
        .kind = ApiError::Kind::BadRequest, .httpStatus = 400, .code = code, .param = parameter};
}

} // namespace

/// What refusals teach of the names of parameters.
class TestLearntNames final : public QObject
{
    Q_OBJECT

    const ParameterSet m_asked{{older, 7}, {u"temperature"_s, 1}};
    const Endpoint m_endpoint{.url = QUrl(u"https://a.example"_s), .provider = u"openai"_s};

private Q_SLOTS:

    void initTestCase_data() { addManagerRows(); }

    void aRefusalTeachesAName()
    {
        const auto names = learntFrom(refusal(older), m_endpoint, u"o"_s, m_asked);
        QVERIFY(names);
        QCOMPARE(*names, (QList<LearntName>{{u"o"_s, older, newer}}));
        Endpoint wiser = m_endpoint;
        wiser.learntNames = *names;
        QVERIFY(!learntFrom(refusal(older), wiser, u"o"_s, m_asked));

        const ParameterSet sent{{newer, 7}, {u"temperature"_s, 1}};
        QCOMPARE(underLearntNames(wiser, u"o"_s, m_asked), sent);
        QCOMPARE(learntNotes(wiser, u"o"_s, m_asked).size(), 1);
        QVERIFY(learntNotes(wiser, u"o"_s, sent).isEmpty());
        // Of one model, not of another.
        QCOMPARE(underLearntNames(wiser, u"gpt"_s, m_asked), m_asked);
        QVERIFY(learntNotes(wiser, u"gpt"_s, m_asked).isEmpty());
        QCOMPARE(learntFrom(refusal(older), wiser, u"o2"_s, m_asked)->size(), 2);
    }

    void notEveryErrorTeaches()
    {
        QVERIFY(!learntFrom(
            refusal(u"temperature"_s, u"unsupported_value"_s), m_endpoint, u"o"_s, m_asked));
        QVERIFY(!learntFrom(refusal(u"stop"_s), m_endpoint, u"o"_s, m_asked));
        QVERIFY(!learntFrom(refusal(older, u"invalid_type"_s), m_endpoint, u"o"_s, m_asked));
        QVERIFY(!learntFrom(refusal(older), m_endpoint, u"o"_s, {}));
        QVERIFY(!learntFrom(refusal({}), m_endpoint, u"o"_s, m_asked));
    }

    void anotherModelUnderTheSameIdTeachesAnew()
    {
        Endpoint wiser = m_endpoint;
        wiser.learntNames = {{u"o"_s, older, newer}, {u"p"_s, older, newer}};
        const auto names = learntFrom(refusal(newer), wiser, u"o"_s, m_asked);
        QVERIFY(names);
        QCOMPARE(*names, (QList<LearntName>{{u"p"_s, older, newer}}));
        // One who sets the newer name is refused by himself.
        QVERIFY(!learntFrom(refusal(newer), wiser, u"o"_s, {{newer, 7}}));
    }

    void theNextRequestGoesRight()
    {
        QFETCH_GLOBAL(const QString, manager);
        const ClientSetup setup(manager);
        setup.server->enqueue(Script::reply(400, "application/json"_ba,
            R"({"error":{"message":"Unsupported.","type":"invalid_request_error",)"
            R"("param":"max_tokens","code":"unsupported_parameter"}})"_ba));
        setup.server->setDefault(eventStream().chunk(piece("fine"_ba) + doneEvents).lastChunk());
        Target target = setup.target();
        ChatRequest request = ClientSetup::question();
        request.model = u"o"_s;
        request.parameters = m_asked;
        const auto sent = [&setup] {
            return QJsonDocument::fromJson(setup.server->requests().constLast().body);
        };

        ChatRecorder refused(setup.client->chat(target, request));
        QTRY_VERIFY_WITH_TIMEOUT(refused.isFinished(), longWait);
        QVERIFY(refused.outcome.error);
        QVERIFY(refused.outcome.notes.isEmpty());
        QCOMPARE(sent()[older].toInt(), 7);

        const auto names = learntFrom(
            *refused.outcome.error, target.endpoint, request.model, request.parameters);
        QVERIFY(names);
        target.endpoint.learntNames = *names;
        ChatRecorder right(setup.client->chat(target, request));
        QTRY_VERIFY_WITH_TIMEOUT(right.isFinished(), longWait);
        QVERIFY(!right.outcome.error);
        QCOMPARE(right.text(), u"fine"_s);
        QVERIFY(sent()[older].isUndefined());
        QCOMPARE(sent()[newer].toInt(), 7);
        QCOMPARE(sent()[u"temperature"_s].toInt(), 1);
        QCOMPARE(right.outcome.notes.size(), 1);
        QVERIFY(right.outcome.notes.constFirst().contains(newer));
        QCOMPARE(setup.server->requests().size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestLearntNames)
#include "tst_learntnames.moc"
