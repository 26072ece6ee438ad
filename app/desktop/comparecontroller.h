// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "comparediff.h"
#include "comparejudging.h"
#include "comparelane.h"
#include "compareranking.h"
#include "comparisonlist.h"
#include "comparisonpicture.h"
#include "http/inclient.h"
#include "judging/modeljudge.h"
#include "lanesets.h"
#include "lanewarmup.h"
#include "picturestyle.h"
#include "pricetable.h"
#include "prompttarget.h"
#include "store/comparisonstore.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

class Preferences;
class SetupEditor;

/// The compare page: which comparison is shown, its lanes, and what a person does with them. Each
/// lane is a chat of its own; a prompt goes to all of them that receive.
class CompareController final : public PromptTarget
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(Lorikeet::ComparisonList *comparisons READ comparisons CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LaneSets *sets READ sets CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::LaneModel *lanes READ lanes CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::PriceTable *prices READ prices CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::CompareDiff *diff READ diff CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::CompareJudging *judging READ judging CONSTANT FINAL)
    Q_PROPERTY(Lorikeet::ModelJudge *judge READ judge CONSTANT FINAL)
    Q_PROPERTY(QString comparisonId READ comparisonId NOTIFY sessionChanged FINAL)
    Q_PROPERTY(QString title READ title NOTIFY titleChanged FINAL)
    /// Nothing has been said in any lane yet.
    Q_PROPERTY(bool blank READ isBlank NOTIFY turnsChanged FINAL)
    Q_PROPERTY(int laneCount READ laneCount NOTIFY lanesChanged FINAL)
    Q_PROPERTY(int receiving READ receiving NOTIFY receivingChanged FINAL)
    Q_PROPERTY(bool canAdd READ canAdd NOTIFY lanesChanged FINAL)
    Q_PROPERTY(bool canUndoClose READ canUndoClose NOTIFY lanesChanged FINAL)
    /// The place of the lane that the inspector and the keys are about.
    Q_PROPERTY(int focusedPlace READ focusedPlace WRITE setFocusedPlace NOTIFY focusChanged FINAL)
    /// Null for a moment only.
    Q_PROPERTY(Lorikeet::CompareLane *focused READ focused NOTIFY focusChanged FINAL)
    /// The place of the lane that is shown alone; -1: all are.
    Q_PROPERTY(int solo READ solo WRITE setSolo NOTIFY soloChanged FINAL)
    /// A ComparisonOptions::Order.
    Q_PROPERTY(int order READ order WRITE setOrder NOTIFY optionsChanged FINAL)
    Q_PROPERTY(bool alignsSeeds READ alignsSeeds WRITE setAlignsSeeds NOTIFY optionsChanged FINAL)
    /// Each lane is sent a short request first, which is not counted.
    Q_PROPERTY(bool warmsUp READ warmsUp WRITE setWarmsUp NOTIFY optionsChanged FINAL)
    /// The lanes by the figures of their last answers.
    Q_PROPERTY(QList<Lorikeet::RankedFigure> ranking READ ranking NOTIFY rankingChanged FINAL)
    /// What bears on how far the figures can be trusted, in a sentence; empty: nothing does.
    Q_PROPERTY(QString fairness READ fairness NOTIFY fairnessChanged FINAL)

