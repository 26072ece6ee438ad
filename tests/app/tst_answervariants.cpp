// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "answervariants.h"
#include "prompthistory.h"

#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

namespace {

const QUuid endpoint = QUuid::createUuid();

ChatSetup setup(const ParameterSet &parameters = {})
{
    return {.endpoint = endpoint, .model = u"base"_s, .parameters = parameters};
}

ChatNode answer(const ChatSetup &asked)
{
    ChatNode node;
    node.message.role = Role::Assistant;
    node.origin.setup = asked;
    node.origin.provider = u"openai"_s;
    return node;
}

const EndpointDescription server{
    .server = u"vLLM"_s,
    .models = {{.id = u"base"_s}, {.id = u"tuned"_s}, {.id = u"other"_s}},
    .adapters = {{.id = u"tuned"_s, .base = u"base"_s}},
    .adapterStyle = AdapterStyle::Listed,
};

QList<AnswerVariant> variants(const ChatNode &node, const ChatSetup &present)
{
    return answerVariants(node, present, u"openai"_s, server);
}

/// The setup of the variant with this detail.
std::optional<ChatSetup> find(const QList<AnswerVariant> &list, const QString &detail)
{
    for (const AnswerVariant &variant : list) {
        if (variant.detail == detail) {
            return variant.setup;
        }
    }
    return std::nullopt;
}

} // namespace

/// What is offered besides asking again the same way.
class TestAnswerVariants : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void temperatureGoesUpAndDown()
    {
        const ChatSetup present = setup({{u"temperature"_s, 0.7}, {u"top_p"_s, 0.9}});
        const QList<AnswerVariant> list = variants(answer(present), present);
        const auto hotter = find(list, u"temperature 0.9"_s);
        const auto cooler = find(list, u"temperature 0.5"_s);
        QVERIFY(hotter && cooler);
        QCOMPARE(hotter->parameters.value(u"temperature"_s).toDouble(), 0.9);
        QCOMPARE(hotter->parameters.value(u"top_p"_s).toDouble(), 0.9);
        QCOMPARE(cooler->model, u"base"_s);
    }

    void noTemperatureTheServerWouldRefuse()
    {
        const ChatSetup present = setup({{u"temperature"_s, 0.1}});
        for (const AnswerVariant &variant : variants(answer(present), present)) {
            QVERIFY(variant.setup.parameters.value(u"temperature"_s).toDouble(0) >= 0);
        }
    }

    void otherAdaptersAndModelsOfTheServer()
    {
        const QList<AnswerVariant> list = variants(answer(setup()), setup());
        const auto adapter = find(list, u"tuned"_s);
        QVERIFY(adapter);
        QCOMPARE(adapter->adapter.id, u"tuned"_s);
        QCOMPARE(adapter->model, u"base"_s);
        const auto model = find(list, u"other"_s);
        QVERIFY(model);
        QCOMPARE(model->model, u"other"_s);
        QVERIFY(model->adapter.isBase());
        QVERIFY(!find(list, u"base"_s));
    }

    void fromAnAdapterBackToTheBase()
    {
        ChatSetup present = setup();
        present.adapter.id = u"tuned"_s;
        const auto base = find(variants(answer(present), present), u"base"_s);
        QVERIFY(base);
        QVERIFY(base->adapter.isBase());
    }

    void asItWasAskedOnlyWhereThatDiffers()
    {
        const ChatSetup asked = setup({{u"top_p"_s, 0.5}});
        const QList<AnswerVariant> differing = variants(answer(asked), setup());
        QCOMPARE(differing.first().setup, asked);
        for (const AnswerVariant &variant : variants(answer(asked), asked)) {
            QVERIFY(!(variant.setup == asked));
        }
    }

    void theNextSeedWhereOneIsSet()
    {
        const ChatSetup present = setup({{u"seed"_s, 41}});
        const auto next = find(variants(answer(present), present), u"seed 42"_s);
        QVERIFY(next);
        QCOMPARE(next->parameters.value(u"seed"_s).toInteger(), 42);
    }

    void limitIsDoubled()
    {
        ChatNode node = answer(setup({{u"max_tokens"_s, 64}}));
        QVERIFY(!raisedLimit(node));
        node.finish.kind = FinishReason::Kind::Length;
        QCOMPARE(raisedLimit(node), (RaisedLimit{u"max_tokens"_s, 128}));
        node.origin.setup.parameters.clear();
        QVERIFY(!raisedLimit(node));
        node.metrics.outputTokens = 100;
        QCOMPARE(raisedLimit(node), (RaisedLimit{u"max_tokens"_s, 200}));
        node.origin.provider = u"lorax"_s;
        QCOMPARE(raisedLimit(node), (RaisedLimit{u"max_new_tokens"_s, 200}));
    }

    void historyGoesBackAndForthAndGivesBackWhatWasTyped()
    {
        const QDateTime begin = QDateTime::currentDateTimeUtc();
        Conversation talk = Conversation::create(setup(), begin);
        QUuid at;
        int second = 0;
        for (const QString &text : {u"one"_s, u"two"_s, u"one"_s, u"three"_s}) {
            at = talk.addUser(at, text, begin.addSecs(++second));
        }
        PromptHistory history;
        QCOMPARE(history.step(talk, -1, u"typed"_s), u"three"_s);
        // What was said twice comes once, where it was said last.
        QCOMPARE(history.step(talk, -1, u"three"_s), u"one"_s);
        QCOMPARE(history.step(talk, -1, u"one"_s), u"two"_s);
        QVERIFY(!history.step(talk, -1, u"two"_s));
        QCOMPARE(history.step(talk, 1, u"two"_s), u"one"_s);
        QCOMPARE(history.step(talk, 1, u"one"_s), u"three"_s);
        QCOMPARE(history.step(talk, 1, u"three"_s), u"typed"_s);
        QVERIFY(!history.step(talk, 1, u"typed"_s));
        // After something else was typed it begins anew.
        QCOMPARE(history.step(talk, -1, u"changed"_s), u"three"_s);
        QCOMPARE(history.step(talk, 1, u"three"_s), u"changed"_s);
    }
};

QTEST_MAIN(TestAnswerVariants)

#include "tst_answervariants.moc"
