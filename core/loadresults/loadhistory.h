// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "load/loadrequest.h"
#include "loadresults/keptrun.h"
#include "loadresults/loadresult.h"

#include <QList>
#include <QString>
#include <QUuid>

#include <memory>

namespace Lorikeet {

class LoadRecorder;

/// What a person says of a run.
struct KeptWords
{
    QString name;
    QString note;
    QStringList tags;

    friend bool operator==(const KeptWords &, const KeptWords &) = default;
};

/// Load tests that are kept, each in a folder of its own (README.md says why files). Several
/// programs may use one history at once. Nothing goes by itself but what a person removed.
///
/// Callable from every thread. All of it reads or writes files before it returns, so the thread of
/// a window leaves it to another (QtConcurrent::run).
class LoadHistory final
{
public:
    /// Made where it is not there.
    explicit LoadHistory(const QString &folder);

    /// Beside the program's database; what `lori load` uses. A window with a profile of its own has
    /// it beside that profile's database.
    [[nodiscard]] static QString defaultFolder();

    [[nodiscard]] const QString &folder() const { return m_folder; }

    /// Begins a run; what LoadRun tells is to be given to the recorder. Fails with Kind::Storage.
    /// `name` may be empty.
    [[nodiscard]] Result<std::unique_ptr<LoadRecorder>> begin(const QString &name,
        const LoadSubject &subject, const LoadProfile &profile, const QStringList &tags = {}) const;

    /// Keeps a result that comes from elsewhere: a report that was sent. Gives its id.
    [[nodiscard]] Result<QUuid> add(const LoadResult &result) const;

    /// The last one first. A run whose program died is closed here, once: its figures are made of
    /// what was written, which takes as long as reading that.
    [[nodiscard]] Result<QList<KeptRun>> list() const;
    [[nodiscard]] Result<KeptRun> find(QUuid id) const;
    /// "last", or how an id begins, as far as it is no other's.
    [[nodiscard]] Result<KeptRun> find(const QString &word) const;

    /// Its reports, of one that runs those of the stages that ended. Without samples, which may be
    /// many.
    [[nodiscard]] Result<LoadResult> load(QUuid id) const;
    /// Likewise with the samples of all stages.
    [[nodiscard]] Result<LoadResult> loadWithSamples(QUuid id) const;
    /// Likewise with what was answered, too, as far as that is kept and can be read.
    [[nodiscard]] Result<LoadResult> loadWhole(QUuid id) const;
    /// Of one stage, from 0.
    [[nodiscard]] Result<LoadSamples> samples(QUuid id, qsizetype stage = 0) const;
    /// Likewise; null: none are kept.
    [[nodiscard]] Result<std::shared_ptr<const LoadAnswers>> answers(
        QUuid id, qsizetype stage = 0) const;

    /// The requests of a stage, from 0, as they were asked; null where they are not known any more.
    [[nodiscard]] std::shared_ptr<const LoadSource> source(
        const KeptRun &run, const LoadStage &stage, qsizetype number = 0) const;

    /// Also of one that runs.
    [[nodiscard]] Result<> change(QUuid id, const KeptWords &words) const;

    /// It is listed no more, and can be restored until purge() is called an hour later or after.
    /// Fails while it runs.
    [[nodiscard]] Result<> remove(QUuid id) const;
    [[nodiscard]] Result<> restore(QUuid id) const;
    /// Deletes for good what was removed longer ago than an hour; how many runs. For the start of a
    /// program.
    [[nodiscard]] Result<int> purge() const;

    /// What is kept and for how long, in a sentence for people: "12 runs take 340 MB in … ; they
    /// stay until you remove them."
    [[nodiscard]] static QString retentionText(const QList<KeptRun> &runs, const QString &folder);

private:
    [[nodiscard]] QString pathOf(QUuid id) const;
    [[nodiscard]] Result<KeptRun> read(const QString &path) const;

    QString m_folder;
};

} // namespace Lorikeet