public:
    enum Order {
        Together = int(ComparisonOptions::Order::Together),
        Shuffled = int(ComparisonOptions::Order::Shuffled),
        OneByOne = int(ComparisonOptions::Order::OneByOne),
    };
    Q_ENUM(Order)

    /// All must outlive this.
    CompareController(ComparisonStore &comparisons, ConversationStore &store, ChatService &service,
        EndpointListModel &endpoints, SessionListModel &sessions, Preferences &preferences,
        ChatController &chat, const InClient &inClient, QObject *parent = nullptr);
    ~CompareController() override;

    [[nodiscard]] ComparisonList *comparisons() { return &m_list; }

    [[nodiscard]] LaneSets *sets() { return &m_sets; }

    [[nodiscard]] LaneModel *lanes() { return &m_lanes; }

    [[nodiscard]] PriceTable *prices() { return &m_prices; }

    [[nodiscard]] CompareDiff *diff() { return &m_diff; }

    [[nodiscard]] CompareJudging *judging() { return &m_judging; }

    [[nodiscard]] ModelJudge *judge() { return &m_judge; }

    [[nodiscard]] QString comparisonId() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] bool isBlank() const;

    [[nodiscard]] int laneCount() const { return int(m_lanes.lanes().size()); }

    [[nodiscard]] int receiving() const;
    [[nodiscard]] bool canAdd() const;

    [[nodiscard]] bool canUndoClose() const { return !m_closed.isEmpty() && canAdd(); }

    [[nodiscard]] int focusedPlace() const { return m_focused; }

    void setFocusedPlace(int place);

    [[nodiscard]] CompareLane *focused() const { return lane(m_focused); }

    [[nodiscard]] int solo() const { return m_solo; }

    void setSolo(int place);

    [[nodiscard]] int order() const { return int(m_record.order); }

    void setOrder(int order);

    [[nodiscard]] bool alignsSeeds() const { return m_record.alignsSeeds; }

    void setAlignsSeeds(bool aligns);

    [[nodiscard]] bool warmsUp() const { return m_record.warmsUp; }

    void setWarmsUp(bool warmsUp);
    [[nodiscard]] QList<RankedFigure> ranking() const;
    [[nodiscard]] QString fairness() const;

    /// Reads the lists and makes a new comparison, once the endpoints are known.
    void start();
    /// What the page shows, as it is kept.
    [[nodiscard]] ComparisonRecord record() const;

    /// With the lanes of the present one. One that is still blank is kept.
    Q_INVOKABLE void newComparison();
    Q_INVOKABLE void open(const QString &id);
    Q_INVOKABLE void rename(const QString &id, const QString &title);
    /// A new comparison of what the chat is asked with and, where its server has adapters, these;
    /// each lane goes on from what was said in the chat.
    Q_INVOKABLE void fromChat();
    /// A new comparison whose lanes have said something already, each a conversation that is stored
    /// nowhere yet.
    void showSaid(
        const QString &title, const QList<Conversation> &conversations, bool titleChosen = false);

    /// Asked like the focused one.
    Q_INVOKABLE void addLane();
    Q_INVOKABLE void closeLane(int place);
    Q_INVOKABLE void undoClose();
    Q_INVOKABLE void moveLane(int from, int to);
    /// The base model and each adapter of the focused lane's server, in place of the lanes there
    /// are; what was said stays in a comparison of its own.
    Q_INVOKABLE void compareAdapters();
    Q_INVOKABLE void saveSet(const QString &name);
    Q_INVOKABLE void useSet(const QString &id);
    /// Copies the lane up to a message (empty: all of it) into a chat, and shows that.
    Q_INVOKABLE void openAsChat(int place, const QString &nodeId);
    /// Does what a person asked of a message of a lane: a TimelineRow::Action.
    Q_INVOKABLE void act(int place, int action, const QString &nodeId);
    Q_INVOKABLE void stopLane(int place);
    Q_INVOKABLE void regenerate(int place);
    Q_INVOKABLE void regenerateAll();
    /// The last answers of the lanes that receive, so many times more, to count how many keep to
    /// their schema; in the order in which lanes are asked. See ChatSession::sample().
    Q_INVOKABLE void sampleAll(int count, int atOnce);
    /// Writes it as Markdown or, by the file's name, as HTML or as a picture (PNG), which looks as
    /// `style` says.
    Q_INVOKABLE void exportTo(const QUrl &file, Lorikeet::PictureStyle *style = nullptr);

    // What is typed is for all lanes that receive.
    [[nodiscard]] bool isRunning() const override;

    [[nodiscard]] QString draft() const override { return m_record.draft; }

    [[nodiscard]] QList<WaitingEntry> waiting() const override;

    [[nodiscard]] QString turnLabel() const override { return {}; }

    [[nodiscard]] QString tokenMeter() const override;
    [[nodiscard]] double contextShare() const override;
    [[nodiscard]] QString systemPrompt() const override;
    [[nodiscard]] PromptExamples promptExamples() const override;
    void setPromptExamples(const PromptExamples &examples) override;
    void setSystemPrompt(const QString &text) override;
    [[nodiscard]] QList<ChatController *> recipients() override;
    bool send(const QString &text) override;
    bool addPrompt(const QString &text) override;
    void stop() override;
    void interrupt() override;
    void setDraft(const QString &text) override;
    void setTurn(const TurnChoice &choice) override;

    void clearTurn() override { }

    void editPrompt(const QString &nodeId, const QString &text) override;
    void sendWaiting() override;
    void editWaiting(const QString &id, const QString &text) override;
    void removeWaiting(const QString &id) override;
    [[nodiscard]] QString lastPrompt() const override;
    QString historyStep(int step, const QString &current) override;
    [[nodiscard]] QString textOf(const QString &nodeId) const override;

