// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "translations.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Lorikeet;
using namespace Qt::StringLiterals;

/// What is counted is said in the right form.
class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void initTestCase() { installTranslations(*QCoreApplication::instance()); }

    void countsAreSaidRight_data()
    {
        QTest::addColumn<QString>("context");
        QTest::addColumn<QString>("source");
        QTest::addColumn<int>("count");
        QTest::addColumn<QString>("said");
        QTest::newRow("a line") << u"CodeRow"_s << u"%n lines"_s << 1 << u"1 line"_s;
        QTest::newRow("lines") << u"CodeRow"_s << u"%n lines"_s << 30 << u"30 lines"_s;
        QTest::newRow("no words") << u"Timeline"_s << u"Answer finished, %n words"_s << 0
                                  << u"Answer finished, 0 words"_s;
        QTest::newRow("a token") << u"MetricsLine"_s << u"%Ln tokens"_s << 1 << u"1 token"_s;
    }

    void countsAreSaidRight()
    {
        QFETCH(QString, context);
        QFETCH(QString, source);
        QFETCH(int, count);
        QFETCH(QString, said);
        QCOMPARE(QCoreApplication::translate(
                     context.toUtf8().constData(), source.toUtf8().constData(), nullptr, count),
            said);
    }

    /// A count without its translation would be shown as "%n lines".
    void everyCountHasItsForms()
    {
        QFile file(u":/lorikeet_en.ts"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString translations = QString::fromUtf8(file.readAll());
        QVERIFY(!translations.contains(u"unfinished"_s));
        static const QRegularExpression counted(u"\"([^\"\n]*%L?n\\b[^\"\n]*)\""_s);
        int found = 0;
        for (const QString &folder : {u"/app/desktop"_s, u"/qml"_s}) {
            QDirIterator sources(QStringLiteral(LORIKEET_SOURCE_DIR) + folder,
                {u"*.cpp"_s, u"*.qml"_s}, QDir::Files, QDirIterator::Subdirectories);
            while (sources.hasNext()) {
                QFile source(sources.next());
                QVERIFY(source.open(QIODevice::ReadOnly));
                const QString text = QString::fromUtf8(source.readAll());
                for (auto it = counted.globalMatch(text); it.hasNext(); ++found) {
                    const QString wanted
                        = "<source>"_L1 + it.next().captured(1).toHtmlEscaped() + "</source>"_L1;
                    QVERIFY2(translations.contains(wanted), qPrintable(wanted));
                }
            }
        }
        QVERIFY(found > 5);
    }
};

QTEST_MAIN(TestTranslations)

#include "tst_translations.moc"
