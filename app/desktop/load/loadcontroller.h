// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chatcontroller.h"
#include "http/inclient.h"
#include "load/livefigures.h"
#include "load/loadcalibration.h"
#include "load/loadcharts.h"
#include "load/loadcomparing.h"
#include "load/loadcut.h"
#include "load/loadhistorylist.h"
#include "load/loadjob.h"
#include "load/loadpresets.h"
#include "load/loadrequestdetail.h"
#include "load/loadrequests.h"
#include "load/loadresults.h"
#include "load/loadsetup.h"

#include <QTimer>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include <memory>
#include <vector>

namespace Lorikeet {

class LoadRecorder;
class Preferences;
class PriceTable;
class PromptLibrary;

/// The load page: a load test is set up, run, watched and read. The run goes on in threads of its
/// own, also while another page is in sight.
class LoadController final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    /// Whom it asks, and with what besides the prompts: a chat that nobody talks in.
    Q_PROPERTY(Lorikeet::ChatController *chat READ chat CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadSetup *setup READ setup CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadPresets *presets READ presets CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadCharts *charts READ charts CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadRequests *requests READ requests CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadCut *cut READ cut CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadResults *results READ results CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadHistoryList *history READ history CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadComparing *comparing READ comparing CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LoadCalibration *calibration READ calibration CONSTANT FINAL)
    Q_PROPERTY(int state READ state NOTIFY stateChanged FINAL)
    /// Something goes on that can be stopped.
    Q_PROPERTY(bool running READ isRunning NOTIFY stateChanged FINAL)
    /// Of the time or the requests, 0 to 1.
    Q_PROPERTY(double progress READ progress NOTIFY figuresChanged FINAL)
    /// "0:12 of 0:30"
    Q_PROPERTY(QString clock READ clock NOTIFY figuresChanged FINAL)
    Q_PROPERTY(Lorikeet::LoadFigures figures READ figures NOTIFY figuresChanged FINAL)
    /// Whom the run in sight asks, or asked.
    Q_PROPERTY(QString subject READ subject NOTIFY stateChanged FINAL)
    /// What a person calls the run in sight, and says of it; empty: it is not one of the history.
    Q_PROPERTY(QString name READ name NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString note READ note NOTIFY stateChanged FINAL)
    Q_PROPERTY(QStringList tags READ tags NOTIFY stateChanged FINAL)
    /// An Ending, of a run that is over.
    Q_PROPERTY(int ending READ ending NOTIFY stateChanged FINAL)
    /// There is something to be written into a file.
    Q_PROPERTY(bool exportable READ isExportable NOTIFY stateChanged FINAL)
    /// What ended it before its time; empty: nothing.
    Q_PROPERTY(QString problem READ problem NOTIFY stateChanged FINAL)
    Q_PROPERTY(QStringList notes READ notes NOTIFY stateChanged FINAL)
    /// Of a search for the limit: the stage whose figures are shown, in the order they were run.
    Q_PROPERTY(int stage READ stage NOTIFY stageChanged FINAL)
    /// "8 users"; empty: there are no stages.
    Q_PROPERTY(QString stageText READ stageText NOTIFY stageChanged FINAL)
    /// Names of those who were asked, of a mix.
    Q_PROPERTY(QStringList choiceNames READ choiceNames NOTIFY stateChanged FINAL)

public:
    enum State {
        SettingUp,
        Preparing, ///< the key is looked up, a file of prompts is read
        Calibrating, ///< the server is asked how it counts, with short prompts; a trace is read
        Running,
        SummingUp, ///< all is over but the figures
        Done,
    };
    Q_ENUM(State)

    /// How a run ended.
    enum Ending {
        ByPlan,
        Stopped, ///< by a person
        TooManyFailures,
        CouldNotGoOn,
    };
    Q_ENUM(Ending)

