// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/errorbody.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

/// What is proposed where a model refuses a parameter, and what a request is noted to lose.
class TestRemedy final : public QObject
{
    Q_OBJECT

    static ApiError refusal(const QByteArray &param, const QByteArray &code)
    {
        const QJsonObject error{{u"message"_s, u"Unsupported."_s},
            {u"type"_s, u"invalid_request_error"_s}, {u"param"_s, QString::fromLatin1(param)},
            {u"code"_s, QString::fromLatin1(code)}};
        return errorFromReply(
            {.status = 400, .body = QJsonDocument(QJsonObject{{u"error"_s, error}}).toJson()});
    }

private Q_SLOTS:

    void remedies_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QByteArray>("param");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("replacement"); // null: no remedy
        QTest::newRow("the newer name") << u"openai"_s << "max_tokens"_ba
                                        << "unsupported_parameter"_ba << u"max_completion_tokens"_s;
        QTest::newRow("a value") << u"openai"_s << "temperature"_ba << "unsupported_value"_ba
                                 << u""_s;
        QTest::newRow("a parameter")
            << u"openai"_s << "stop"_ba << "unsupported_parameter"_ba << u""_s;
        QTest::newRow("responses") << u"responses"_s << "temperature"_ba
                                   << "unsupported_parameter"_ba << u""_s;
        QTest::newRow("one that was not set")
            << u"openai"_s << "top_p"_ba << "unsupported_parameter"_ba << QString();
        QTest::newRow("another mistake")
            << u"openai"_s << "temperature"_ba << "invalid_type"_ba << QString();
        QTest::newRow("another dialect")
            << u"lorax"_s << "max_tokens"_ba << "unsupported_parameter"_ba << QString();
    }

    void remedies()
    {
        QFETCH(const QString, provider);
        QFETCH(const QByteArray, param);
        QFETCH(const QByteArray, code);
        QFETCH(const QString, replacement);
        const ParameterSet asked{
            {u"max_tokens"_s, 100}, {u"temperature"_s, 0.5}, {u"stop"_s, QJsonArray{u"\n"_s}}};
        const auto remedy = findProvider(provider)->remedy(refusal(param, code), asked);
        QCOMPARE(remedy.has_value(), !replacement.isNull());
        if (remedy) {
            QCOMPARE(remedy->parameter, QString::fromLatin1(param));
            QCOMPARE(remedy->replacement, replacement);
            QVERIFY(!remedy->appliedTo(asked).contains(remedy->parameter));
        }
    }

    void theValueMovesAndNothingElse()
    {
        const Remedy remedy{u"max_tokens"_s, u"max_completion_tokens"_s};
        const ParameterSet asked{{u"max_tokens"_s, 100}, {u"seed"_s, 1}};
        QCOMPARE(remedy.appliedTo(asked),
            (ParameterSet{{u"max_completion_tokens"_s, 100}, {u"seed"_s, 1}}));
        // What a person set under the right name stays.
        const ParameterSet both{{u"max_tokens"_s, 100}, {u"max_completion_tokens"_s, 7}};
        QCOMPARE(remedy.appliedTo(both), (ParameterSet{{u"max_completion_tokens"_s, 7}}));
        // And where nothing is set, nothing is.
        QCOMPARE(remedy.appliedTo({}), ParameterSet());
    }

    void whatIsIgnoredIsTold()
    {
        Target target;
        target.endpoint.server = u"LoRAX"_s;
        const QStringList notes
            = findProvider(u"lorax"_s)
                  ->notes(target,
                      {.messages = {{.content = u"Hi"_s}},
                          .parameters = {{u"apply_chat_template"_s, true}, {u"top_k"_s, 3}}});
        QCOMPARE(notes.size(), 1);
        QVERIFY(notes.constFirst().startsWith(u"apply_chat_template"_s));
    }
};

QTEST_GUILESS_MAIN(TestRemedy)
#include "tst_remedy.moc"
