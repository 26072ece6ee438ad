// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadhistorylist.h"

#include "charts/charttext.h"
#include "load/loadfigures.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QtConcurrentRun>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// What ends the names of imports that were removed.
constexpr QLatin1StringView removedEnding(".removed");

/// What the list shows of another tool's test.
KeptRun keptOf(const ForeignReport &report, QUuid id, const QFileInfo &file)
{
    KeptRun run;
    run.id = id;
    run.name = report.name;
    run.note = report.notes.join(u' ');
    run.subject.model = report.model;
    run.state = KeptRun::State::Ended;
    run.startedAt = QDateTime::fromString(report.startedAt, Qt::ISODateWithMs);
    if (!run.startedAt.isValid()) {
        run.startedAt = file.lastModified();
    }
    const ComparableRun figures = report.comparable();
    if (const LoadFigure *rate = figures.find(u"output_tokens_per_s"_s)) {
        run.figures.tokenRate = rate->value;
    }
    if (const LoadFigure *first = figures.find(u"ttft_p95"_s); first && first->value) {
        run.figures.firstTokenP95 = fromSeconds(*first->value);
    }
    return run;
}

QString detailText(const KeptRun &run)
{
    QStringList parts{run.subject.model.isEmpty() ? run.subject.url : run.subject.model};
    if (run.figures.stages > 1) {
        parts.append(LoadHistoryList::tr("%Ln stage(s)", nullptr, run.figures.stages));
    }
    if (run.figures.requests > 0) {
        parts.append(LoadHistoryList::tr("%1 of %2 answered")
                .arg(QLocale().toString(run.figures.answered),
                    QLocale().toString(run.figures.requests)));
    }
    return parts.join(u" · "_s);
}

QString figuresText(const KeptRun &run)
{
    QStringList parts;
    if (run.figures.tokenRate) {
        parts.append(LoadHistoryList::tr("%1 tok/s")
                .arg(QLocale().toString(*run.figures.tokenRate, 'f', 0)));
    }
    if (run.figures.itemRate) {
        const QString rate = QLocale().toString(*run.figures.itemRate, 'f', 0);
        parts.append(run.profile.workload.task.kind == LoadTask::Kind::Rerank
                ? LoadHistoryList::tr("%1 documents/s").arg(rate)
                : LoadHistoryList::tr("%1 texts/s").arg(rate));
        if (run.figures.totalP95) {
            parts.append(LoadHistoryList::tr("end to end p95 %1")
                    .arg(chartText(toSeconds(*run.figures.totalP95), ChartUnit::Duration)));
        }
    }
    if (run.figures.firstTokenP95) {
        parts.append(LoadHistoryList::tr("TTFT p95 %1")
                .arg(chartText(toSeconds(*run.figures.firstTokenP95), ChartUnit::Duration)));
    }
    if (run.figures.knee) {
        parts.append(LoadHistoryList::tr("knee at %1").arg(loadNumberText(*run.figures.knee)));
    }
    if (run.figures.keepsObjective) {
        parts.append(*run.figures.keepsObjective ? LoadHistoryList::tr("objective kept")
                                                 : LoadHistoryList::tr("objective missed"));
    }
    return parts.join(u" · "_s);
}

QString stateText(const KeptRun &run)
{
    switch (run.state) {
    case KeptRun::State::Running:
        return LoadHistoryList::tr("running");
    case KeptRun::State::Killed:
        return LoadHistoryList::tr("cut off");
    case KeptRun::State::Damaged:
        return LoadHistoryList::tr("damaged");
    case KeptRun::State::Ended:
        break;
    }
    return run.end == "finished"_L1 || run.end.isEmpty() ? QString()
        : run.end == "stopped"_L1                        ? LoadHistoryList::tr("stopped")
                                                         : LoadHistoryList::tr("ended early");
}

} // namespace

LoadHistoryList::LoadHistoryList(const QString &folder, QObject *parent)
    : ListModel(parent)
    , m_history(folder)
    , m_importFolder(folder + "-imports"_L1)
    , m_imports(std::make_shared<QHash<QString, Import>>())
    , m_foreign(std::make_shared<QHash<QUuid, ForeignReport>>())
{
    m_pool.setMaxThreadCount(1);
}

