// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "loadresults/loadrecorder.h"

#include "base/logging.h"
#include "load/samplescsv.h"
#include "loadresults/runfiles.h"
#include "loadresults/samplesfile.h"
#include "store/runlock.h"

#include <QFile>
#include <QMutex>
#include <QThread>
#include <QWaitCondition>

#include <utility>
#include <variant>
#include <vector>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// How often what has come is written.
constexpr int flushInterval = 500; // ms

} // namespace

/// The thread that writes. Its files belong to it; jobs are handed over under the mutex.
struct LoadRecorder::Writer
{
    struct StageBegin
    {
        StageHead head;
        std::shared_ptr<const LoadAnswers> answers; ///< null: none are kept
        std::optional<KeptPrompts> prompts;
    };

    using Job = std::variant<StageBegin, LoadDelta, LoadReport>;

    QString path;
    KeptRun run;
    LoadRecorder *recorder = nullptr;

    QMutex mutex;
    QWaitCondition changed;
    std::vector<Job> jobs;
    bool isClosing = false;
    bool isDone = false; ///< closing, the run has ended by itself
    bool isReady = false; ///< the lock is held and the record written, or not
    std::optional<ApiError> problem; ///< the first one; then no more requests are written

    // Of the thread.
    int stage = 0; ///< from 1
    StageHead head;
    QFile samples;
    QFile timeline;
    QFile answersFile;
    std::shared_ptr<const LoadAnswers> answers; ///< of the stage; null: none are kept
    qsizetype answersWritten = 0; ///< blocks of them
    LoadResult result; ///< stages that ended, without samples

    std::unique_ptr<QThread> thread;

    void work();
    [[nodiscard]] Result<> write(const std::vector<Job> &batch);
    [[nodiscard]] Result<> beginStage(const StageBegin &begin);
    [[nodiscard]] Result<> writeAnswers();
    [[nodiscard]] Result<> endStage(const LoadReport &report);
    [[nodiscard]] Result<> finish();
    [[nodiscard]] Result<> append(QFile &file, const QByteArray &text) const;
    void fail(const ApiError &error);
    void post(Job job);
};

void LoadRecorder::Writer::fail(const ApiError &error)
{
    {
        const QMutexLocker lock(&mutex);
        if (problem) {
            return;
        }
        problem = error;
    }
    qCWarning(logStore).noquote() << error.message;
    QMetaObject::invokeMethod(
        recorder, [this, sentence = error.message] { Q_EMIT recorder->failed(sentence); },
        Qt::QueuedConnection);
}

void LoadRecorder::Writer::post(Job job)
{
    const QMutexLocker lock(&mutex);
    // Behind a hole the rest would tell nothing; what a stage came to is worth having all the same.
    if (!problem || !std::holds_alternative<LoadDelta>(job)) {
        jobs.push_back(std::move(job));
    }
}

void LoadRecorder::Writer::work()
{
    // SQLite's connection, which it is, belongs to one thread.
    RunLock runLock(RunFiles::lockOf(path));
    Result<> begun = runLock.acquire().and_then([this] { return RunFiles::writeRun(path, run); });
    {
        const QMutexLocker lock(&mutex);
        isReady = true;
        if (!begun) {
            problem = begun.error();
        }
        changed.wakeAll();
    }
    while (begun) {
        std::vector<Job> batch;
        bool isLast = false;
        {
            const QMutexLocker lock(&mutex);
            if (!isClosing) {
                changed.wait(&mutex, flushInterval);
            }
            batch.swap(jobs);
            isLast = isClosing;
        }
        if (const Result<> written = write(batch); !written) {
            fail(written.error());
        }
        if (isLast) {
            break;
        }
    }
    samples.close();
    timeline.close();
    answersFile.close();
    // As long as the lock is held, so that nobody takes it for a run whose program died.
    if (isDone && begun) {
        if (const Result<> closed = finish(); !closed && !problem) {
            problem = closed.error();
        }
    }
}

Result<> LoadRecorder::Writer::finish()
{
    if (result.stages.isEmpty() && !problem) {
        return RunFiles::removeAll(path);
    }
    run.state = KeptRun::State::Ended;
    run.end = u"failed"_s;
    if (!result.stages.isEmpty()) {
        const LoadReport &last = result.stages.constLast().report;
        run.end = last.end;
        run.problem = last.problem;
    }
    if (problem) {
        run.problem = problem->message;
    }
    run.figures = keptFiguresOf(result);
    return RunFiles::writeRun(path, run);
}

Result<> LoadRecorder::Writer::append(QFile &file, const QByteArray &text) const
{
    // Unbuffered: what is written is with the system, and outlives this program.
    if (text.isEmpty() || file.write(text) == text.size()) {
        return {};
    }
    return Lorikeet::fail(ApiError::Kind::Storage,
        u"The history of the load test cannot be written: %1: %2."_s.arg(
            file.fileName(), file.errorString()));
}

