// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compare/judgement.h"
#include "providers/promptformat.h"
#include "simulator/composer.h"
#include "simulator/prompt.h"
#include "simulator/tokenizer.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet::Sim;

namespace {

GenerationRequest about(const QString &prompt)
{
    GenerationRequest request;
    request.messages = {{.role = u"user"_s, .text = prompt}};
    request.maxTokens = 4000;
    request.temperature = 0;
    return request;
}

QString answerTo(const GenerationRequest &request, quint64 entropy = 0)
{
    return QString::fromUtf8(compose(request, 0, entropy).text);
}

} // namespace

/// What the simulated model says, without a server.
class tst_Composer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fitsThePrompt_data();
    void fitsThePrompt();
    void namesTheSubject_data();
    void namesTheSubject();
    void survivesAnyPrompt_data();
    void survivesAnyPrompt();
    void adaptersHaveTheirTone();
    void temperatureBringsVariety();
    void answersTheToolsResult();
    void judgesTwoAnswers_data();
    void judgesTwoAnswers();
    void continuesWhatWasBegun();
    void readsTranscripts_data();
    void readsTranscripts();
    void piecesAreTheText();
    void piecesLookLikeTokens();
    void probabilitiesAreInOrder();
};

void tst_Composer::fitsThePrompt_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QRegularExpression>("pattern");
    QTest::newRow("greeting") << u"Hello"_s << QRegularExpression(u"simulated model"_s);
    QTest::newRow("python") << u"Write a Python function that merges intervals"_s
                            << QRegularExpression(u"```python\\n"_s);
    QTest::newRow("c++") << u"Some C++ code, please"_s << QRegularExpression(u"```cpp\\n"_s);
    QTest::newRow("sql") << u"An SQL query for orders"_s << QRegularExpression(u"```sql\\n"_s);
    QTest::newRow("table") << u"Compare three caching strategies in a table"_s
                           << QRegularExpression(u"\\n\\|[-:|]+\\|\\n"_s);
    QTest::newRow("list") << u"Give me tips for a calm morning"_s
                          << QRegularExpression(u"(?m)^1\\. "_s);
    QTest::newRow("essay") << u"Write a long essay about tides"_s
                           << QRegularExpression(u"^# .*[Tt]ides"_s);
    QTest::newRow("json") << u"Describe a cat as JSON"_s << QRegularExpression(u"```json\\n\\{"_s);
    QTest::newRow("languages") << u"Translate good morning"_s
                               << QRegularExpression(u"こんにちは"_s);
    QTest::newRow("explanation") << u"What is a mutex?"_s
                                 << QRegularExpression(u"\\*\\*[Mm]utex\\*\\*"_s);
    QTest::newRow("echo") << u"Say: “one two”"_s << QRegularExpression(u"^one two$"_s);
    QTest::newRow("who") << u"Who are you?"_s << QRegularExpression(u"simulated model"_s);
    QTest::newRow("ticket") << u"Classify this ticket: charged twice"_s
                            << QRegularExpression(u"```json"_s);
}

void tst_Composer::fitsThePrompt()
{
    QFETCH(const QString, prompt);
    QFETCH(const QRegularExpression, pattern);
    const QString answer = answerTo(about(prompt));
    QVERIFY2(pattern.match(answer).hasMatch(), qPrintable(answer));
    QVERIFY(!answer.contains(u"{subject}"_s, Qt::CaseInsensitive));
}

void tst_Composer::namesTheSubject_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QString>("subject");
    const auto row = [](const QString &prompt, const QString &subject) {
        QTest::newRow(qPrintable(prompt)) << prompt << subject;
    };
    row(u"What is a mutex?"_s, u"mutex"_s);
    row(u"Explain the TCP handshake"_s, u"TCP handshake"_s);
    row(u"Write a long essay about the history of tea."_s, u"history of tea"_s);
    row(u"Classify this ticket: “Charged twice for March, please fix.”"_s,
        u"Charged twice for March, please fix"_s);
    row(u"???"_s, u"your message"_s);
    row(u"Was ist ein Käfer?"_s, u"Was ist ein Käfer"_s);
}

void tst_Composer::namesTheSubject()
{
    QFETCH(const QString, prompt);
    QTEST(readPrompt(prompt).subject, "subject");
}

