// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/calibrationrun.h"

#include "chat/networkthread.h"
#include "simulator/simulatorthread.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Short prompts, and answers of a given length.
class CalibrationSource final : public LoadSource
{
public:
    explicit CalibrationSource(int tokens)
        : m_tokens(tokens)
    { }

    [[nodiscard]] std::optional<qint64> count() const override { return std::nullopt; }

    [[nodiscard]] Result<LoadRequest> request(
        qint64 conversation, int /*turn*/, const QList<Message> & /*before*/) const override
    {
        LoadRequest asked;
        asked.request.messages += {.role = Role::User, .content = QString::number(conversation)};
        asked.request.parameters = {{u"max_tokens"_s, m_tokens}, {u"ignore_eos"_s, true}};
        return asked;
    }

private:
    int m_tokens;
};

} // namespace

CalibrationRun::CalibrationRun(const QList<int> &steps, const KnownTimes &known, QObject *parent)
    : QObject(parent)
    , m_steps(steps)
    , m_known(known)
{ }

CalibrationRun::~CalibrationRun() = default;

Result<> CalibrationRun::start()
{
    SimulatorOptions options;
    options.server = u"vllm"_s;
    options.timing.firstToken = m_known.firstToken;
    options.timing.interToken = m_known.interToken;
    options.timing.slots = m_steps.isEmpty() ? 1 : m_steps.constLast();
    m_simulator = std::make_unique<SimulatorThread>(options);
    const Result<> started = m_simulator->start();
    if (started) {
        QMetaObject::invokeMethod(this, &CalibrationRun::next, Qt::QueuedConnection);
    }
    return started;
}

void CalibrationRun::next()
{
    const qsizetype step = m_stages.size();
    const bool isOver = step >= m_steps.size()
        || (step > 0 && !problemOf(m_stages.constLast(), m_known).isEmpty());
    if (isOver) {
        m_run.reset();
        m_simulator->stop();
        Q_EMIT finished(calibrationOf(m_stages, m_known));
        return;
    }
    Target target;
    target.endpoint.url = QUrl(m_simulator->url().toString() + u"/v1"_s);
    target.endpoint.provider = u"openai"_s;
    target.endpoint.model = simulatorBaseModel();
    m_samples.clear();
    m_run = std::make_unique<LoadRun>(calibrationPlan(m_steps[step]), target,
        std::make_shared<CalibrationSource>(m_known.tokens));
    connect(m_run.get(), &LoadRun::told, this, [this](const LoadDelta &delta) {
        m_samples.insert(m_samples.end(), delta.samples.begin(), delta.samples.end());
    });
    connect(m_run.get(), &LoadRun::finished, this, &CalibrationRun::onFinished);
    m_run->start();
}

void CalibrationRun::onFinished(LoadEnd /*end*/)
{
    const int streams = m_steps[m_stages.size()];
    const CalibrationStage stage{.streams = streams,
        .summary = summarise(m_samples, m_run->timeline(), m_run->window()),
        .health = m_run->health()};
    m_stages += stage;
    Q_EMIT stepped(streams, problemOf(stage, m_known));
    // Not from within the run's signal, which the next one takes the place of.
    QMetaObject::invokeMethod(this, &CalibrationRun::next, Qt::QueuedConnection);
}

} // namespace Lorikeet

#include "moc_calibrationrun.cpp"
