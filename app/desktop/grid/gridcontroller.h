// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "grid/gridassertions.h"
#include "grid/gridcells.h"
#include "grid/gridfigures.h"
#include "grid/gridhistory.h"
#include "grid/gridjob.h"
#include "grid/gridrecord.h"
#include "model/endpoint.h"

#include <QObject>
#include <QTimer>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include <memory>

namespace Lorikeet {

class CompareController;
class EndpointListModel;
class PromptLibrary;
class SchemaShelf;

/// The grid page: a table of prompts, the lanes of the comparison, and what their answers are held
/// to. What is asked is kept as it comes, so that a grid can be stopped, or the program die, and it
/// is gone on with.
class GridController final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    /// The table as text: CSV or JSON lines.
    Q_PROPERTY(QString source READ source WRITE setSource NOTIFY edited FINAL)
    /// The file it is from; empty: typed or pasted.
    Q_PROPERTY(QString sourceName READ sourceName NOTIFY edited FINAL)
    /// Of the library; empty: the table has the prompts themselves.
    Q_PROPERTY(QString templateName READ templateName WRITE setTemplateName NOTIFY edited FINAL)
    /// Of that template, sent before each prompt: "2 turns, from “Sort”, version 3"; empty: none.
    Q_PROPERTY(QString examplesNote READ examplesNote NOTIFY edited FINAL)
    Q_PROPERTY(int samples READ samples WRITE setSamples NOTIFY edited FINAL)
    /// Requests at once of each endpoint.
    Q_PROPERTY(int concurrency READ concurrency WRITE setConcurrency NOTIFY edited FINAL)
    /// Of the first sample; empty: none.
    Q_PROPERTY(QString seed READ seed WRITE setSeed NOTIFY edited FINAL)
    Q_PROPERTY(Lorikeet::GridAssertions *assertions READ assertions CONSTANT FINAL)
    /// Those that will be asked: "A · support-v3".
    Q_PROPERTY(QStringList laneNames READ laneNames NOTIFY lanesChanged FINAL)
    /// Why it cannot be asked as it is; empty: it can.
    Q_PROPERTY(QString problem READ problem NOTIFY planned FINAL)
    /// What one should know first: columns that nothing uses.
    Q_PROPERTY(QString note READ note NOTIFY planned FINAL)
    /// "12 rows × 2 lanes × 3 samples = 72 requests"; empty: there is nothing to ask.
    Q_PROPERTY(QString size READ size NOTIFY planned FINAL)
    Q_PROPERTY(Lorikeet::GridCells *cells READ cells CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::GridHistory *history READ history CONSTANT FINAL)
    Q_PROPERTY(QList<Lorikeet::LaneFigures> figures READ figures NOTIFY figuresChanged FINAL)
    Q_PROPERTY(bool running READ isRunning NOTIFY stateChanged FINAL)
    /// There are answers, of this run or an earlier one.
    Q_PROPERTY(bool asked READ isAsked NOTIFY stateChanged FINAL)
    /// What is shown is not all answered and can be gone on with.
    Q_PROPERTY(bool resumable READ isResumable NOTIFY stateChanged FINAL)
    Q_PROPERTY(double progress READ progress NOTIFY stateChanged FINAL)
    /// "312 of 600 answered, 2 failed"
    Q_PROPERTY(QString status READ status NOTIFY stateChanged FINAL)
    /// What ended it before all was asked; empty: nothing did.
    Q_PROPERTY(QString endedBy READ endedBy NOTIFY stateChanged FINAL)

public:
    /// Keeps its files in `folder`. All must outlive this.
    GridController(const QString &folder, const InClient &inClient, EndpointListModel &endpoints,
        CompareController &compare, PromptLibrary &prompts, SchemaShelf &schemas,
        QObject *parent = nullptr);
    ~GridController() override;

    [[nodiscard]] QString source() const { return m_record.source; }

    void setSource(const QString &source);

    [[nodiscard]] QString sourceName() const { return m_record.sourceName; }

    [[nodiscard]] QString templateName() const
    {
        return m_record.prompt ? m_record.prompt->name : QString();
    }

    void setTemplateName(const QString &name);
    [[nodiscard]] QString examplesNote() const;

    [[nodiscard]] int samples() const { return m_record.samples; }

    void setSamples(int samples);

    [[nodiscard]] int concurrency() const { return m_record.concurrency; }

    void setConcurrency(int concurrency);

    [[nodiscard]] QString seed() const
    {
        return m_record.seed ? QString::number(*m_record.seed) : QString();
    }

    void setSeed(const QString &seed);

