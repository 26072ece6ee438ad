// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparisonpicture.h"
#include "translations.h"

#include <QJsonArray>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <QRegularExpression>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

namespace {

/// Keeps the text that is painted on it, in that order and without spaces, and nothing else.
class Words final : public QPaintDevice
{
public:
    [[nodiscard]] QPaintEngine *paintEngine() const override { return &m_engine; }

    [[nodiscard]] QString text() const
    {
        static const QRegularExpression space(u"\\s+"_s);
        return QString(m_engine.text).remove(space);
    }

protected:
    [[nodiscard]] int metric(PaintDeviceMetric metric) const override
    {
        switch (metric) {
        case PdmWidth:
        case PdmHeight:
            return 32'000;
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY:
            return 96;
        case PdmDevicePixelRatio:
        case PdmDepth:
            return 1;
        default:
            return QPaintDevice::metric(metric);
        }
    }

private:
    class Engine final : public QPaintEngine
    {
    public:
        Engine()
            : QPaintEngine(AllFeatures)
        { }

        bool begin(QPaintDevice *) override { return true; }

        bool end() override { return true; }

        void updateState(const QPaintEngineState &) override { }

        void drawPixmap(const QRectF &, const QPixmap &, const QRectF &) override { }

        void drawPath(const QPainterPath &) override { }

        void drawPolygon(const QPointF *, int, PolygonDrawMode) override { }

        void drawTextItem(const QPointF &, const QTextItem &item) override { text += item.text(); }

        [[nodiscard]] Type type() const override { return User; }

        QString text;
    };

    mutable Engine m_engine;
};

PictureLook look()
{
    PictureLook look;
    look.text.prose.setPixelSize(15);
    look.text.metric.setPixelSize(12);
    look.text.number.setPixelSize(12);
    look.text.code.setPixelSize(13);
    for (QFont &font : look.text.headings) {
        font.setPixelSize(18);
    }
    look.ground = Qt::white;
    look.lanes = {Qt::blue, Qt::darkGreen};
    return look;
}

} // namespace

/// What is painted of a comparison.
class TestComparisonPicture final : public QObject
{
    Q_OBJECT

    const QDateTime t0{{2026, 1, 2}, {3, 4, 5}, QTimeZone::UTC};

    /// One more prompt and its answer.
    void say(ExportedLane &lane, const QString &prompt, const QString &answer) const
    {
        Conversation &said = lane.conversation;
        const QUuid asked = said.addUser(said.leaf(), prompt, t0);
        ChatNode node = *said.find(said.addAnswer(asked, {.setup = said.head().setup}, t0));
        node.state = ChatNode::State::Complete;
        node.message.content = answer;
        node.metrics.outputTokens = 21;
        said.update(node);
    }

    [[nodiscard]] ExportedLane lane(const QString &name, const QString &answer) const
    {
        ExportedLane lane{.name = name,
            .endpointName = u"prod-eu"_s,
            .conversation = Conversation::create({.model = u"llama"_s}, t0)};
        say(lane, u"What is a lori?"_s, answer);
        return lane;
    }

    /// What a judge said of the last answers of two lanes: the second is better.
    [[nodiscard]] JudgedTurn judged(const QList<ExportedLane> &lanes) const
    {
        const auto reading = [](double first, const QString &reason) {
            return JudgeReading{.shownFirst = first,
                .shownSecond = 1 - first,
                .neither = 0,
                .mass = {},
                .reason = reason};
        };
        return {.answers = {lanes[0].conversation.leaf(), lanes[1].conversation.leaf()},
            .judge = u"judge-7b · prod"_s,
            .rubric = {.id = {}, .name = u"Tone"_s, .criteria = {{u"It is kind."_s, 3}}},
            .currency = u"€"_s,
            .pairs = {{.first = 0,
                .second = 1,
                .judgement = {.forward = reading(0.1, u"The first is too short."_s),
                    .backward = reading(0.7, u"The first is whole."_s),
                    .error = {},
                    .promptTokens = 210,
                    .outputTokens = 12,
                    .cost = 0.5}}},
            .wanted = 1,
            .problem = {},
            .created = t0};
    }

