// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of GridController that asks, keeps what was answered, and writes it to files.

#include "chat/answerrequest.h"
#include "endpointlistmodel.h"
#include "grid/gridcontroller.h"
#include "grid/gridrow.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QtConcurrentRun>

#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

Result<> writeGridFile(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()
        || !file.commit()) {
        return fail(ApiError::Kind::Storage,
            GridController::tr("The grid could not be written to %1: %2. Choose another place.")
                .arg(path, file.errorString()));
    }
    return {};
}

} // namespace

void GridController::load()
{
    if (const QUuid last = m_history.last(); !last.isNull()) {
        open(last);
    }
}

void GridController::open(QUuid id)
{
    if (isRunning()) {
        Q_EMIT failed(tr("Stop the grid that runs before another one is opened."));
        return;
    }
    QFile file(m_history.recordPath(id));
    if (!file.open(QIODevice::ReadOnly)) {
        Q_EMIT failed(tr("%1 cannot be read: %2.").arg(file.fileName(), file.errorString()));
        return;
    }
    const Result<GridRecord> record = gridRecordFromJson(file.readAll(), file.fileName());
    const Result<Planned> planned = record ? planOf(*record) : Failure(record.error());
    const Result<GridResults> results
        = planned ? gridResultsIn(m_history.answersPath(record->id)) : Failure(planned.error());
    if (!results) {
        Q_EMIT failed(results.error().message);
        return;
    }
    m_record = *record;
    m_record.id = {};
    m_record.lanes.clear();
    m_record.isCheckedAnew = false;
    m_assertions.setSpecs(record->assertions);
    check(*record, *planned, *results);
    Q_EMIT edited();
}

/// Shows a grid once its answers are held to what its record says, which takes a while only where
/// that has changed since they came.
void GridController::check(
    const GridRecord &record, const Planned &planned, const GridResults &results)
{
    const int number = ++m_check;
    if (!record.isCheckedAnew && areChecked(planned.plan, results)) {
        show(record, planned, results);
        return;
    }
    m_checking = record.id;
    QtConcurrent::run(&checkedAnew, planned.plan, results)
        .then(this, [this, record, planned, number](const GridResults &checked) {
            if (number == m_check) {
                show(record, planned, checked);
            }
        });
    Q_EMIT stateChanged();
}

void GridController::show(
    const GridRecord &record, const Planned &planned, const GridResults &results)
{
    m_asked = record;
    m_checking = {};
    m_problem.clear();
    m_note.clear();
    m_cells.setPlan(planned.plan, results);
    m_endedBy.clear();
    summarizeNow();
    Q_EMIT this->planned();
    Q_EMIT stateChanged();
}

void GridController::startNew()
{
    if (isRunning()) {
        return;
    }
    m_asked = {};
    ++m_check;
    m_checking = {};
    m_figures.clear();
    ++m_summary;
    m_endedBy.clear();
    plan();
    Q_EMIT figuresChanged();
    Q_EMIT stateChanged();
}

void GridController::start()
{
    if (isRunning()) {
        return;
    }
    startNew();
    if (!m_problem.isEmpty() || m_cells.prompts() == 0) {
        return;
    }
    GridRecord record = drafted();
    record.id = QUuid::createUuid();
    record.created = QDateTime::currentDateTimeUtc();
    if (!QDir().mkpath(m_folder)) {
        Q_EMIT failed(tr("The folder %1 cannot be made.").arg(m_folder));
        return;
    }
    if (!write(record)) {
        return;
    }
    m_asked = record;
    ask(record);
}

bool GridController::write(const GridRecord &record)
{
    const Result<> written
        = writeGridFile(m_history.recordPath(record.id), gridRecordToJson(record));
    if (!written) {
        Q_EMIT failed(written.error().message);
    }
    return bool(written);
}

void GridController::editAssertions() { m_assertions.setSpecs(m_asked.assertions); }

void GridController::checkAgain()
{
    // Another one that is being opened comes in its place in a moment.
    const bool isLeft = !m_checking.isNull() && m_checking != m_asked.id;
    if (!isAsked() || isRunning() || isLeft) {
        return;
    }
    GridRecord record = m_asked;
    record.isCheckedAnew = true;
    addAssertionsTo(record);
    const QString wrong = m_assertions.problem();
    const Result<Planned> planned = planOf(record);
    if (!wrong.isEmpty() || !planned) {
        Q_EMIT failed(wrong.isEmpty() ? planned.error().message : wrong);
        return;
    }
    if (write(record)) {
        check(record, *planned, m_cells.results());
    }
}

void GridController::goOn()
{
    if (isResumable()) {
        ask(m_asked);
    }
}

/// The endpoints' keys come first, which may take a question to a keychain.
void GridController::ask(const GridRecord &record)
{
    m_isStarting = true;
    m_endedBy.clear();
    Q_EMIT stateChanged();
    QList<QFuture<Result<Target>>> targets;
    for (const GridRecordLane &lane : record.lanes) {
        targets.append(m_endpoints.resolve(lane.setup.endpoint));
    }
    QtFuture::whenAll(targets.begin(), targets.end())
        .then(
            this, [this, record, asking = ++m_ask](const QList<QFuture<Result<Target>>> &resolved) {
                if (asking != m_ask) {
                    return;
                }
                QList<Result<Target>> found;
                for (const QFuture<Result<Target>> &target : resolved) {
                    found.append(target.result());
                }
                run(record, found);
            });
}