    /// What a run can be written as, in the order in which the window offers it.
    enum Form { Report, Samples, Html, Markdown, Vllm, AiperfCsv, AiperfLines, Llmd };
    Q_ENUM(Form)

    struct Services
    {
        ConversationStore &store;
        ChatService &service;
        EndpointListModel &endpoints;
        SessionListModel &sessions;
        Preferences &preferences;
        PromptLibrary &prompts;
        PriceTable &prices;
        ChatController &chat; ///< of the chat page
    };

    /// Keeps presets and requests in `folder`, and what came of runs in `history`. All must outlive
    /// this.
    LoadController(const QString &folder, const QString &history, const InClient &inClient,
        const Services &services, QObject *parent = nullptr);
    ~LoadController() override;

    [[nodiscard]] ChatController *chat() { return &m_chat; }

    [[nodiscard]] LoadSetup *setup() { return &m_setup; }

    [[nodiscard]] LoadPresets *presets() { return &m_presets; }

    [[nodiscard]] LoadCharts *charts() { return &m_charts; }

    [[nodiscard]] LoadRequests *requests() { return &m_requests; }

    [[nodiscard]] LoadCut *cut() { return &m_cut; }

    [[nodiscard]] LoadResults *results() { return &m_results; }

    [[nodiscard]] LoadHistoryList *history() { return &m_history; }

    [[nodiscard]] LoadComparing *comparing() { return &m_comparing; }

    [[nodiscard]] LoadCalibration *calibration() { return &m_calibration; }

    [[nodiscard]] int state() const { return m_state; }

    [[nodiscard]] bool isRunning() const { return m_state > SettingUp && m_state < Done; }

    [[nodiscard]] double progress() const;
    [[nodiscard]] QString clock() const;

    [[nodiscard]] LoadFigures figures() const { return m_figures; }

    [[nodiscard]] QString subject() const { return m_subject; }

    [[nodiscard]] QString name() const { return m_result.name; }

    [[nodiscard]] QString note() const { return m_result.note; }

    [[nodiscard]] QStringList tags() const { return m_result.tags; }

    [[nodiscard]] int ending() const { return m_ending; }

    [[nodiscard]] bool isExportable() const
    {
        return m_state == Done && !m_result.stages.isEmpty();
    }

    [[nodiscard]] QString problem() const { return m_problem; }

    [[nodiscard]] QStringList notes() const { return m_notes; }

    [[nodiscard]] int stage() const { return m_stage; }

    [[nodiscard]] QString stageText() const;

    [[nodiscard]] QStringList choiceNames() const { return m_choiceNames; }

    /// What came of the run in sight.
    [[nodiscard]] const LoadResult &result() const { return m_result; }

    /// Chooses whom to ask, once the endpoints are known.
    void load();

