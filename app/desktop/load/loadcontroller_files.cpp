// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of LoadController that writes runs into files, and reads those of others.

#include "load/loadcontroller.h"
#include "loadresults/loadexport.h"
#include "loadresults/loadrecorder.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>
#include <QtConcurrentRun>

#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Result<QByteArray> written(const LoadResult &result, LoadController::Form form)
{
    // In the order of LoadController::Form, but for our own report.
    static constexpr std::array forms{LoadExport::Samples, LoadExport::Html, LoadExport::Markdown,
        LoadExport::Vllm, LoadExport::AiperfCsv, LoadExport::AiperfJsonLines, LoadExport::Llmd};
    return form == LoadController::Report
        ? QJsonDocument(toJson(result)).toJson()
        : exported(result, forms[std::size_t(form - LoadController::Samples)]);
}

} // namespace

void LoadController::exportTo(const QUrl &file, int form)
{
    if (m_result.stages.isEmpty() || form < Report || form > Llmd) {
        return;
    }
    const QString path = file.toLocalFile();
    QtConcurrent::run([path, form, result = m_result]() -> Result<> {
        const Result<QByteArray> content = written(result, Form(form));
        if (!content) {
            return Failure(content.error());
        }
        QSaveFile out(path);
        if (!out.open(QIODevice::WriteOnly) || out.write(*content) != content->size()
            || !out.commit()) {
            return fail(ApiError::Kind::Storage,
                LoadController::tr("The run could not be written to %1: %2. Choose another place.")
                    .arg(path, out.errorString()));
        }
        return {};
    }).then(this, [this, path](const Result<> &done) {
        if (done) {
            Q_EMIT exported(path);
        } else {
            Q_EMIT failed(done.error().message);
        }
    });
}

void LoadController::importFrom(const QUrl &file) { m_history.import(file.toLocalFile()); }

} // namespace Lorikeet