void tst_Composer::survivesAnyPrompt_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::newRow("empty") << QString();
    QTest::newRow("spaces") << u" \n\t "_s;
    QTest::newRow("emoji") << u"🦜🦜🦜"_s;
    QTest::newRow("say nothing") << u"Say:"_s;
    QTest::newRow("quotes") << u"\"\"\"\""_s;
    QTest::newRow("half surrogate") << QString(QChar(0xd83e));
    QTest::newRow("long") << u"lorem ipsum "_s.repeated(50'000);
    QTest::newRow("one long word") << u"a"_s.repeated(200'000);
    QTest::newRow("braces") << u"{subject} %1 {Subject}"_s;
}

void tst_Composer::survivesAnyPrompt()
{
    QFETCH(const QString, prompt);
    const Answer answer = compose(about(prompt), 0, 1);
    QVERIFY(answer.text.isValidUtf8());
}

void tst_Composer::adaptersHaveTheirTone()
{
    QStringList answers;
    for (const QString &adapter : {QString(), u"support-v3"_s, u"support-v4"_s, u"sql-expert"_s}) {
        GenerationRequest request = about(u"Explain late deliveries"_s);
        if (!adapter.isEmpty()) {
            request.adapters = {{.id = adapter}};
        }
        answers.append(answerTo(request));
    }
    QVERIFY(answers[1].startsWith(u"Dear customer"_s));
    QVERIFY(answers[3].startsWith(u"```sql"_s));
    answers.removeDuplicates();
    QCOMPARE(answers.size(), 4);
}

void tst_Composer::temperatureBringsVariety()
{
    const auto variants = [](double temperature) {
        QSet<QString> said;
        GenerationRequest request = about(u"Explain rate limits"_s);
        request.temperature = temperature;
        for (quint64 i = 0; i < 40; ++i) {
            said.insert(answerTo(request, i * 7919));
        }
        return said.size();
    };
    QCOMPARE(variants(0), 1);
    QVERIFY(variants(0.1) < variants(1.0));
    QVERIFY(variants(1.0) > 20);
}

void tst_Composer::answersTheToolsResult()
{
    GenerationRequest request = about(u"What is the weather in Ulm?"_s);
    request.messages.append({.role = u"assistant"_s, .text = {}});
    request.messages.append({.role = u"tool"_s, .text = u"{\"celsius\": 21}"_s});
    QVERIFY(answerTo(request).contains(u"{\"celsius\": 21}"_s));
}

void tst_Composer::continuesWhatWasBegun()
{
    GenerationRequest request = about(u"Explain rate limits"_s);
    const QString whole = answerTo(request);
    request.continues = true;
    request.messages.append({.role = u"assistant"_s, .text = whole.left(100)});
    QCOMPARE(answerTo(request), whole.sliced(100));
    request.messages.last().text = u"Something else altogether."_s;
    QVERIFY(answerTo(request).startsWith(u"\n\n"_s));
}

void tst_Composer::readsTranscripts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("begun");
    QTest::newRow("none") << u"Hello User: you"_s << u"Hello User: you"_s << QString();
    for (const QString &format : Lorikeet::promptFormats()) {
        using Lorikeet::Message;
        using Lorikeet::Role;
        QList<Message> messages{{.role = Role::System, .content = u"Be brief."_s},
            {.role = Role::User, .content = u"First question"_s},
            {.role = Role::Assistant, .content = u"First answer"_s},
            {.role = Role::User, .content = u"Second\nquestion"_s}};
        QTest::addRow("%s", qPrintable(format))
            << Lorikeet::formatPrompt(format, messages) << u"Second\nquestion"_s << QString();
        messages.append({.role = Role::Assistant, .content = u"Well, it"_s});
        QTest::addRow("%s, begun", qPrintable(format))
            << Lorikeet::formatPrompt(format, messages) << u"Second\nquestion"_s << u"Well, it"_s;
        QTest::addRow("%s, first", qPrintable(format)) << Lorikeet::formatPrompt(format,
            messages.first(2)) << u"First question"_s << QString();
    }
}

void tst_Composer::readsTranscripts()
{
    QFETCH(const QString, text);
    const QList<PromptMessage> messages = readTranscript(text);
    // Where a format has the system's text within the first turn it cannot be told apart.
    QFETCH(const QString, user);
    QVERIFY2(messages.constFirst().text.endsWith(user), qPrintable(messages.constFirst().text));
    QTEST(messages.size() > 1 ? messages[1].text : QString(), "begun");
}