int LoadHistoryList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant LoadHistoryList::data(const QModelIndex &index, int role) const
{
    static constexpr std::array fields{
        Field<Row>{NameRole, "name", [](const Row &row) { return QVariant(row.run.name); }},
        Field<Row>{DetailRole, "detail",
            [](const Row &row) {
                const QString text = detailText(row.run);
                return QVariant(row.tool.isEmpty() ? text
                        : text.isEmpty()           ? row.tool
                                                   : row.tool + u" · "_s + text);
            }},
        Field<Row>{WhenRole, "when",
            [](const Row &row) {
                return QVariant(
                    QLocale().toString(row.run.startedAt.toLocalTime(), QLocale::ShortFormat));
            }},
        Field<Row>{
            FiguresRole, "figures", [](const Row &row) { return QVariant(figuresText(row.run)); }},
        Field<Row>{NoteRole, "note", [](const Row &row) { return QVariant(row.run.note); }},
        Field<Row>{
            TagsRole, "tags", [](const Row &row) { return QVariant(row.run.tags.join(u", "_s)); }},
        Field<Row>{TickedRole, "ticked", [](const Row &row) { return QVariant(row.isTicked); }},
        Field<Row>{
            StateRole, "runState", [](const Row &row) { return QVariant(int(row.run.state)); }},
        Field<Row>{StateTextRole, "stateText",
            [](const Row &row) { return QVariant(stateText(row.run)); }},
        Field<Row>{
            ForeignRole, "foreign", [](const Row &row) { return QVariant(!row.tool.isEmpty()); }},
    };
    return valueAt<Row>(m_rows, fields, index, role);
}

QHash<int, QByteArray> LoadHistoryList::roleNames() const
{
    return {{NameRole, "name"}, {DetailRole, "detail"}, {WhenRole, "when"},
        {FiguresRole, "figures"}, {NoteRole, "note"}, {TagsRole, "tags"}, {TickedRole, "ticked"},
        {StateRole, "runState"}, {StateTextRole, "stateText"}, {ForeignRole, "foreign"}};
}

QUuid LoadHistoryList::idAt(int row) const
{
    return row >= 0 && row < m_rows.size() ? m_rows[row].run.id : QUuid();
}

void LoadHistoryList::refresh()
{
    then([](const LoadHistory &) { return Result<>(); });
}

void LoadHistoryList::then(
    const std::function<Result<>(const LoadHistory &)> &work, const std::function<void()> &done)
{
    struct Read
    {
        Result<> done;
        Result<QList<KeptRun>> runs;
        QList<Import> imports;
    };

    QtConcurrent::run(&m_pool,
        [work, history = m_history, folder = m_importFolder, imports = m_imports] {
            const Result<> worked = work(history);
            readImports(folder, imports);
            return std::make_shared<Read>(
                Read{.done = worked, .runs = history.list(), .imports = imports->values()});
        })
        .then(this, [this, done, reading = ++m_reading](const std::shared_ptr<Read> &read) {
            if (!read->done) {
                Q_EMIT failed(read->done.error().message);
            } else if (done) {
                done();
            }
            if (reading != m_reading) {
                return;
            }
            if (read->runs) {
                show(*read->runs, read->imports);
            } else {
                Q_EMIT failed(read->runs.error().message);
            }
        });
}

void LoadHistoryList::readImports(const QString &folder, const Imports &imports)
{
    const QStringList files = QDir(folder).entryList(QDir::Files);
    imports->removeIf([&files](const auto &import) { return !files.contains(import.key()); });
    for (const QString &name : files) {
        QFile file(folder + u'/' + name);
        if (name.endsWith(removedEnding) || imports->contains(name)
            || !file.open(QIODevice::ReadOnly)) {
            continue;
        }
        // As it was called before it came here.
        const Result<QList<ForeignReport>> reports
            = foreignReportsFrom(file.readAll(), name.section(u'-', 1));
        imports->insert(name, {file.fileName(), reports.value_or(QList<ForeignReport>())});
    }
}

void LoadHistoryList::import(const QString &file)
{
    const QString name = QFileInfo(file).fileName();
    then(
        [file, name, folder = m_importFolder](const LoadHistory &history) -> Result<> {
            QFile in(file);
            if (!in.open(QIODevice::ReadOnly)) {
                return fail(ApiError::Kind::Storage,
                    tr("%1 could not be read: %2.").arg(file, in.errorString()));
            }
            const QByteArray content = in.readAll();
            if (Result<LoadResult> own = loadResultFrom(content); own && !own->stages.isEmpty()) {
                own->name = QFileInfo(file).completeBaseName();
                const Result<QUuid> kept = history.add(*own);
                return kept ? Result<>() : Failure(kept.error());
            }
            if (const Result<QList<ForeignReport>> reports = foreignReportsFrom(content, name);
                !reports) {
                return Failure(reports.error());
            }
            const QString mark = QUuid::createUuid().toString(QUuid::Id128).first(8);
            const QString copy = folder + u'/' + mark + u'-' + name;
            if (!QDir().mkpath(folder) || !in.copy(copy)) {
                return fail(ApiError::Kind::Storage,
                    tr("%1 could not be written: %2.").arg(copy, in.errorString()));
            }
            return {};
        },
        [this, name] { Q_EMIT imported(name); });
}