    /// Not while this computer is calibrated.
    Q_INVOKABLE void start();
    /// What is under way is cancelled; the figures of what came until then stay.
    Q_INVOKABLE void stop();
    /// Stops it, and forgets what came.
    Q_INVOKABLE void discard();
    /// Back to the set-up; what was asked stays as it is.
    Q_INVOKABLE void startNew();
    /// The same once more, of what is shown; with fresh prompts.
    Q_INVOKABLE void runAgain();
    /// The stage of a search for the limit.
    Q_INVOKABLE void showStage(int stage);
    /// Of the library; empty: none.
    Q_INVOKABLE void chooseTemplate(const QString &name);
    /// By its place among all samples.
    Q_INVOKABLE [[nodiscard]] Lorikeet::LoadRequestDetail request(int sample) const;
    /// A new chat that is set up as this request was, with what was said before in it and its
    /// prompt to be sent.
    Q_INVOKABLE void openInChat(int sample);
    /// To the clipboard.
    Q_INVOKABLE void copy(const QString &text) const;
    /// What the chat in sight asked for this answer, or last, asked again and again.
    Q_INVOKABLE void fromChat(const QString &nodeId = {});
    Q_INVOKABLE void useEndpoint(const QString &endpointId);
    /// One of the history.
    Q_INVOKABLE void open(QUuid run);
    /// Those that are ticked in the history.
    Q_INVOKABLE void compareTicked();
    Q_INVOKABLE void saveAsPreset(const QString &name);
    /// `form`: a Form; exported() or failed() follows.
    Q_INVOKABLE void exportTo(const QUrl &file, int form);
    /// A report that was sent, into the history; imported() or failed() follows. So do files of
    /// other tools, which can be compared.
    Q_INVOKABLE void importFrom(const QUrl &file);

Q_SIGNALS:
    void stateChanged();
    void figuresChanged();
    void stageChanged();
    void exported(const QString &path);
    void imported(const QString &name);
    void chatOpened();
    /// A run of the history is in sight.
    void opened();
    /// The set-up on its way is to be seen.
    void shown();
    void failed(const QString &sentence);

private:
    void setState(State state);
    void followChat();
    [[nodiscard]] QList<MixChoice> offered() const;
    void run(const LoadProfile &profile, const Target &target);
    void begin();
    [[nodiscard]] bool chooseSubject();
    void onStageBegan();
    void onTold(const LoadDelta &delta);
    void onServerTold();
    void onSummingUp();
    void onStageEnded(const std::shared_ptr<LoadStage> &stage);
    void onFinished(const std::optional<ApiError> &error);
    void endJob();
    void close(std::unique_ptr<LoadRecorder> record, bool isKept);
    void setEnding(bool isError);
    /// Of the stages of a run; null: not known.
    using Sources = std::vector<std::shared_ptr<const LoadSource>>;

    void show(const KeptRun &run, const LoadResult &result, const Sources &sources);
    void showFigures();
    void measure(const LoadWindow &window);
    void showFiguresOf(const LoadReport &report);
    [[nodiscard]] Nanoseconds elapsed() const;
    /// Of the stage in sight; null: none are kept.
    [[nodiscard]] std::shared_ptr<const LoadAnswers> answers() const;
    [[nodiscard]] ChatRequest promptOf(const LoadSample &sample, QString &note) const;

    QString m_folder;
    InClient m_inClient;
    Services m_services;
    ChatController m_chat;
    LoadSetup m_setup;
    LoadPresets m_presets;
    LoadCharts m_charts;
    LoadRequests m_requests;
    LoadCut m_cut;
    LoadResults m_results;
    LoadHistoryList m_history;
    LoadComparing m_comparing;
    LoadCalibration m_calibration{calibrationSteps()};
    std::unique_ptr<LoadJob> m_job;
    std::unique_ptr<LoadRecorder> m_recorder; ///< null: nothing runs, or it is not written
    std::shared_ptr<const LoadSource> m_source; ///< of the stage in sight; null: not known
    Sources m_sources; ///< of its stages that ended
    int m_start = 0; ///< counts the starts, so that one that was stopped does not begin
    State m_state = SettingUp;
    QTimer m_looking; ///< at what is live
    int m_looks = 0;
    LiveFigures m_live;
    LoadReport m_soFar; ///< of the stage under way
    std::optional<LoadRests> m_rests; ///< in it
    LoadFigures m_figures;
    LoadResult m_result;
    int m_stage = 0;
    QString m_subject;
    QString m_problem;
    QStringList m_notes;
    QStringList m_choiceNames;
    ChatSetup m_asked; ///< the chat's setup when the run began
    Ending m_ending = ByPlan;
    std::optional<LoadSubject> m_opened; ///< whom it asked, of a run of the history
    std::optional<double> m_toldSeconds; ///< of an answer, as the set-up has it of itself
    LoadProfile m_profile; ///< of the run in sight
    int m_measuring = 0; ///< counts what was measured anew, of which only the last is shown
    int m_opening = 0; ///< counts the runs that were opened, of which only the last is shown
};

} // namespace Lorikeet