void tst_Composer::piecesAreTheText()
{
    for (const QString &prompt : {u"Translate good morning"_s, u"Some C++ code"_s}) {
        const QByteArray text = answerTo(about(prompt)).toUtf8();
        qsizetype last = 0;
        const std::vector<qsizetype> ends = tokenEnds(text);
        for (const qsizetype end : ends) {
            QVERIFY(end > last);
            // No piece ends within a character.
            QVERIFY(text.sliced(last, end - last).isValidUtf8());
            last = end;
        }
        QCOMPARE(last, text.size());
        QCOMPARE(tokenCount(text), std::ssize(ends));
        // About as long as those of usual vocabularies.
        const double characters
            = static_cast<double>(text.size()) / static_cast<double>(ends.size());
        QVERIFY(characters > 2 && characters < 6);
    }
}

void tst_Composer::piecesLookLikeTokens()
{
    const auto pieces = [](const QByteArray &text) {
        QByteArrayList list;
        qsizetype last = 0;
        for (const qsizetype end : tokenEnds(text)) {
            list.append(text.sliced(last, end - last));
            last = end;
        }
        return list.join('|');
    };
    QCOMPARE(pieces("The sky is blue."), "The| sky| is| blue|.");
    QCOMPARE(pieces("12345 ms"), "123|45| ms");
    QCOMPARE(pieces("a  b\n\nc"), "a| | b|\n\n|c");
    QCOMPARE(pieces("👩🏽‍💻!"), "👩|🏽‍💻|!");
    QVERIFY(pieces("internationalization").count('|') >= 2);
    QCOMPARE(tokenId(" the"), tokenId(" the"));
    QVERIFY(tokenId(" the") != tokenId("the"));
}

void tst_Composer::judgesTwoAnswers_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<QString>("letter");
    QTest::newRow("longer") << u"No."_s << u"No, since it rained."_s << u"B"_s;
    QTest::newRow("shorter") << u"No, since it rained."_s << u"No."_s << u"A"_s;
    QTest::newRow("the same") << u"No."_s << u"No."_s << u"C"_s;
    QTest::newRow("nearly, first")
        << u"No, since it rained."_s << u"No, since it snowed."_s << u"A"_s;
    QTest::newRow("nearly, second")
        << u"No, since it snowed."_s << u"No, since it rained."_s << u"A"_s;
}

void tst_Composer::judgesTwoAnswers()
{
    QFETCH(const QString, first);
    QFETCH(const QString, second);
    QFETCH(const QString, letter);
    const Lorikeet::JudgePair pair{.prompt = u"Was it dry?"_s, .first = first, .second = second};
    for (const bool reasons : {false, true}) {
        const Lorikeet::ChatRequest asked = Lorikeet::judgeRequest(
            {}, {.rubric = u"Be right."_s, .reasons = reasons}, pair, false);
        const Answer answer = compose(about(asked.messages.constLast().content), 0, 0);
        QCOMPARE(QString::fromUtf8(answer.text).section(u'\n', 0, 0), letter);
        QCOMPARE(answer.text.contains('\n'), reasons);
        // The other letters are what it nearly said.
        QStringList likely;
        for (const auto &[token, logprob] : tokenProbability(answer, 0, 3).alternatives) {
            likely.append(QString::fromUtf8(token).trimmed());
        }
        likely.sort();
        QCOMPARE(likely, QStringList({u"A"_s, u"B"_s, u"C"_s}));
    }
}

void tst_Composer::probabilitiesAreInOrder()
{
    const Answer answer = compose(about(u"Explain rate limits"_s), 0, 0);
    for (size_t i = 0; i < answer.count(); ++i) {
        const TokenProbability probability = tokenProbability(answer, i, 5);
        QCOMPARE(std::ssize(probability.alternatives), 5);
        double sum = 0;
        double last = 0;
        bool contained = false;
        for (const auto &[token, logprob] : probability.alternatives) {
            QVERIFY(logprob <= last);
            last = logprob;
            sum += std::exp(logprob);
            contained = contained || token == answer.piece(i);
        }
        QVERIFY(contained);
        QVERIFY(sum <= 1.0001);
    }
}

QTEST_GUILESS_MAIN(tst_Composer)

#include "tst_composer.moc"
