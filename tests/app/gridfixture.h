// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/simulatorthread.h"
#include "translations.h"
#include "workbench.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace Lorikeet {

/// The grid of a workbench with two lanes, over the simulator's sockets; anew for each test.
class GridFixture : public QObject
{
    Q_OBJECT

protected:
    [[nodiscard]] GridController &grid() { return *m_workbench->grid(); }

    [[nodiscard]] GridCells &cells() { return *grid().cells(); }

    [[nodiscard]] int state(int row, int column)
    {
        return cells().data(cells().index(row, column), GridCells::StateRole).toInt();
    }

    [[nodiscard]] QString verdict(int row, int column)
    {
        return cells().data(cells().index(row, column), GridCells::VerdictRole).toString();
    }

    void open()
    {
        m_workbench.reset();
        m_workbench = std::make_unique<Workbench>(m_folder->path());
        QSignalSpy ready(m_workbench.get(), &Workbench::ready);
        m_workbench->start({simulatorEndpoint(m_simulator->url(), QStringLiteral("openai"))});
        QVERIFY(ready.count() > 0 || ready.wait());
        QTRY_COMPARE(m_workbench->compare()->laneCount(), 2);
    }

    void simulate(const QString &timing)
    {
        m_simulator = std::make_unique<SimulatorThread>(SimulatorOptions{
            .timing = simulatorProfile(timing).value_or(SimulatorTiming()), .model = {}});
        QVERIFY(m_simulator->start());
    }

    void demand(int kind, const QString &value)
    {
        GridAssertions &assertions = *grid().assertions();
        assertions.add();
        assertions.setKind(assertions.count() - 1, kind);
        assertions.setValue(assertions.count() - 1, value);
    }

    /// So many rows, planned.
    void setRows(int count)
    {
        QString table = QStringLiteral("prompt\n");
        for (int i = 0; i < count; ++i) {
            table += QStringLiteral("What is %1?\n").arg(i);
        }
        grid().setSource(table);
        QTRY_COMPARE(cells().prompts(), count);
    }

    /// Asks all, and waits for it.
    [[nodiscard]] bool asked()
    {
        grid().start();
        return QTest::qWaitFor([this] { return !grid().isRunning() && grid().isAsked(); }, 60'000);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SimulatorThread> m_simulator;
    std::unique_ptr<Workbench> m_workbench;

private Q_SLOTS:

    void initTestCase() { installTranslations(*QCoreApplication::instance()); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        simulate(QStringLiteral("fast"));
        open();
    }

    void cleanup()
    {
        m_workbench.reset();
        m_simulator.reset();
        m_folder.reset();
    }
};

} // namespace Lorikeet
