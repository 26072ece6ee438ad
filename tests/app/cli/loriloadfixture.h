// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "lorirun.h"
#include "simulator/simulatorthread.h"
#include "testfiles.h"

#include <QJsonDocument>
#include <QTest>

#include <memory>

namespace Lorikeet {

/// `lori load` as a person or a pipeline runs it, against the simulated endpoint, which is a vLLM
/// until something else is served.
class LoriLoadFixture : public QObject
{
    Q_OBJECT

protected:
    void serve(const SimulatorTiming &timing = *simulatorProfile(u"fast"),
        const QString &server = QStringLiteral("vllm"))
    {
        SimulatorOptions options;
        options.server = server;
        options.timing = timing;
        m_simulator = std::make_unique<SimulatorThread>(options);
        QVERIFY(m_simulator->start());
    }

    [[nodiscard]] QString path(const QString &name) const { return m_home->filePath(name); }

    [[nodiscard]] QString file(const QString &name, const QByteArray &content) const
    {
        return writeFile(*m_home, name, content);
    }

    [[nodiscard]] QByteArray read(const QString &name) const { return readFile(*m_home, name); }

    /// To be run.
    [[nodiscard]] QStringList load(const QStringList &more) const
    {
        return QStringList{
                   QStringLiteral("load"), QStringLiteral("-e"), m_simulator->url().toString()}
        + more;
    }

    [[nodiscard]] LoriEnd loaded(const QStringList &more) const
    {
        return runLori(*m_home, load(more));
    }

    [[nodiscard]] static QJsonObject figuresOf(const QByteArray &report)
    {
        return QJsonDocument::fromJson(report).object().value(u"figures").toObject();
    }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<SimulatorThread> m_simulator;

private Q_SLOTS:

    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        serve();
    }
};

} // namespace Lorikeet
