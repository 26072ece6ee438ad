// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "load/calibrationrun.h"

#include <QStringList>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <optional>

namespace Lorikeet {

/// Up to what load this computer can be trusted, found out by load tests of the built-in simulator
/// while a person waits; kept, so that each report made here afterwards says where it goes beyond.
class LoadCalibration final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the load test")
    Q_PROPERTY(bool running READ isRunning NOTIFY changed FINAL)
    /// Something was found out, by now or another day.
    Q_PROPERTY(bool known READ isKnown NOTIFY changed FINAL)
    /// What this computer can be trusted with, or that nobody knows, in a sentence.
    Q_PROPERTY(QString sentence READ sentence NOTIFY changed FINAL)
    /// "128 streams at once …", while it runs.
    Q_PROPERTY(QString step READ step NOTIFY changed FINAL)
    /// Of the steps, 0 to 1; it may end at any of them.
    Q_PROPERTY(double progress READ progress NOTIFY changed FINAL)
    /// What came of each step so far, a sentence each.
    Q_PROPERTY(QStringList steps READ steps NOTIFY changed FINAL)

public:
    /// `steps`: of streams, ascending.
    explicit LoadCalibration(const QList<int> &steps, QObject *parent = nullptr);
    ~LoadCalibration() override;

    [[nodiscard]] bool isRunning() const { return m_run != nullptr; }

    [[nodiscard]] bool isKnown() const { return m_stored.has_value(); }

    [[nodiscard]] QString sentence() const;
    [[nodiscard]] QString step() const;
    [[nodiscard]] double progress() const;

    [[nodiscard]] QStringList steps() const { return m_told; }

    /// Another load test must not run meanwhile.
    Q_INVOKABLE void start();
    /// What was found before stays.
    Q_INVOKABLE void stop();

Q_SIGNALS:
    void changed();
    /// It ended by itself.
    void done();
    void failed(const QString &sentence);

private:
    void onStepped(int streams, const QString &problem);
    void onFinished(const ClientCalibration &calibration);

    QList<int> m_steps;
    std::unique_ptr<CalibrationRun> m_run; ///< null: it does not run
    QStringList m_told;
    std::optional<ClientCalibration> m_stored;
};

} // namespace Lorikeet