Result<> LoadRecorder::Writer::write(const std::vector<Job> &batch)
{
    QByteArray csv;
    LoadTimelinePart part;
    const auto flush = [&]() -> Result<> {
        Result<> written = append(samples, std::exchange(csv, {}));
        if (written && !part.isEmpty()) {
            written = append(timeline, toJsonLine(std::exchange(part, {})) + '\n');
        }
        return written ? writeAnswers() : written;
    };
    Result<> all;
    const auto note = [&all](const Result<> &written) {
        if (all && !written) {
            all = written;
        }
    };
    for (const Job &job : batch) {
        if (const auto *delta = std::get_if<LoadDelta>(&job)) {
            for (const LoadSample &sample : delta->samples) {
                csv += toCsv(sample);
            }
            part.add(delta->timeline);
            continue;
        }
        note(flush());
        const auto *begin = std::get_if<StageBegin>(&job);
        note(begin ? beginStage(*begin) : endStage(std::get<LoadReport>(job)));
    }
    note(flush());
    return all;
}

Result<> LoadRecorder::Writer::writeAnswers()
{
    if (!answers) {
        return {};
    }
    const QList<QByteArray> blocks = answers->blocks(answersWritten);
    for (const QByteArray &block : blocks) {
        if (const Result<> written = append(answersFile, block); !written) {
            return written;
        }
        ++answersWritten;
    }
    return {};
}

Result<> LoadRecorder::Writer::beginStage(const StageBegin &begin)
{
    ++stage;
    head = begin.head;
    answers.reset();
    Result<> written = RunFiles::writeHead(path, stage, head);
    if (written && begin.prompts) {
        written = RunFiles::writePrompts(path, stage, *begin.prompts);
    }
    if (!written) {
        return written;
    }
    samples.close();
    timeline.close();
    samples.setFileName(RunFiles::samplesOf(path, stage));
    timeline.setFileName(RunFiles::timelineOf(path, stage));
    std::vector<QFile *> files{&samples, &timeline};
    if (begin.answers) {
        answersFile.close();
        answersFile.setFileName(RunFiles::answersOf(path, stage));
        files.push_back(&answersFile);
    }
    for (QFile *file : files) {
        if (!file->open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered)) {
            return Lorikeet::fail(ApiError::Kind::Storage,
                u"The history of the load test cannot be written: %1: %2."_s.arg(
                    file->fileName(), file->errorString()));
        }
    }
    const Result<> begun = append(samples, samplesCsvHead());
    if (!begun || !begin.answers) {
        return begun;
    }
    answers = begin.answers;
    answersWritten = 0;
    return append(answersFile, answers->head());
}

Result<> LoadRecorder::Writer::endStage(const LoadReport &report)
{
    result.stages += {.load = head.load, .report = report, .samples = {}};
    answers.reset();
    return RunFiles::writeReport(path, stage, head.load, report);
}

LoadRecorder::LoadRecorder(const QString &path, KeptRun run)
    : m_writer(std::make_unique<Writer>())
{
    m_writer->path = path;
    m_writer->run = std::move(run);
    m_writer->result.sweep = m_writer->run.profile.sweep;
    m_writer->recorder = this;
    m_writer->thread.reset(QThread::create([writer = m_writer.get()] { writer->work(); }));
    m_writer->thread->setObjectName(u"load history"_s);
    m_writer->thread->start();
    QMutexLocker lock(&m_writer->mutex);
    while (!m_writer->isReady) {
        m_writer->changed.wait(&m_writer->mutex);
    }
}

LoadRecorder::~LoadRecorder()
{
    {
        const QMutexLocker lock(&m_writer->mutex);
        m_writer->isClosing = true;
        m_writer->changed.wakeAll();
    }
    m_writer->thread->wait();
}

const QUuid &LoadRecorder::id() const { return m_writer->run.id; }

std::optional<ApiError> LoadRecorder::problem() const
{
    const QMutexLocker lock(&m_writer->mutex);
    return m_writer->problem;
}

void LoadRecorder::beginStage(const LoadPlan &plan, const QDateTime &startedAt, double load,
    std::shared_ptr<const LoadAnswers> answers, const std::optional<KeptPrompts> &prompts)
{
    m_writer->post(Writer::StageBegin{.head = {.plan = plan, .startedAt = startedAt, .load = load},
        .answers = std::move(answers),
        .prompts = prompts});
}

void LoadRecorder::add(const LoadDelta &delta) { m_writer->post(delta); }

void LoadRecorder::endStage(const LoadReport &report) { m_writer->post(report); }

Result<> LoadRecorder::close()
{
    {
        const QMutexLocker lock(&m_writer->mutex);
        m_writer->isClosing = true;
        m_writer->isDone = true;
        m_writer->changed.wakeAll();
    }
    m_writer->thread->wait();
    return m_writer->problem ? Result<>(Failure(*m_writer->problem)) : Result<>();
}

} // namespace Lorikeet
