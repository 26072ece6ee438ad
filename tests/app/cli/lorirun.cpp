// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lorirun.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;

namespace Lorikeet {

Lori::Lori(const QTemporaryDir &home, const QStringList &arguments, const QByteArray &input,
    bool closeInput)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"XDG_DATA_HOME"_s, home.path());
    environment.insert(u"LORI_TEST_KEY"_s, u"canary-0123456789"_s);
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(LORIKEET_LORI), arguments);
    process.write(input);
    if (closeInput) {
        process.closeWriteChannel();
    }
}

bool Lori::wait()
{
    return QTest::qWaitFor([this] { return process.state() == QProcess::NotRunning; }, longWait);
}

QByteArray Lori::out()
{
    m_out += process.readAllStandardOutput();
    return m_out;
}

QByteArray Lori::err()
{
    m_err += process.readAllStandardError();
    return m_err;
}

LoriEnd runLori(const QTemporaryDir &home, const QStringList &arguments, const QByteArray &input)
{
    Lori lori(home, arguments, input);
    if (!lori.wait()) {
        return {};
    }
    return {lori.process.exitCode(), lori.out(), lori.err()};
}

QList<QJsonObject> jsonLines(const QByteArray &text)
{
    QList<QJsonObject> objects;
    for (const QByteArray &line : text.split('\n')) {
        if (!line.isEmpty()) {
            objects.append(QJsonDocument::fromJson(line).object());
        }
    }
    return objects;
}

} // namespace Lorikeet
