// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/clientcalibration.h"

#include "base/durationtext.h"
#include "base/invalidrequest.h"
#include "load/jsonmembers.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStandardPaths>
#include <QSysInfo>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

namespace {

constexpr double fivePercent = 0.05;
constexpr Nanoseconds leastError = 2ms;
constexpr Nanoseconds mostAtTheEdge = 10ms;
constexpr double quarterMore = 1.25;

QString whole(double number) { return QString::number(std::llround(number)); }

QString calibrationFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)
        + "/load-calibration.json"_L1;
}

QString thisVersion() { return QStringLiteral(LORIKEET_VERSION); }

/// How a time was measured; empty: right.
QString errorOf(const LatencyHistogram &times, Nanoseconds known, const QString &name)
{
    if (times.isEmpty()) {
        return u"No answer has a %1."_s.arg(name);
    }
    const auto off = [&](double share) { return *times.quantile(share) - known; };
    const Nanoseconds allowed
        = std::max(leastError, Nanoseconds(std::llround(fivePercent * double(known.count()))));
    const auto magnitude = [](Nanoseconds time) { return time < 0ns ? -time : time; };
    if (magnitude(off(0.5)) > allowed || magnitude(off(0.95)) > mostAtTheEdge) {
        return u"Its %1 was measured as %2 (p50) and %3 (p95), and is %4."_s.arg(name,
            durationText(*times.quantile(0.5)), durationText(*times.quantile(0.95)),
            durationText(known));
    }
    return {};
}

} // namespace

QString ClientCalibration::sentence() const
{
    const QString where = u"(%1, %2)"_s.arg(machine, at.toUTC().date().toString(Qt::ISODate));
    return streams > 0
        ? u"Calibrated for %1 tokens/s at %2 streams %3."_s.arg(
              whole(tokenRate), QString::number(streams), where)
        : u"This computer measured not even the least load right %1: do not trust what it measures."_s
              .arg(where);
}

QJsonObject toJson(const ClientCalibration &calibration)
{
    return {{u"tokens_per_s"_s, calibration.tokenRate}, {u"streams"_s, calibration.streams},
        {u"machine"_s, calibration.machine}, {u"version"_s, calibration.version},
        {u"at"_s, calibration.at.toUTC().toString(Qt::ISODateWithMs)}};
}

Result<ClientCalibration> clientCalibrationFrom(const QJsonObject &object, const QString &place)
{
    JsonMembers members(object, place);
    ClientCalibration calibration;
    QString at;
    members.read(u"tokens_per_s"_s, calibration.tokenRate);
    members.read(u"streams"_s, calibration.streams);
    members.read(u"machine"_s, calibration.machine);
    members.read(u"version"_s, calibration.version);
    members.read(u"at"_s, at);
    calibration.at = QDateTime::fromString(at, Qt::ISODateWithMs);
    return members.end(calibration);
}

std::optional<ClientCalibration> storedCalibration()
{
    QFile file(calibrationFile());
    if (!file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    const Result<ClientCalibration> read
        = clientCalibrationFrom(QJsonDocument::fromJson(file.readAll()).object(), file.fileName());
    const bool isOurs = read && read->machine == QSysInfo::machineHostName()
        && read->version == thisVersion() && read->at.isValid();
    return isOurs ? std::optional(*read) : std::nullopt;
}

Result<> store(const ClientCalibration &calibration)
{
    QSaveFile file(calibrationFile());
    QDir().mkpath(QFileInfo(file.fileName()).path());
    const QByteArray text = QJsonDocument(toJson(calibration)).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
        return fail(ApiError::Kind::Storage,
            u"%1 cannot be written: %2."_s.arg(file.fileName(), file.errorString()));
    }
    return {};
}

const QList<int> &calibrationSteps()
{
    static const QList<int> steps{8, 32, 128, 256, 512, 1024, 2048};
    return steps;
}

LoadPlan calibrationPlan(int streams)
{
    LoadPlan plan;
    // Begun one after the other, or all answers would end at the same moments.
    plan.curve = {{.duration = 2s, .from = 1, .to = double(streams), .arrival = {}},
        {.duration = 5s, .from = double(streams), .to = double(streams), .arrival = {}}};
    plan.warmUp = 3s;
    plan.grace = 5s;
    plan.seed = 1;
    return plan;
}

QString problemOf(const CalibrationStage &stage, const KnownTimes &known)
{
    const LoadTrust trust = trustOf(stage.summary, stage.health, stage.streams);
    if (trust.level != LoadTrust::Level::Good) {
        return trust.reasons.value(0);
    }
    if (stage.summary.failed() > 0) {
        return u"%1 requests failed."_s.arg(stage.summary.failed());
    }
    const QString first
        = errorOf(stage.summary.time(LoadMetric::TimeToFirstToken), known.firstToken, u"TTFT"_s);
    return first.isEmpty()
        ? errorOf(stage.summary.time(LoadMetric::TimePerOutputToken), known.interToken, u"TPOT"_s)
        : first;
}

ClientCalibration calibrationOf(const QList<CalibrationStage> &stages, const KnownTimes &known)
{
    ClientCalibration calibration{.machine = QSysInfo::machineHostName(),
        .version = thisVersion(),
        .at = QDateTime::currentDateTimeUtc()};
    for (const CalibrationStage &stage : stages) {
        if (!problemOf(stage, known).isEmpty()) {
            break;
        }
        calibration.streams = stage.streams;
        calibration.tokenRate = stage.summary.tokenRate().value_or(0);
    }
    return calibration;
}

QString beyond(const ClientCalibration &calibration, const LoadSummary &summary)
{
    const double tokens = summary.tokenRate().value_or(0);
    const double held = summary.heldConcurrency().value_or(0);
    if (tokens <= quarterMore * calibration.tokenRate
        && held <= quarterMore * double(calibration.streams)) {
        return {};
    }
    return u"This run (%1 tokens/s at %2 streams) goes beyond what this computer was looked at for. %3"_s
        .arg(whole(tokens), whole(held), calibration.sentence());
}

} // namespace Lorikeet
