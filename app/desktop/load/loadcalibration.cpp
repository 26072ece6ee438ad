// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadcalibration.h"

#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Lorikeet {

LoadCalibration::LoadCalibration(const QList<int> &steps, QObject *parent)
    : QObject(parent)
    , m_steps(steps)
    , m_stored(storedCalibration())
{ }

LoadCalibration::~LoadCalibration() = default;

QString LoadCalibration::sentence() const
{
    if (!m_stored) {
        return tr("Nobody has found out yet up to what load this computer measures right.");
    }
    const QString date
        = QLocale().toString(m_stored->at.toLocalTime().date(), QLocale::ShortFormat);
    return m_stored->streams > 0
        ? tr("This computer can be trusted up to %1 (found on %2).")
              .arg(tr("%1 tokens/s at %Ln stream(s)", nullptr, m_stored->streams)
                       .arg(QLocale().toString(std::round(m_stored->tokenRate), 'f', 0)),
                  date)
        : tr("This computer measured not even the least load right (on %1): do not trust what it "
             "measures.")
              .arg(date);
}

QString LoadCalibration::step() const
{
    const int streams = m_steps.value(m_told.size());
    return isRunning() && streams > 0 ? tr("%Ln stream(s) at once …", nullptr, streams) : QString();
}

double LoadCalibration::progress() const
{
    return m_steps.isEmpty() ? 0 : double(m_told.size()) / double(m_steps.size());
}

void LoadCalibration::start()
{
    if (isRunning()) {
        return;
    }
    m_told.clear();
    m_run = std::make_unique<CalibrationRun>(m_steps);
    connect(m_run.get(), &CalibrationRun::stepped, this, &LoadCalibration::onStepped);
    connect(m_run.get(), &CalibrationRun::finished, this, &LoadCalibration::onFinished);
    if (const Result<> started = m_run->start(); !started) {
        m_run.reset();
        Q_EMIT failed(started.error().message);
    }
    Q_EMIT changed();
}

void LoadCalibration::stop()
{
    if (isRunning()) {
        m_run.reset();
        Q_EMIT changed();
    }
}

void LoadCalibration::onStepped(int streams, const QString &problem)
{
    m_told.append(problem.isEmpty()
            ? tr("%Ln stream(s) at once: measured right.", nullptr, streams)
            : tr("%Ln stream(s) at once: %1", nullptr, streams).arg(problem));
    Q_EMIT changed();
}

void LoadCalibration::onFinished(const ClientCalibration &calibration)
{
    // Its signal is being emitted.
    m_run->disconnect(this);
    m_run.release()->deleteLater();
    if (const Result<> stored = store(calibration); !stored) {
        Q_EMIT failed(stored.error().message);
    }
    m_stored = calibration;
    Q_EMIT changed();
    Q_EMIT done();
}

} // namespace Lorikeet

#include "moc_loadcalibration.cpp"
