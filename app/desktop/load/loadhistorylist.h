// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "loadresults/foreignreport.h"
#include "loadresults/loadhistory.h"

#include <QHash>
#include <QThreadPool>
#include <QtQml/qqmlregistration.h>

#include <functional>
#include <memory>

namespace Lorikeet {

/// The load tests that are kept, to be opened, named, compared and removed; among them those of
/// other tools that were imported, which can be compared alone. Files are read and written in
/// another thread, one thing after the other.
class LoadHistoryList final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the load test")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    /// Of all, whatever is looked for.
    Q_PROPERTY(int all READ all NOTIFY changed FINAL)
    /// What is looked for in names, notes, tags and models; empty: all are shown.
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged FINAL)
    /// How many are ticked, to be compared.
    Q_PROPERTY(int ticked READ ticked NOTIFY changed FINAL)
    /// What is kept and how long, in a sentence.
    Q_PROPERTY(QString retention READ retention NOTIFY changed FINAL)
    /// What was removed last and can come back; empty: nothing.
    Q_PROPERTY(QString removed READ removed NOTIFY changed FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        DetailRole, ///< "demo · 3,210 of 3,212 answered"
        WhenRole,
        FiguresRole, ///< "412 tok/s · TTFT p95 182 ms"
        NoteRole,
        TagsRole, ///< with commas
        TickedRole,
        StateRole, ///< a State
        StateTextRole, ///< empty: it ended as it should
        ForeignRole, ///< it is another tool's
    };

    /// KeptRun::State.
    enum State { Running, Ended, Killed, Damaged };
    Q_ENUM(State)

    LoadHistoryList(const QString &folder, QObject *parent);

    [[nodiscard]] const LoadHistory &history() const { return m_history; }

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] int all() const { return int(m_all.size()); }

    [[nodiscard]] QString filter() const { return m_filter; }

    void setFilter(const QString &filter);

    [[nodiscard]] int ticked() const { return int(m_ticked.size()); }

    [[nodiscard]] QString retention() const { return m_retention; }

    [[nodiscard]] QString removed() const { return m_removedName; }

    /// In the order in which they were ticked.
    [[nodiscard]] const QList<QUuid> &tickedRuns() const { return m_ticked; }

    /// Those of other tools, by their ids.
    [[nodiscard]] const QHash<QUuid, ForeignReport> &foreign() const { return *m_foreign; }

    /// Does it in the other thread, and reads anew; `done` follows in this one where it went well.
    void then(const std::function<Result<>(const LoadHistory &)> &work,
        const std::function<void()> &done = {});

    /// The other thread, for what is to wait for what was begun before.
    [[nodiscard]] QThreadPool *pool() { return &m_pool; }

    /// A report that was sent, or a file of another tool; imported() or failed() follows.
    void import(const QString &file);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Null where there is no such row.
    Q_INVOKABLE [[nodiscard]] QUuid idAt(int row) const;
    Q_INVOKABLE void refresh();
    Q_INVOKABLE void tick(int row, bool ticked);
    /// What describe() knows a run by, wherever it stands by then.
    Q_INVOKABLE [[nodiscard]] QString keyAt(int row) const;
    /// What a person says of it; `tags` with commas.
    Q_INVOKABLE void describe(
        const QString &key, const QString &name, const QString &note, const QString &tags);
    Q_INVOKABLE void remove(int row);
    Q_INVOKABLE void undoRemove();
    Q_INVOKABLE void forgetRemoved();

Q_SIGNALS:
    void changed();
    void filterChanged();
    void imported(const QString &name);
    void failed(const QString &sentence);

private:
    struct Row
    {
        KeptRun run;
        QString tool; ///< empty: it is our own
        QString file; ///< of another tool
        bool isTicked = false;
        friend bool operator==(const Row &, const Row &) = default;
    };

    /// A file of another tool, as it was read once.
    struct Import
    {
        QString file;
        QList<ForeignReport> reports;
    };

    using Imports = std::shared_ptr<QHash<QString, Import>>;

    /// In the other thread, to which they belong.
    static void readImports(const QString &folder, const Imports &imports);
    void show(const QList<KeptRun> &runs, const QList<Import> &imports);
    void arrange();

    LoadHistory m_history;
    QString m_importFolder;
    Imports m_imports; ///< of the other thread, by their names
    std::shared_ptr<QHash<QUuid, ForeignReport>> m_foreign;
    QList<Row> m_all; ///< the last one first
    QList<Row> m_rows; ///< what is looked for
    QString m_filter;
    QList<QUuid> m_ticked;
    QString m_retention;
    QUuid m_removed;
    QString m_removedFile; ///< of another tool
    QString m_removedName;
    int m_reading = 0; ///< counts the readings, of which only the last is shown
    QThreadPool m_pool; ///< the other thread; the last to be made, since it waits for its work
};

} // namespace Lorikeet
