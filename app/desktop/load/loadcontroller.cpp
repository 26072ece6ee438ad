// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadcontroller.h"

#include "charts/charttext.h"
#include "endpointlistmodel.h"
#include "http/proxyrules.h"
#include "loadresults/loadrecorder.h"
#include "preferences.h"
#include "pricetable.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "templates/promptlibrary.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QSaveFile>
#include <QtConcurrentRun>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

LoadController::LoadController(const QString &folder, const QString &history,
    const InClient &inClient, const Services &services, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_inClient(inClient)
    , m_services(services)
    , m_chat(services.store, services.service, services.endpoints, services.sessions)
    , m_setup(nullptr)
    , m_presets(folder + "/presets"_L1, m_setup)
    , m_charts(nullptr)
    , m_requests(nullptr)
    , m_cut(nullptr)
    , m_results(nullptr)
    , m_history(history, nullptr)
    , m_comparing(nullptr)
{
    connect(&m_chat, &ChatController::setupChanged, this, &LoadController::followChat);
    connect(&m_chat, &ChatController::endpointChanged, this, &LoadController::followChat);
    connect(&services.preferences, &Preferences::recentAdaptersChanged, this,
        &LoadController::followChat);
    connect(&services.prices, &PriceTable::pricesChanged, this, &LoadController::followChat);
    connect(&m_presets, &LoadPresets::failed, this, &LoadController::failed);
    connect(&m_history, &LoadHistoryList::failed, this, &LoadController::failed);
    connect(&m_history, &LoadHistoryList::imported, this, &LoadController::imported);
    connect(&m_comparing, &LoadComparing::failed, this, &LoadController::failed);
    connect(&m_calibration, &LoadCalibration::failed, this, &LoadController::failed);
    connect(&m_charts, &LoadCharts::metricChanged, this, [this] {
        if (const LoadRun *run = m_job ? m_job->run() : nullptr) {
            m_charts.showDots(m_requests.samples());
            m_charts.refresh(run->timeline(), m_soFar.summary, LoadCharts::Extent::All);
        } else if (m_stage >= 0 && m_stage < m_result.stages.size()) {
            m_charts.showDots(m_result, m_stage);
        }
    });
    connect(&m_cut, &LoadCut::wanted, this, &LoadController::measure);
    m_toldSeconds = m_setup.answerSeconds()->value();
    m_looking.setInterval(100ms);
    connect(&m_looking, &QTimer::timeout, this, &LoadController::showFigures);
}

LoadController::~LoadController() = default;

void LoadController::load()
{
    ChatSetup first{.endpoint = m_services.endpoints.preferred()};
    if (const std::optional<Endpoint> endpoint = m_services.endpoints.find(first.endpoint)) {
        first.model = endpoint->model;
    }
    m_chat.show(Conversation::create(first, QDateTime::currentDateTimeUtc()), false);
    m_presets.refresh();
    m_history.then([](const LoadHistory &kept) {
        static_cast<void>(kept.purge());
        return Result<>();
    });
}

/// Tells the set-up what is known of whom it is for.
void LoadController::followChat()
{
    const ChatSetup chat = m_chat.setup();
    const std::optional<Endpoint> endpoint = m_services.endpoints.find(chat.endpoint);
    LoadSetup::Subject subject;
    subject.model = chat.model;
    subject.adapter = chat.adapter;
    subject.systemPrompt = chat.systemPrompt;
    subject.parameters = chat.parameters;
    subject.extraBody = chat.extraBody;
    subject.price = m_services.prices.price(chat.endpoint, chat.model);
    if (endpoint) {
        const EndpointListModel::Finding found = m_services.endpoints.finding(chat.endpoint);
        const QString server = found.description && !found.description->server.isEmpty()
            ? found.description->server
            : endpoint->server;
        if (const Provider *provider = findProvider(endpoint->provider)) {
            subject.server = endpoint->provider + u'/' + server;
            subject.specs = provider->parameters(server);
        }
        subject.isNear = isLocalHost(endpoint->url.host()) || !endpoint->unixSocket.isEmpty();
    }
    m_setup.setSubject(subject);
    m_setup.mix()->setOffered(offered());
}

/// The base model, and each adapter that is known of the endpoint.
QList<MixChoice> LoadController::offered() const
{
    const ChatSetup chat = m_chat.setup();
    const EndpointDescription description
        = m_services.endpoints.finding(chat.endpoint).description.value_or(EndpointDescription());
    const bool hasScales = description.adapterStyle == AdapterStyle::Scales;
    const auto scaled = [&description](const QString &chosen) {
        QList<AdapterScale> scales;
        for (const AdapterInfo &info : description.adapters) {
            scales.append(
                {.id = info.id.toInt(), .scale = info.id == chosen ? 1.0 : 0.0, .name = info.name});
        }
        return scales;
    };
    QList<MixChoice> choices;
    MixChoice base{.name = tr("base model")};
    if (hasScales) {
        base.adapter.scales = scaled({});
    }
    choices.append(base);
    for (const AdapterInfo &info : description.adapters) {
        MixChoice choice{.name = info.name.isEmpty() ? info.id : info.name};
        if (hasScales) {
            choice.adapter.scales = scaled(info.id);
        } else {
            choice.adapter.id = info.id;
        }
        choices.append(choice);
    }
    if (description.adapterStyle == AdapterStyle::FreeText) {
        for (const RecentAdapter &recent : m_services.preferences.recentAdapters(chat.endpoint)) {
            MixChoice choice{.name = recent.id};
            choice.adapter.id = recent.id;
            choice.adapter.source = recent.source;
            choices.append(choice);
        }
    }
    return choices;
}

void LoadController::chooseTemplate(const QString &name)
{
    const std::optional<StoredTemplate> stored = m_services.prompts.find(name);
    m_setup.setTemplate(stored ? stored->prompt : PromptTemplate());
}

void LoadController::useEndpoint(const QString &endpointId)
{
    if (isRunning()) {
        Q_EMIT failed(tr("Stop the load test that runs before another one is set up."));
        return;
    }
    m_chat.chooseEndpoint(endpointId);
    startNew();
    Q_EMIT shown();
}

void LoadController::fromChat(const QString &nodeId)
{
    const ChatSession *session = m_services.chat.session();
    if (!session) {
        return;
    }
    if (isRunning()) {
        Q_EMIT failed(tr("Stop the load test that runs before another one is set up."));
        return;
    }
    // Up to what was asked last: the answer is what is measured.
    QJsonArray messages;
    QJsonArray asked;
    bool hasCalls = false;
    bool isAskedWithCalls = false;
    const QUuid wanted = QUuid::fromString(nodeId);
    const Conversation &conversation = session->conversation();
    for (const QUuid id : conversation.path()) {
        const Message &message = conversation.find(id)->message;
        hasCalls = hasCalls || message.role == Role::Tool || !message.toolCalls.isEmpty();
        const bool isSaid = message.role == Role::User || message.role == Role::Assistant;
        if (isSaid && !message.content.isEmpty()) {
            messages.append(
                QJsonObject{{u"role"_s, toWord(message.role)}, {u"content"_s, message.content}});
        }
        if (message.role == Role::User) {
            asked = messages;
            isAskedWithCalls = hasCalls;
        }
        if (id == wanted) {
            break;
        }
    }
    m_chat.setSetup(m_services.chat.setup());
    LoadProfile profile = m_setup.profile();
    if (!asked.isEmpty()) {
        const QString folder = m_folder + "/requests"_L1;
        QSaveFile file(
            folder + u'/' + QUuid::createUuid().toString(QUuid::WithoutBraces) + ".jsonl"_L1);
        const QByteArray line
            = QJsonDocument(QJsonObject{{u"messages"_s, asked}}).toJson(QJsonDocument::Compact)
            + '\n';
        if (!QDir().mkpath(folder) || !file.open(QIODevice::WriteOnly)
            || file.write(line) != line.size() || !file.commit()) {
            Q_EMIT failed(tr("The request could not be written to %1: %2.")
                    .arg(file.fileName(), file.errorString()));
            return;
        }
        LoadWorkload &workload = profile.workload;
        workload.kind = LoadWorkload::Kind::File;
        workload.file = file.fileName();
        workload.cycles = true;
        workload.shuffled = false;
        workload.turns.reset();
        workload.uniqueWords = 0;
        workload.prompt = {};
        workload.mix = {};
        // Answers are as long as they were; what was typed of prompts is there for another time.
        for (LengthPair &pair : workload.lengths) {
            pair.output.reset();
        }
        profile.plan.seed = 0;
        profile.sweep.reset();
        m_setup.setProfile(profile);
    }
    startNew();
    Q_EMIT shown();
    if (isAskedWithCalls) {
        Q_EMIT failed(tr("The calls of tools before it and their results are left out of the "
                         "request: its prompt is shorter than in the chat."));
    }
}

double LoadController::progress() const
{
    if (!m_job || !m_job->run()) {
        return 0;
    }
    const LoadPlan &plan = m_job->run()->plan();
    const double whole = toSeconds(durationOf(plan.curve));
    double share = whole > 0 ? toSeconds(elapsed()) / whole : 0;
    if (plan.stops.requests) {
        share = std::max(share, double(m_requests.all()) / double(*plan.stops.requests));
    }
    return std::clamp(share, 0.0, 1.0);
}

Nanoseconds LoadController::elapsed() const
{
    return m_job && m_job->run()
        ? std::max(Nanoseconds(Clock::now() - m_job->run()->origin()), Nanoseconds(0))
        : Nanoseconds(0);
}

QString LoadController::clock() const
{
    if (!m_job || !m_job->run()) {
        return {};
    }
    const auto text = [](Nanoseconds time) {
        return chartText(
            double(std::chrono::floor<std::chrono::seconds>(time).count()), ChartUnit::Time)
            .section(u'.', 0, 0);
    };
    const Nanoseconds whole = durationOf(m_job->run()->plan().curve);
    return whole > Nanoseconds(0) ? tr("%1 of %2", "time").arg(text(elapsed()), text(whole))
                                  : text(elapsed());
}

QString LoadController::stageText() const
{
    if (!m_result.sweep) {
        return {};
    }
    const bool isLive = m_job && m_job->run();
    if (!isLive && (m_stage < 0 || m_stage >= m_result.stages.size())) {
        return {};
    }
    const double load = isLive ? m_job->load() : m_result.stages[m_stage].load;
    const QString text = m_result.sweep->kind == LoadBlock::Kind::Users
        ? tr("%Ln user(s)", nullptr, int(load))
        : tr("%1 requests/s").arg(loadNumberText(load));
    const auto first = m_result.stages.cbegin();
    const auto before = std::ranges::count(
        first, first + (isLive ? m_result.stages.size() : m_stage), load, &LoadStage::load);
    return before == 0
        ? text
        : tr("%1, run %2", "a load that is run again").arg(text, QLocale().toString(before + 1));
}

} // namespace Lorikeet