    [[nodiscard]] static QString painted(
        const ComparisonRecord &record, const QList<ExportedLane> &lanes)
    {
        Words words;
        QPainter painter(&words);
        ComparisonPicture(ComparisonSheet(record, lanes, false), look()).paint(painter);
        painter.end();
        return words.text();
    }

    [[nodiscard]] static qreal heightOf(
        const ComparisonRecord &record, const QList<ExportedLane> &lanes)
    {
        return ComparisonPicture(ComparisonSheet(record, lanes, false), look()).size().height();
    }

private Q_SLOTS:

    void initTestCase() { installTranslations(*QCoreApplication::instance()); }

    void whatModelsSaidIsBelowTheAnswersItIsAbout()
    {
        QList<ExportedLane> lanes{lane(u"v3"_s, u"A bird."_s), lane(u"v4"_s, u"A parrot."_s)};
        ComparisonRecord record{.title = u"Birds"_s, .judged = {judged(lanes)}};
        for (ExportedLane &each : lanes) {
            say(each, u"And what does it eat?"_s, u"Nectar."_s);
        }
        const QString text = painted(record, lanes);
        const auto at = [&text](const QString &words) { return text.indexOf(words); };
        QVERIFY2(at(u"Aparrot."_s) > 0, qPrintable(text));
        QVERIFY2(at(u"Judgedbyjudge-7b·prod"_s) > at(u"Aparrot."_s), qPrintable(text));
        QVERIFY(at(u"Andwhatdoesiteat?"_s) > at(u"Judgedby"_s));
        QCOMPARE(text.count(u"Judgedby"_s), 1);
        for (const QString &words : {u"With“Tone”:Itiskind.(3)"_s, u"B80%A20%"_s,
                 u"B80%,bothordersagree"_s, u"A,thenB:B90%"_s, u"Thefirstistooshort."_s,
                 u"B,thenA:B70%"_s, u"Thefirstiswhole."_s, u"1of1pairjudgedinbothorders,1alike"_s,
                 u"210tokensread,12written"_s, u"€"_s, u"byitsplace"_s}) {
            QVERIFY2(text.contains(words), qPrintable(words + u" in "_s + text));
        }
        // It takes room of its own.
        const qreal height = heightOf(record, lanes);
        record.judged.clear();
        QVERIFY(height > heightOf(record, lanes) + 100);
        QVERIFY(!painted(record, lanes).contains(u"Judged"_s));
    }

    void whatWasSaidOfOtherAnswersIsNotThere()
    {
        const QList<ExportedLane> lanes{lane(u"v3"_s, u"A bird."_s), lane(u"v4"_s, u"A parrot."_s)};
        ComparisonRecord record{.title = u"Birds"_s, .judged = {judged(lanes)}};
        record.judged.first().answers.last() = QUuid::createUuid();
        QVERIFY(!painted(record, lanes).contains(u"Judged"_s));
    }

    void whyAPairIsNotJudgedIsThere()
    {
        const QList<ExportedLane> lanes{lane(u"v3"_s, u"A bird."_s), lane(u"v4"_s, u"A parrot."_s)};
        JudgedTurn turn = judged(lanes);
        turn.pairs.first().judgement.backward.reset();
        turn.pairs.first().judgement.error
            = ApiError{.kind = ApiError::Kind::RateLimited, .message = u"It is busy."_s};
        turn.problem = u"It was stopped."_s;
        const QString text = painted({.judged = {turn}}, lanes);
        for (const QString &words : {u"notjudgedinbothorders"_s, u"B,thenA:notjudged"_s,
                 u"Itisbusy."_s, u"Itwasstopped."_s}) {
            QVERIFY2(text.contains(words), qPrintable(words + u" in "_s + text));
        }
    }

