// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "comparecontroller.h"

#include "compare/lane.h"
#include "endpointlistmodel.h"
#include "ids.h"
#include "preferences.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "sessionlistmodel.h"
#include "store/conversationstore.h"

#include <QDateTime>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

CompareController::CompareController(ComparisonStore &comparisons, ConversationStore &store,
    ChatService &service, EndpointListModel &endpoints, SessionListModel &sessions,
    Preferences &preferences, ChatController &chat, const InClient &inClient, QObject *parent)
    : PromptTarget(parent)
    , m_store(comparisons)
    , m_conversations(store)
    , m_service(service)
    , m_endpoints(endpoints)
    , m_sessions(sessions)
    , m_preferences(preferences)
    , m_chat(chat)
    , m_list(comparisons)
    , m_sets(comparisons)
    , m_lanes(nullptr)
    , m_prices(endpoints, preferences)
    , m_warmUp(service, endpoints, nullptr)
    , m_diff(nullptr)
    , m_judging(comparisons, nullptr)
    , m_judge({.store = store,
                  .service = service,
                  .endpoints = endpoints,
                  .sessions = sessions,
                  .preferences = preferences,
                  .prices = m_prices},
          inClient, nullptr)
{
    m_saving.setSingleShot(true);
    m_saving.setInterval(700ms);
    connect(&m_saving, &QTimer::timeout, this, &CompareController::save);
    connect(&m_list, &ComparisonList::removed, this, &CompareController::onRemoved);
    connect(&m_list, &ComparisonList::failed, this, &CompareController::failed);
    connect(&m_sets, &LaneSets::failed, this, &CompareController::failed);
    connect(&m_judging, &CompareJudging::failed, this, &CompareController::failed);
    connect(&m_judging, &CompareJudging::hiddenChanged, this, &CompareController::onHiddenChanged);
    connect(this, &CompareController::turnsChanged, this, &CompareController::offerAnswers);
    connect(this, &CompareController::runningChanged, this, &CompareController::offerAnswers);
    connect(&m_judge, &ModelJudge::setupChanged, this, &CompareController::wantPrices);
    connect(&m_judge, &ModelJudge::kept, this, [this](const QList<Verdict> &verdicts) {
        m_judging.add(verdicts);
        saveSoon();
    });
    connect(this, &CompareController::turnsChanged, this, &CompareController::rankingChanged);
    connect(&m_prices, &PriceTable::pricesChanged, this, &CompareController::rankingChanged);
    connect(&m_warmUp, &LaneWarmUp::finished, this, &CompareController::onWarmedUp);
    connect(this, &CompareController::lanesChanged, this, &CompareController::wantPrices);
    connect(&m_diff, &CompareDiff::baseChanged, this, &CompareController::saveSoon);
    connect(this, &CompareController::lanesChanged, this, &CompareController::fairnessChanged);
    connect(this, &CompareController::optionsChanged, this, &CompareController::fairnessChanged);
    connect(this, &CompareController::receivingChanged, this, &CompareController::fairnessChanged);
}

CompareController::~CompareController()
{
    m_judge.leave(); // what it said until now is kept
    if (m_saving.isActive()) {
        save();
    }
}

void CompareController::start()
{
    m_list.refresh();
    m_sets.load();
    m_judging.load();
    m_judge.start();
    showFresh(firstSetups());
}

QString CompareController::comparisonId() const { return toText(m_record.id); }

QString CompareController::title() const
{
    return m_record.title.isEmpty() ? tr("New comparison") : m_record.title;
}

bool CompareController::isBlank() const
{
    return std::ranges::all_of(
        m_lanes.lanes(), [](const CompareLane *lane) { return lane->chat().isBlank(); });
}

CompareLane *CompareController::lane(int place) const
{
    const QList<CompareLane *> &lanes = m_lanes.lanes();
    return place >= 0 && place < lanes.size() ? lanes[place] : nullptr;
}

int CompareController::receiving() const
{
    return int(std::ranges::count_if(m_lanes.lanes(), &CompareLane::receives));
}

