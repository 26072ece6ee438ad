// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "grid/gridworker.h"

#include "batch/batchjournal.h"
#include "grid/gridjob.h"

#include <QFile>
#include <QJsonDocument>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

GridWorker::GridWorker(GridPlan plan, BatchOptions options, QString path)
    : m_plan(std::move(plan))
    , m_options(std::move(options))
    , m_path(std::move(path))
    , m_telling(this)
{
    m_telling.setSingleShot(true);
    m_telling.setInterval(100ms);
    connect(&m_telling, &QTimer::timeout, this, &GridWorker::tell);
}

GridWorker::~GridWorker() = default;

void GridWorker::start(ApiClient &client)
{
    if (m_isStopped) {
        end(ApiError{.kind = ApiError::Kind::Cancelled});
        return;
    }
    Result<std::unique_ptr<BatchJournal>> journal
        = BatchJournal::open(m_path, BatchJournal::Begin::Resume);
    if (!journal) {
        end(journal.error());
        return;
    }
    m_journal = *std::move(journal);
    m_run = new GridRun(
        client, m_plan, m_options,
        [this](const BatchItem &item) { return m_journal->isDone(item); }, this);
    connect(m_run, &GridRun::result, this, &GridWorker::onResult);
    connect(m_run, &GridRun::finished, this, &GridWorker::end);
    m_run->start();
}

void GridWorker::stop()
{
    m_isStopped = true;
    if (m_run) {
        m_run->stop();
    }
}

void GridWorker::onResult(const BatchResult &result)
{
    const QJsonObject line = gridResultToJson(m_plan, result);
    if (const Result<> written = m_journal->append(line); !written) {
        m_problem = m_problem ? m_problem : written.error();
        stop();
        return;
    }
    m_told.append(line);
    if (!m_telling.isActive()) {
        m_telling.start();
    }
}

void GridWorker::tell()
{
    if (!m_told.isEmpty()) {
        Q_EMIT results(std::exchange(m_told, {}));
    }
}

void GridWorker::end(const std::optional<ApiError> &error)
{
    m_telling.stop();
    tell();
    std::optional<ApiError> problem = m_problem ? m_problem : error;
    if (m_journal && !problem) {
        if (const Result<> written = m_journal->finish(m_plan.count()); !written) {
            problem = written.error();
        }
    }
    m_journal.reset();
    Q_EMIT finished(problem);
}

GridJob::GridJob(InClient inClient, const GridPlan &plan, const BatchOptions &options,
    const QString &journal, QObject *parent)
    : QObject(parent)
    , m_inClient(std::move(inClient))
    , m_worker(new GridWorker(plan, options, journal))
{
    connect(m_worker, &GridWorker::results, this, &GridJob::results);
    connect(m_worker, &GridWorker::finished, this, &GridJob::finished);
}

GridJob::~GridJob() { deleteInClient(m_inClient, m_worker); }

void GridJob::start() { startInClient(m_inClient, m_worker); }

void GridJob::stop()
{
    m_inClient([worker = m_worker](ApiClient &) { worker->stop(); });
}

Result<GridResults> gridResultsIn(const QString &journal)
{
    GridResults results;
    for (const QString &name : {journal, journal + ".part"_L1}) {
        QFile file(name);
        if (!file.exists()) {
            continue;
        }
        if (!file.open(QIODevice::ReadOnly)) {
            return fail(
                ApiError::Kind::Storage, u"%1 cannot be read: %2."_s.arg(name, file.errorString()));
        }
        while (!file.atEnd()) {
            // The last line may be half of one.
            const QJsonObject line = QJsonDocument::fromJson(file.readLine()).object();
            if (line.contains("index"_L1)) {
                results.insert(line[u"index"_s].toInteger(), line);
            }
        }
    }
    return results;
}

} // namespace Lorikeet