    void nothingSecretIsPainted()
    {
        QList<ExportedLane> lanes{lane(u"v3"_s, u"A bird."_s), lane(u"v4"_s, u"A parrot."_s)};
        const QString key = u"sk-canary0123456789abcdef"_s;
        const QString address = u"https://me:canary@host/v1?api_key=canary"_s;
        ExportedLane &first = lanes.first();
        first.name = u"v3 "_s + key;
        first.endpointName = address;
        ChatSetup setup{.endpoint = QUuid::createUuid(),
            .model = address,
            .adapter = {.id = u"s3://id:canary@bucket/v3"_s, .token = Secret(u"canary"_s)},
            .parameters = {{u"gateway_token"_s, u"canary"_s}},
            .systemPrompt = u"Send Authorization: Bearer canary."_s};
        setup.extraBody = {{u"apiKey"_s, u"canary in words"_s},
            {u"gateway"_s, QJsonObject{{u"client-secret"_s, QJsonArray{u"canary"_s}}}}};
        first.conversation.head().setup = setup;
        say(first, u"Why does "_s + address + u" fail?"_s,
            u"It wants a header:\n\n```\nX-Api-Key: canary\n```\n\n| a | b |\n|---|---|\n| 1 | "_s
                + key + u" |\n"_s);
        ChatNode node = *first.conversation.find(first.conversation.leaf());
        node.state = ChatNode::State::Failed;
        node.error
            = ApiError{.kind = ApiError::Kind::Refused, .message = u"Nobody at "_s + address};
        first.conversation.update(node);
        say(lanes.last(), u"Why?"_s, u"Cookie: sid=canary"_s);
        JudgedTurn turn = judged(lanes);
        turn.judge = u"judge at "_s + address;
        turn.rubric.name = key;
        turn.rubric.criteria.first().text = u"Not "_s + key;
        turn.problem = u"Refused by "_s + address;
        Judgement &judgement = turn.pairs.first().judgement;
        judgement.forward->reason = u"The key "_s + key + u" is told."_s;
        judgement.backward->reason = u"Bearer canary"_s;
        judgement.error = node.error;
        const QString text = painted({.title = u"Key "_s + key, .judged = {turn}}, lanes);
        QVERIFY2(!text.contains(u"canary"_s, Qt::CaseInsensitive), qPrintable(text));
        // All of it was there to be painted.
        for (const QString &words : {u"Key***"_s, u"v3***"_s, u"gateway_token:\"***\""_s,
                 u"\"apiKey\":\"***\""_s, u"s3://***@bucket/v3"_s, u"SendAuthorization:Bearer***"_s,
                 u"X-Api-Key:***"_s, u"Whydoeshttps://***@host"_s, u"Nobodyathttps://***@host"_s,
                 u"Cookie:***"_s, u"judgeathttps://***@host"_s, u"“***”:Not***"_s,
                 u"Refusedbyhttps://***@host"_s, u"Thekey***istold."_s}) {
            QVERIFY2(text.contains(words), qPrintable(words + u" in "_s + text));
        }
    }

    void itIsDrawnAsHighAsItSays()
    {
        const QList<ExportedLane> lanes{lane(u"v3"_s, u"A bird."_s), lane(u"v4"_s, u"A parrot."_s)};
        const ComparisonPicture picture(
            ComparisonSheet({.title = u"Birds"_s, .judged = {judged(lanes)}}, lanes, true), look());
        const Result<QImage> image = picture.draw();
        QVERIFY(image);
        QCOMPARE(image->size(), (picture.size() * image->devicePixelRatio()).toSize());
        QVERIFY(image->textKeys().isEmpty());
        QVERIFY(!ComparisonPicture(ComparisonSheet({}, {}, true), look()).draw()->isNull());
    }
};

QTEST_MAIN(TestComparisonPicture)

#include "tst_comparisonpicture.moc"