bool CompareController::canAdd() const { return laneCount() < mostLanes; }

void CompareController::setFocusedPlace(int place)
{
    const int wanted = std::clamp(place, 0, std::max(0, laneCount() - 1));
    if (m_focused != wanted) {
        m_focused = wanted;
        m_diff.setAgainst(wanted);
        if (m_solo >= 0) {
            setSolo(wanted);
        }
        Q_EMIT focusChanged();
        Q_EMIT setupChanged();
    }
}

void CompareController::setSolo(int place)
{
    const int wanted = laneCount() > 1 && lane(place) ? place : -1;
    if (m_solo != wanted) {
        m_solo = wanted;
        Q_EMIT soloChanged();
        setFocusedPlace(wanted >= 0 ? wanted : m_focused);
    }
}

void CompareController::setOrder(int order)
{
    m_record.order = ComparisonOptions::Order(order);
    saveSoon();
    Q_EMIT optionsChanged();
}

void CompareController::setAlignsSeeds(bool aligns)
{
    m_record.alignsSeeds = aligns;
    saveSoon();
    Q_EMIT optionsChanged();
}

void CompareController::setWarmsUp(bool warmsUp)
{
    m_record.warmsUp = warmsUp;
    saveSoon();
    Q_EMIT optionsChanged();
}

QList<RankedFigure> CompareController::ranking() const
{
    QList<RankedAnswer> last;
    for (const CompareLane *lane : m_lanes.lanes()) {
        const QList<const ChatNode *> answers = lane->answers();
        if (answers.isEmpty()) {
            last.append(RankedAnswer());
            continue;
        }
        const ChatSetup &asked = answers.constLast()->origin.setup;
        const Conversation &said = lane->chat().session()->conversation();
        last.append({.answer = answers.constLast(),
            .price = m_prices.price(asked.endpoint, asked.model),
            .passRate = passRateOf(said, answers.constLast()->id)});
    }
    return CompareRanking::of(last);
}

void CompareController::wantPrices()
{
    QList<PriceTable::Key> wanted;
    for (const CompareLane *lane : m_lanes.lanes()) {
        const ChatSetup setup = lane->chat().setup();
        wanted.append({setup.endpoint, setup.model});
    }
    if (m_judge.isShown()) {
        wanted.append(m_judge.priceKey());
    }
    m_prices.setWanted(wanted);
}

QString CompareController::fairness() const
{
    QList<Lane> lanes;
    for (const CompareLane *lane : m_lanes.lanes()) {
        const std::optional<Endpoint> endpoint = m_endpoints.find(lane->chat().setup().endpoint);
        if (endpoint && lane->receives()) {
            lanes.append(
                {.name = lane->letter(), .target = {.endpoint = *endpoint}, .request = {}});
        }
    }
    if (m_record.order != ComparisonOptions::Order::OneByOne && shareServer(lanes)) {
        return tr("Lanes share a server and are asked at once: each is slower than by itself. One "
                  "after the other is fair.");
    }
    return {};
}

// What is shown, and how it is kept.

CompareLane *CompareController::makeLane()
{
    auto *lane = new CompareLane(m_conversations, m_service, m_endpoints, m_sessions, this);
    ChatController *chat = lane->chat();
    connect(chat, &ChatController::failed, this, &CompareController::failed);
    connect(chat, &ChatController::runningChanged, this, &CompareController::onRunningChanged);
    connect(chat, &ChatController::pathChanged, this, &CompareController::turnsChanged);
    connect(chat, &ChatController::waitingChanged, this, &CompareController::waitingChanged);
    connect(chat, &ChatController::meterChanged, this, &CompareController::meterChanged);
    connect(chat, &ChatController::editWanted, this, &CompareController::editWanted);
    connect(chat, &ChatController::requestShown, this, &CompareController::requestShown);
    connect(lane, &CompareLane::receivesChanged, this, [this] {
        saveSoon();
        Q_EMIT receivingChanged();
    });
    connect(chat, &ChatController::setupChanged, this, [this] {
        saveSoon();
        Q_EMIT setupChanged();
        wantPrices();
        Q_EMIT fairnessChanged();
    });
    return lane;
}