void LoadHistoryList::show(const QList<KeptRun> &runs, const QList<Import> &imports)
{
    m_all.clear();
    m_foreign->clear();
    for (const KeptRun &run : runs) {
        m_all.append({.run = run, .tool = {}, .file = {}});
    }
    for (const Import &import : imports) {
        int number = 0;
        for (const ForeignReport &report : import.reports) {
            const QUuid id
                = QUuid::createUuidV5(QUuid(), import.file + u'#' + QString::number(number++));
            m_foreign->insert(id, report);
            m_all.append({.run = keptOf(report, id, QFileInfo(import.file)),
                .tool = QString(report.tool + u' ' + report.version).trimmed(),
                .file = import.file});
        }
    }
    std::ranges::stable_sort(
        m_all, std::ranges::greater(), [](const Row &row) { return row.run.startedAt; });
    m_ticked.removeIf([this](QUuid id) {
        return std::ranges::none_of(m_all, [id](const Row &row) { return row.run.id == id; });
    });
    m_retention = LoadHistory::retentionText(runs, m_history.folder());
    arrange();
}

void LoadHistoryList::arrange()
{
    QList<Row> rows;
    for (Row row : std::as_const(m_all)) {
        const QStringList texts{
            row.run.name, row.run.note, row.run.tags.join(u' '), row.run.subject.model, row.tool};
        const auto has = [this](const QString &text) {
            return text.contains(m_filter.trimmed(), Qt::CaseInsensitive);
        };
        if (std::ranges::any_of(texts, has)) {
            row.isTicked = m_ticked.contains(row.run.id);
            rows.append(row);
        }
    }
    update(m_rows, rows, [](const Row &row) { return row.run.id; });
    Q_EMIT changed();
}

void LoadHistoryList::setFilter(const QString &filter)
{
    if (m_filter != filter) {
        m_filter = filter;
        Q_EMIT filterChanged();
        arrange();
    }
}

void LoadHistoryList::tick(int row, bool ticked)
{
    const QUuid id = idAt(row);
    if (id.isNull() || m_ticked.contains(id) == ticked) {
        return;
    }
    if (ticked) {
        m_ticked.append(id);
    } else {
        m_ticked.removeOne(id);
    }
    arrange();
}

QString LoadHistoryList::keyAt(int row) const { return idAt(row).toString(); }

void LoadHistoryList::describe(
    const QString &key, const QString &name, const QString &note, const QString &tags)
{
    const QUuid id(key);
    if (id.isNull() || m_foreign->contains(id)) {
        return;
    }
    KeptWords words{.name = name.trimmed(), .note = note.trimmed(), .tags = {}};
    for (const QString &tag : tags.split(u',', Qt::SkipEmptyParts)) {
        if (const QString trimmed = tag.trimmed(); !trimmed.isEmpty()) {
            words.tags.append(trimmed);
        }
    }
    then([id, words](const LoadHistory &history) { return history.change(id, words); });
}

void LoadHistoryList::remove(int row)
{
    const QUuid id = idAt(row);
    if (id.isNull()) {
        return;
    }
    const auto done = [this, id, name = m_rows[row].run.name, file = m_rows[row].file] {
        m_removed = id;
        m_removedFile = file;
        m_removedName = name;
    };
    then(
        [id, file = m_rows[row].file](const LoadHistory &history) -> Result<> {
            if (file.isEmpty()) {
                return history.remove(id);
            }
            QFile import(file);
            return import.rename(file + removedEnding)
                ? Result<>()
                : fail(ApiError::Kind::Storage,
                      tr("%1 could not be removed: %2.").arg(file, import.errorString()));
        },
        done);
}

void LoadHistoryList::undoRemove()
{
    const QUuid id = m_removed;
    const QString file = m_removedFile;
    forgetRemoved();
    then([id, file](const LoadHistory &history) -> Result<> {
        if (file.isEmpty()) {
            return history.restore(id);
        }
        QFile import(file + removedEnding);
        return import.rename(file)
            ? Result<>()
            : fail(ApiError::Kind::Storage,
                  tr("%1 could not be brought back: %2.").arg(file, import.errorString()));
    });
}

void LoadHistoryList::forgetRemoved()
{
    m_removed = {};
    m_removedFile.clear();
    m_removedName.clear();
    Q_EMIT changed();
}

} // namespace Lorikeet