/// What a lane is asked with: all but the prompt.
Result<Lane> GridController::laneOf(const GridRecordLane &lane, const Target &target) const
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Conversation conversation = Conversation::create(lane.setup, now);
    const QUuid prompt = conversation.addUser({}, u"?"_s, now);
    const QUuid answer = conversation.addAnswer(prompt, {.setup = lane.setup}, now);
    Result<CarriedSchema> carried
        = answerRequest(conversation, *conversation.find(answer), target.endpoint);
    if (!carried) {
        return Failure(carried.error());
    }
    carried->request.messages.removeLast();
    return Lane{.name = lane.name, .target = target, .request = carried->request};
}

void GridController::run(const GridRecord &record, const QList<Result<Target>> &targets)
{
    m_isStarting = false;
    Result<Planned> planned = planOf(record);
    QList<Lane> lanes;
    for (qsizetype i = 0; planned && i < targets.size(); ++i) {
        const Result<Lane> lane
            = targets[i] ? laneOf(record.lanes[i], *targets[i]) : Failure(targets[i].error());
        if (!lane) {
            planned = fail(
                lane.error().kind, tr("Lane %1: %2").arg(laneLetter(i), lane.error().message));
            break;
        }
        lanes.append(*lane);
    }
    if (!planned) {
        m_endedBy = planned.error().message;
        Q_EMIT stateChanged();
        return;
    }
    planned->plan.lanes = lanes;
    m_job = std::make_unique<GridJob>(m_inClient, planned->plan,
        BatchOptions{.concurrency = record.concurrency}, m_history.answersPath(record.id));
    connect(m_job.get(), &GridJob::results, this, [this](const QList<QJsonObject> &lines) {
        heed(lines);
        m_cells.add(lines);
        summarizeSoon();
        Q_EMIT stateChanged();
    });
    connect(m_job.get(), &GridJob::finished, this, &GridController::onFinished);
    m_job->start();
    Q_EMIT stateChanged();
}

void GridController::stop()
{
    if (m_job) {
        m_job->stop();
    } else if (m_isStarting) {
        ++m_ask;
        m_isStarting = false;
        Q_EMIT stateChanged();
    }
}

void GridController::onFinished(const std::optional<ApiError> &error)
{
    // Its signal is being emitted; and it must not outlive whom its client belongs to.
    GridJob *ended = m_job.release();
    ended->setParent(this);
    ended->deleteLater();
    m_endedBy = error && error->kind != ApiError::Kind::Cancelled ? error->message : QString();
    for (const GridRecordLane &lane : std::as_const(m_asked.lanes)) {
        if (error) { // it does not say which of them
            m_endpoints.heed(lane.setup.endpoint, error);
        }
    }
    summarizeNow();
    Q_EMIT stateChanged();
}

void GridController::heed(const QList<QJsonObject> &lines)
{
    const GridPlan &plan = m_cells.plan();
    for (const QJsonObject &line : lines) {
        const qint64 at = line[u"index"_s].toInteger(-1);
        if (at >= 0 && at < plan.count()) {
            m_endpoints.heed(m_asked.lanes.at(plan.cell(at).lane).setup.endpoint, errorIn(line));
        }
    }
}

void GridController::summarizeSoon()
{
    if (!m_summarizing.isActive() && !m_isSummarizing) {
        m_summarizing.start();
    }
}

/// In another thread: bootstrapping thousands of answers takes its time.
void GridController::summarizeNow()
{
    m_summarizing.stop();
    m_isSummarizing = true;
    QtConcurrent::run([plan = m_cells.plan(), results = m_cells.results()] {
        return figuresOf(plan, summarize(plan, results));
    }).then(this, [this, summary = ++m_summary](const QList<LaneFigures> &figures) {
        m_isSummarizing = false;
        if (summary == m_summary) {
            m_figures = figures;
            Q_EMIT figuresChanged();
        }
    });
}

void GridController::exportTo(const QUrl &file)
{
    const QString path = file.toLocalFile();
    QtConcurrent::run([path, plan = m_cells.plan(), results = m_cells.results()]() -> Result<> {
        const auto isNamed
            = [&path](QLatin1StringView end) { return path.endsWith(end, Qt::CaseInsensitive); };
        return writeGridFile(path,
            isNamed(".csv"_L1)                              ? gridAsCsv(plan, results)
                : isNamed(".html"_L1) || isNamed(".htm"_L1) ? gridAsHtml(plan, results)
                                                            : gridAsJsonLines(results));
    }).then(this, [this, path](const Result<> &written) {
        if (written) {
            Q_EMIT exported(path);
        } else {
            Q_EMIT failed(written.error().message);
        }
    });
}

} // namespace Lorikeet
