// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "simulator/simulatorthread.h"
#include "workbench.h"

#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QTemporaryDir>

#include <memory>

namespace Lorikeet {

/// The whole program but for main(): the real window over the real store and network, in a folder
/// of its own, with the simulator as its only endpoints. Driven by keys and clicks, as a person
/// does it; the workbench is there to look at.
class Desktop final
{
public:
    /// `profile` is the simulator's timing, such as "fast" or "local-7b", `server` what it is on
    /// the wire, as in SimulatorOptions.
    explicit Desktop(const QString &profile, const QString &server = {});
    explicit Desktop(const SimulatorOptions &options);
    ~Desktop();
    Q_DISABLE_COPY_MOVE(Desktop)

    /// False: the window could not be shown, or its endpoints did not answer.
    [[nodiscard]] bool start(bool withSamples);
    /// Starts the program's part anew over the same files, as after a restart.
    [[nodiscard]] bool restart();

    /// Its endpoints are gone: connections are refused from now on.
    void stopServer() { m_simulator.stop(); }

    [[nodiscard]] Workbench &workbench() { return *m_workbench; }

    [[nodiscard]] QQuickWindow &window() { return *m_window; }

    /// The item of that objectName, of several the last in sight; ends the program where there is
    /// none, for nothing works then.
    [[nodiscard]] QQuickItem &item(const QString &name) const;
    [[nodiscard]] bool has(const QString &name) const;
    void click(const QString &name);
    /// Goes to the comparison, or to the endpoints, by their keys.
    void toCompare();
    void toEndpoints();
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    /// Into whatever has the focus.
    void type(const QString &text);
    /// Types into the composer and sends by Enter.
    void send(const QString &text);
    /// True when it became so within half a minute.
    [[nodiscard]] static bool until(const std::function<bool()> &condition);
    /// Waits for the answers that run.
    [[nodiscard]] bool untilIdle();
    [[nodiscard]] bool openSession(const QString &title);

private:
    [[nodiscard]] bool open();
    [[nodiscard]] QList<QQuickItem *> items(const QString &name) const;

    QTemporaryDir m_folder;
    SimulatorThread m_simulator;
    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<QQmlApplicationEngine> m_engine;
    QQuickWindow *m_window = nullptr;
};

} // namespace Lorikeet
