// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of CompareController that writes comparisons to files.

#include "compare/comparisonexport.h"
#include "comparecontroller.h"

#include <QSaveFile>
#include <QtConcurrentRun>

using namespace Qt::StringLiterals;

namespace Lorikeet {

void CompareController::exportTo(const QUrl &file, PictureStyle *style)
{
    const QString path = file.toLocalFile();
    const auto isNamed
        = [&path](QLatin1StringView end) { return path.endsWith(end, Qt::CaseInsensitive); };
    QList<ExportedLane> lanes;
    for (const CompareLane *lane : m_lanes.lanes()) {
        lanes.append({.name = lane->name(),
            .endpointName = lane->chat().endpointName(),
            .conversation = lane->chat().session()->conversation()});
    }
    const ComparisonRecord record = this->record();
    if (style && isNamed(".png"_L1)) {
        const ComparisonSheet sheet(record, lanes, m_diff.isShown());
        writePicture(path, ComparisonPicture(sheet, style->look()));
        return;
    }
    const bool isHtml = isNamed(".html"_L1) || isNamed(".htm"_L1);
    const QString text
        = isHtml ? comparisonAsHtml(record, lanes) : comparisonAsMarkdown(record, lanes);
    QSaveFile out(path);
    if (!out.open(QIODevice::WriteOnly) || out.write(text.toUtf8()) < 0 || !out.commit()) {
        tellUnwritten(path, out.errorString());
    }
}

/// Drawn and compressed in another thread: it may take seconds.
void CompareController::writePicture(const QString &path, const ComparisonPicture &picture)
{
    QtConcurrent::run([path, picture]() -> Result<QString> {
        const Result<QImage> image = picture.draw();
        if (!image) {
            return Failure(image.error());
        }
        QSaveFile out(path);
        const bool isWritten = out.open(QIODevice::WriteOnly) && image->save(&out, "PNG");
        return isWritten && out.commit() ? QString() : out.errorString();
    }).then(this, [this, path](const Result<QString> &problem) {
        if (!problem) {
            Q_EMIT failed(problem.error().message);
        } else if (!problem->isEmpty()) {
            tellUnwritten(path, *problem);
        } else {
            Q_EMIT pictureWritten();
        }
    });
}

void CompareController::tellUnwritten(const QString &path, const QString &why)
{
    Q_EMIT failed(
        tr("The comparison could not be written to %1: %2. Choose another place.").arg(path, why));
}

} // namespace Lorikeet
