// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "calibratecommand.h"

#include "standardoutput.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Lorikeet {

CalibrateCommand::CalibrateCommand(const CommandLine &line)
    : m_line(line)
{
    connect(&m_run, &CalibrationRun::stepped, this, [this](int streams, const QString &problem) {
        if (!isOver()) {
            printNote(u"%1 streams: %2"_s.arg(
                QString::number(streams), problem.isEmpty() ? u"measured right."_s : problem));
        }
    });
    connect(&m_run, &CalibrationRun::finished, this, &CalibrateCommand::onFinished);
}

void CalibrateCommand::start()
{
    if (const Result<> started = m_run.start(); !started) {
        endWith(started.error());
    }
}

void CalibrateCommand::onFinished(const ClientCalibration &calibration)
{
    if (isOver()) {
        return;
    }
    if (const Result<> stored = Lorikeet::store(calibration); !stored) {
        endWith(stored.error());
        return;
    }
    const QByteArray text = m_line.has(u"json"_s)
        ? QJsonDocument(Lorikeet::toJson(calibration)).toJson(QJsonDocument::Compact) + '\n'
        : calibration.sentence().toUtf8() + '\n';
    end(StandardOutput::write(text).value_or(ExitCode::Done));
}

} // namespace Lorikeet
