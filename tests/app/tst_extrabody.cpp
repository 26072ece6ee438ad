// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "extrabody.h"

#include <QSignalSpy>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// What a person adds to a request by hand.
class TestExtraBody final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void anObjectIsSent()
    {
        ExtraBody body(nullptr);
        const QSignalSpy edited(&body, &ExtraBody::edited);
        body.setText(u" {\"user\": \"me\"}"_s);
        QCOMPARE(body.object(), (QJsonObject{{u"user"_s, u"me"_s}}));
        QVERIFY(body.problem().isEmpty());
        QCOMPARE(edited.size(), 1);
        body.setText(u"{\"user\":\"me\"}"_s); // the same, written otherwise
        QCOMPARE(edited.size(), 1);
        QVERIFY(body.draft().isEmpty());
        body.setText(u"  "_s);
        QVERIFY(body.object().isEmpty());
        QVERIFY(body.problem().isEmpty());
        QCOMPARE(edited.size(), 2);
    }

    /// While it is typed it is no JSON most of the time: nothing half is sent, nothing is lost.
    void whatIsNoneIsKeptAndNotSent()
    {
        ExtraBody body(nullptr);
        body.setText(u"{\"user\": \"me\"}"_s);
        body.setText(u"{\n\"user\": \"me\",\n}"_s);
        QVERIFY(body.object().isEmpty());
        QVERIFY2(body.problem().contains(u"line 3"_s), qPrintable(body.problem()));
        QCOMPARE(body.text(), u"{\n\"user\": \"me\",\n}"_s);
        body.show({}, body.draft()); // what the chat now has
        QCOMPARE(body.text(), u"{\n\"user\": \"me\",\n}"_s);
        body.setText(u"[1]"_s);
        QVERIFY(body.problem().contains(u"braces"_s));
    }

    void anotherChatsIsShown()
    {
        ExtraBody body(nullptr);
        body.setText(u"{\"user\":\"me\"}"_s);
        const QSignalSpy edited(&body, &ExtraBody::edited);
        body.show({{u"user"_s, u"me"_s}}, {});
        QCOMPARE(body.text(), u"{\"user\":\"me\"}"_s); // as it was typed
        body.show({{u"n"_s, 2}}, {});
        QCOMPARE(body.text(), u"{\n    \"n\": 2\n}"_s);
        body.show({}, {});
        QVERIFY(body.text().isEmpty());
        body.show({}, u"{\"n\":"_s);
        QCOMPARE(body.text(), u"{\"n\":"_s);
        QVERIFY(!body.problem().isEmpty());
        body.show({}, {});
        QVERIFY(body.text().isEmpty());
        QVERIFY(body.problem().isEmpty());
        QVERIFY(edited.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestExtraBody)

#include "tst_extrabody.moc"
