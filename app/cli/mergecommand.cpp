// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mergecommand.h"

#include "base/invalidrequest.h"
#include "load/loadreport.h"
#include "loadtext.h"
#include "runkeeper.h"
#include "standardoutput.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Result<LoadReport> reportIn(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return invalidRequest(u"%1 cannot be read: %2."_s.arg(name, file.errorString()));
    }
    const Result<LoadReport> report = loadReportFrom(file.readAll());
    if (!report) {
        return fail(report.error().kind, u"%1: %2"_s.arg(name, report.error().message));
    }
    return report;
}

} // namespace

Result<std::unique_ptr<Command>> MergeCommand::make(const CommandLine &line)
{
    if (line.arguments().constFirst() != "merge"_L1) {
        return invalidRequest(
            u"“lori load” takes no argument but a word as “merge”, “list” or “compare”, not “%1”."_s
                .arg(line.arguments().constFirst()));
    }
    if (line.arguments().size() < 2) {
        return invalidRequest(u"Say which reports to merge."_s);
    }
    return std::unique_ptr<Command>(new MergeCommand(line));
}

MergeCommand::MergeCommand(const CommandLine &line)
    : m_line(line)
{ }

void MergeCommand::start()
{
    QList<LoadReport> shards;
    for (const QString &name : m_line.arguments().sliced(1)) {
        const Result<LoadReport> report = reportIn(name);
        if (!report) {
            endWith(report.error());
            return;
        }
        shards += *report;
    }
    const Result<LoadReport> whole = merged(shards);
    if (!whole) {
        endWith(whole.error());
        return;
    }
    const QByteArray json = QJsonDocument(toJson(*whole)).toJson(QJsonDocument::Compact) + '\n';
    if (m_line.has(u"report"_s)) {
        QSaveFile file(m_line.value(u"report"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit()) {
            endWith(invalidRequest(
                u"%1 cannot be written: %2."_s.arg(file.fileName(), file.errorString()))
                    .value());
            return;
        }
    }
    LoadResult result;
    result.stages += {.load = 0, .report = *whole, .samples = {}};
    if (const Result<> written = writePages(m_line, result); !written) {
        endWith(written.error());
        return;
    }
    const QByteArray text = m_line.has(u"json"_s) ? json : toText(*whole).toUtf8();
    if (const auto over = StandardOutput::write(text)) {
        end(*over);
        return;
    }
    end(std::ranges::all_of(whole->verdicts(), &LimitVerdict::isKept) ? ExitCode::Done
                                                                      : ExitCode::Objective);
}

} // namespace Lorikeet