Q_SIGNALS:
    void titleChanged();
    void lanesChanged();
    void focusChanged();
    void soloChanged();
    void optionsChanged();
    void receivingChanged();
    /// A prompt or an answer came, ended or went.
    void turnsChanged();
    void rankingChanged();
    void fairnessChanged();
    void requestShown(const QString &text);
    /// The picture that was asked for is written.
    void pictureWritten();
    /// A lane is open as a chat now.
    void chatOpened();
    void laneClosed();
    /// The comparison on its way is to be seen.
    void shown();

private:
    /// A prompt that does not go to all lanes at once: one lane after the other, or after it was
    /// warmed up for, or behind another such prompt.
    struct Turn
    {
        QUuid id;
        QString text;
        QList<CompareLane *> left; ///< lanes that were not asked yet
        std::optional<qint64> seed;
        bool warmed = false; ///< nothing goes before it any more
        bool begun = false;
        QHash<CompareLane *, Nanoseconds> warmUps;
    };

    /// Lanes that are still to be asked several times, each when the one before is done.
    struct Samples
    {
        QList<CompareLane *> left;
        int count = 0;
        int atOnce = 1;
    };

    struct Closed
    {
        ComparedLane lane;
        int place = 0;
    };

    [[nodiscard]] CompareLane *lane(int place) const;
    [[nodiscard]] CompareLane *laneOf(const QString &nodeId) const;
    [[nodiscard]] CompareLane *makeLane();
    void setLanes(const QList<CompareLane *> &lanes);
    /// Makes it the comparison that is shown; of each lane there is its conversation.
    void show(const ComparisonRecord &record, const QList<Conversation> &conversations,
        const QList<bool> &stored);
    void showFresh(const QList<ChatSetup> &setups);
    void retire(CompareLane *lane);
    [[nodiscard]] CompareLane *takeRetired(QUuid conversation);
    void onRemoved(QUuid id);
    void saveSoon();
    void save();
    [[nodiscard]] QList<ChatSetup> setups() const;
    [[nodiscard]] QList<ChatSetup> firstSetups() const;
    [[nodiscard]] QList<ChatSetup> withAdapters(const ChatSetup &setup) const;
    void askNext();
    void ask(CompareLane &lane, const Turn &turn);
    void sampleNext();
    void onWarmedUp();
    void wantPrices();
    void onRunningChanged();
    /// Other places, so that these do not tell whose the answers are.
    void shuffle();
    void onHiddenChanged();
    void writePicture(const QString &path, const ComparisonPicture &picture);
    void tellUnwritten(const QString &path, const QString &why);
    /// What there is to judge; without answers while not all are there.
    [[nodiscard]] Verdict judged() const;
    /// To those who judge, people and models.
    void offerAnswers();

    ComparisonStore &m_store;
    ConversationStore &m_conversations;
    ChatService &m_service;
    EndpointListModel &m_endpoints;
    SessionListModel &m_sessions;
    Preferences &m_preferences;
    ChatController &m_chat;
    ComparisonList m_list;
    LaneSets m_sets;
    LaneModel m_lanes;
    PriceTable m_prices;
    LaneWarmUp m_warmUp;
    CompareDiff m_diff;
    CompareJudging m_judging;
    ModelJudge m_judge;
    ComparisonRecord m_record; ///< but for its lanes, which are m_lanes
    bool m_stored = false;
    QTimer m_saving;
    QList<CompareLane *> m_retired; ///< not shown any more, and still answering
    QList<Turn> m_turns;
    Samples m_samples;
    QList<Closed> m_closed; ///< the last is undone first
    QUuid m_opening;
    int m_focused = 0;
    int m_solo = -1;
    QElapsedTimer m_interrupted;
};

} // namespace Lorikeet