void CompareController::setLanes(const QList<CompareLane *> &lanes)
{
    for (qsizetype place = 0; place < lanes.size(); ++place) {
        lanes[place]->setPlace(int(place));
    }
    m_lanes.setLanes(lanes);
    m_diff.setLanes(lanes);
    if (m_solo >= lanes.size() || lanes.size() < 2) {
        m_solo = -1;
        Q_EMIT soloChanged();
    }
    m_focused = std::clamp(m_focused, 0, std::max(0, int(lanes.size()) - 1));
    m_diff.setAgainst(m_focused);
    Q_EMIT lanesChanged();
    Q_EMIT focusChanged();
    Q_EMIT receivingChanged();
    Q_EMIT turnsChanged();
    Q_EMIT runningChanged();
    Q_EMIT setupChanged();
}

void CompareController::show(const ComparisonRecord &record,
    const QList<Conversation> &conversations, const QList<bool> &stored)
{
    m_opening = {};
    m_judge.leave();
    if (m_saving.isActive()) {
        save();
    }
    m_saving.stop();
    const QList<CompareLane *> before = m_lanes.lanes();
    m_warmUp.stop();
    m_turns.clear();
    m_samples.left.clear();
    m_closed.clear();
    m_record = record;
    m_judge.setTurns(record.judged);
    m_stored = stored.contains(true);
    m_focused = 0;
    m_solo = -1;
    QList<CompareLane *> lanes;
    for (qsizetype i = 0; i < record.lanes.size(); ++i) {
        CompareLane *lane = takeRetired(record.lanes[i].conversation);
        if (!lane) {
            lane = makeLane();
            lane->chat()->show(conversations[i], stored[i]);
        }
        lane->setReceives(record.lanes[i].receives);
        lanes.append(lane);
    }
    m_saving.stop(); // nothing was changed by showing it
    setLanes(lanes);
    m_judging.begin();
    onHiddenChanged();
    m_diff.setBase(record.base);
    for (CompareLane *lane : before) {
        retire(lane);
    }
    Q_EMIT sessionChanged();
    Q_EMIT titleChanged();
    Q_EMIT optionsChanged();
    Q_EMIT draftChanged();
    Q_EMIT waitingChanged();
    Q_EMIT soloChanged();
    Q_EMIT shown();
}

void CompareController::showFresh(const QList<ChatSetup> &setups)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    ComparisonRecord record{.id = QUuid::createUuid(), .created = now, .updated = now};
    record.order = m_record.order;
    record.alignsSeeds = m_record.alignsSeeds;
    record.warmsUp = m_record.warmsUp;
    QList<Conversation> conversations;
    for (const ChatSetup &setup : setups.first(std::min<qsizetype>(setups.size(), mostLanes))) {
        conversations.append(Conversation::create(setup, now));
        record.lanes.append({.conversation = conversations.constLast().id(), .setup = setup});
    }
    show(record, conversations, QList<bool>(conversations.size(), false));
}

/// It goes on until its answer has ended, and can be taken up again until then.
void CompareController::retire(CompareLane *lane)
{
    if (!lane->chat()->isRunning()) {
        lane->deleteLater();
        return;
    }
    m_retired.append(lane);
    connect(lane->chat(), &ChatController::runningChanged, lane, [this, lane] {
        if (!lane->chat()->isRunning() && m_retired.removeOne(lane)) {
            lane->deleteLater();
        }
    });
}

CompareLane *CompareController::takeRetired(QUuid conversation)
{
    const auto at = std::ranges::find_if(m_retired,
        [conversation](const CompareLane *lane) { return lane->conversation() == conversation; });
    if (at == m_retired.end()) {
        return nullptr;
    }
    CompareLane *lane = *at;
    lane->setAnonymous(false);
    m_retired.erase(at);
    return lane;
}

} // namespace Lorikeet