    [[nodiscard]] GridAssertions *assertions() { return &m_assertions; }

    [[nodiscard]] QStringList laneNames() const;

    [[nodiscard]] QString problem() const { return m_problem; }

    [[nodiscard]] QString note() const { return m_note; }

    [[nodiscard]] QString size() const;

    [[nodiscard]] GridCells *cells() { return &m_cells; }

    [[nodiscard]] GridHistory *history() { return &m_history; }

    [[nodiscard]] QList<LaneFigures> figures() const { return m_figures; }

    [[nodiscard]] bool isRunning() const { return m_isStarting || m_job; }

    [[nodiscard]] bool isAsked() const { return !m_asked.id.isNull(); }

    [[nodiscard]] bool isResumable() const;
    [[nodiscard]] double progress() const;
    [[nodiscard]] QString status() const;

    [[nodiscard]] QString endedBy() const { return m_endedBy; }

    /// Shows the grid that was asked last, if there is one.
    void load();

    /// Shows one from the history.
    Q_INVOKABLE void open(QUuid id);
    Q_INVOKABLE void read(const QUrl &file);
    /// A new run of what is set up; the one before stays on the disk.
    Q_INVOKABLE void start();
    Q_INVOKABLE void stop();
    /// Asks what of the run that is shown has no answer yet.
    Q_INVOKABLE void goOn();
    /// Puts what the answers that are shown were held to into `assertions`, to be changed.
    Q_INVOKABLE void editAssertions();
    /// Holds the answers that are shown to `assertions` as they are now; nothing is asked again.
    Q_INVOKABLE void checkAgain();
    /// Back to the setup of a new one.
    Q_INVOKABLE void startNew();
    Q_INVOKABLE [[nodiscard]] QList<Lorikeet::GridAnswer> answers(int row) const;
    Q_INVOKABLE [[nodiscard]] QString promptText(int row) const;
    /// A new comparison of what the lanes answered in this row, to be read and gone on with.
    Q_INVOKABLE void compareRow(int row);
    /// As CSV, JSON lines or HTML, by the name's ending.
    Q_INVOKABLE void exportTo(const QUrl &file);

Q_SIGNALS:
    void edited();
    void lanesChanged();
    void planned();
    void stateChanged();
    void figuresChanged();
    void exported(const QString &path);
    void failed(const QString &sentence);

private:
    /// What a record asks, but for the keys of its endpoints.
    struct Planned
    {
        GridPlan plan;
        QStringList unused;
    };

    [[nodiscard]] static Result<Planned> planOf(const GridRecord &record);
    [[nodiscard]] Result<Lane> laneOf(const GridRecordLane &lane, const Target &target) const;
    [[nodiscard]] GridRecord drafted() const;
    /// What the answers are held to, as it is set up.
    void addAssertionsTo(GridRecord &record) const;
    /// Of the library, or of the grid in sight: it may have been taken out there since.
    [[nodiscard]] Result<QByteArray> schemaText(const QString &name) const;
    [[nodiscard]] bool write(const GridRecord &record);
    void planSoon();
    void plan();
    void ask(const GridRecord &record);
    void run(const GridRecord &record, const QList<Result<Target>> &targets);
    void onFinished(const std::optional<ApiError> &error);
    /// What they say of the endpoints' health.
    void heed(const QList<QJsonObject> &lines);
    void check(const GridRecord &record, const Planned &planned, const GridResults &results);
    void show(const GridRecord &record, const Planned &planned, const GridResults &results);
    void summarizeSoon();
    void summarizeNow();

    QString m_folder;
    InClient m_inClient;
    EndpointListModel &m_endpoints;
    CompareController &m_compare;
    PromptLibrary &m_prompts;
    SchemaShelf &m_schemas;
    GridAssertions m_assertions;
    GridCells m_cells;
    GridHistory m_history;
    GridRecord m_record; ///< what is set up
    GridRecord m_asked; ///< what is shown; without an id: what is set up
    QTimer m_planning;
    QTimer m_summarizing;
    QString m_problem;
    QString m_note;
    QList<LaneFigures> m_figures;
    std::unique_ptr<GridJob> m_job;
    bool m_isStarting = false;
    int m_ask = 0; ///< counts the askings, so that one that was stopped is not begun
    int m_check = 0; ///< counts the checks, of which only the last is shown
    QUuid m_checking; ///< the grid whose answers are being checked; null: none
    int m_summary = 0; ///< counts the summaries, so that an overtaken one is not shown
    bool m_isSummarizing = false;
    QString m_endedBy;
};

} // namespace Lorikeet
