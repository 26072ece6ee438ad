// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/certificate.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Lorikeet;

class TestCertificate final : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void fingerprintsAsPeopleHaveThem_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<bool>("understood");
        const QString pairs = QStringList(32, u"aB"_s).join(u':');
        QTest::newRow("our own") << u"sha256:"_s + u"ab"_s.repeated(32) << true;
        QTest::newRow("digits alone") << u"AB"_s.repeated(32) << true;
        QTest::newRow("with colons") << pairs << true;
        QTest::newRow("with blanks") << QStringList(32, u"ab"_s).join(u' ') << true;
        QTest::newRow("openssl's") << u"sha256 Fingerprint="_s + pairs + u'\n' << true;
        QTest::newRow("a browser's") << u" SHA-256: "_s + pairs << true;
        QTest::newRow("nothing") << QString() << false;
        QTest::newRow("too short") << u"sha256:"_s + u"ab"_s.repeated(31) << false;
        QTest::newRow("too long") << u"sha256:"_s + u"ab"_s.repeated(33) << false;
        QTest::newRow("SHA-1") << u"sha1:"_s + u"ab"_s.repeated(20) << false;
        QTest::newRow("not hexadecimal") << u"sha256:"_s + u"xy"_s.repeated(32) << false;
    }

    void fingerprintsAsPeopleHaveThem()
    {
        QFETCH(const QString, typed);
        QFETCH(const bool, understood);
        const std::optional<QString> fingerprint = toFingerprint(typed);
        QCOMPARE(fingerprint.has_value(), understood);
        if (understood) {
            QCOMPARE(*fingerprint, u"sha256:"_s + u"ab"_s.repeated(32));
        }
    }
};

QTEST_GUILESS_MAIN(TestCertificate)
#include "tst_certificate.moc"
