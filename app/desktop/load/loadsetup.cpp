// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadsetup.h"

#include "load/loadmanners.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Lorikeet {

LoadSetup::LoadSetup(QObject *parent)
    : QObject(parent)
    , m_blocks(new LoadBlocks(this))
    , m_block(new LoadBlockEditor(*m_blocks, this))
    , m_trace(new ChartData(this))
    , m_mix(new LoadMix(this))
    , m_input(new LoadLengths(this))
    , m_output(new LoadLengths(this))
    , m_query(new LoadLengths(this))
    , m_batch(number({.least = 1, .most = 10'000, .isWhole = true}, 1))
    , m_documents(number({.least = 1, .most = 10'000, .isWhole = true}, 10))
    , m_prefixShare(number({.most = 100}, 0))
    , m_prefixTokens(number({.least = 1, .most = 1e6, .isWhole = true}, 256))
    , m_turns(number({.least = 1, .most = 1000, .isWhole = true, .mayBeEmpty = true}, {}))
    , m_thinking(number({.most = 86'400}, 0))
    , m_uniqueWords(number({.most = 1000, .isWhole = true}, 0))
    , m_speed(number({.least = 0.001, .most = 1e6}, 1))
    , m_warmUp(number({.most = 86'400}, 0))
    , m_coolDown(number({.most = 86'400}, 0))
    , m_grace(number({.most = 3600}, 30))
    , m_stopRequests(number({.least = 1, .isWhole = true, .mayBeEmpty = true}, {}))
    , m_stopFailures(number({.most = 100, .mayBeEmpty = true}, {}))
    , m_threads(number({.least = 1, .most = 256, .isWhole = true}, 1))
    , m_ceilingAtOnce(number({.least = 1, .most = 1e6, .isWhole = true}, LoadCeiling().concurrency))
    , m_ceilingRequests(number({.least = 1, .isWhole = true}, double(LoadCeiling().requests)))
    , m_ceilingCost(number({.mayBeEmpty = true}, {}))
    , m_seed(number({.most = 9e15, .isWhole = true, .mayBeEmpty = true}, {}))
    , m_sweepFrom(number({.least = 0.01, .most = 1e6}, 1))
    , m_sweepMost(number({.least = 0.01, .most = 1e6}, 256))
    , m_sweepStage(number({.least = 1, .most = 3600}, 10))
    , m_sweepWarmUp(number({.most = 3600}, 2))
    , m_sweepRefinements(number({.most = 20, .isWhole = true}, 4))
    , m_sweepRepeats(number({.least = 1, .most = mostRepeats, .isWhole = true}, usualRepeats))
    , m_answerSeconds(number({.least = 0.001, .most = 3600}, 2.5))
{
    for (const LoadLengths *lengths : {m_input, m_output, m_query}) {
        connect(lengths, &LoadLengths::changed, this, &LoadSetup::edited);
    }
    m_trace->setTitle(tr("Requests of the trace"), tr("requests a second"));
    m_trace->setAxes({.unit = ChartUnit::Time}, {.startsAtZero = true});
    connect(m_blocks, &LoadBlocks::edited, this, &LoadSetup::edited);
    connect(m_block, &LoadBlockEditor::changed, this, &LoadSetup::edited);
    connect(m_mix, &LoadMix::edited, this, &LoadSetup::edited);
    m_looking.setSingleShot(true);
    m_looking.setInterval(200ms);
    connect(&m_looking, &QTimer::timeout, this, &LoadSetup::look);
    connect(this, &LoadSetup::edited, &m_looking, qOverload<>(&QTimer::start));
    // What is typed is right or wrong at once.
    connect(this, &LoadSetup::edited, this, &LoadSetup::expected);
    LoadProfile first;
    first.plan.curve = {
        {.kind = LoadBlock::Kind::Users, .duration = std::chrono::seconds(30), .from = 8, .to = 8}};
    setProfile(first);
}

LoadSetup::~LoadSetup() = default;

LoadNumber *LoadSetup::number(const LoadNumber::Limits &limits, const std::optional<double> &value)
{
    auto *number = new LoadNumber(limits, this);
    number->set(value);
    connect(number, &LoadNumber::changed, this, &LoadSetup::edited);
    return number;
}

void LoadSetup::set(bool &member, bool value)
{
    if (member != value) {
        member = value;
        Q_EMIT edited();
    }
}

void LoadSetup::setSweeping(bool isSweeping) { set(m_isSweeping, isSweeping); }

void LoadSetup::setShuffled(bool shuffled) { set(m_isShuffled, shuffled); }

void LoadSetup::setCycles(bool cycles) { set(m_cycles, cycles); }

void LoadSetup::setIgnoresEnd(bool ignores) { set(m_ignoresEnd, ignores); }

void LoadSetup::setStreams(bool streams) { set(m_streams, streams); }

void LoadSetup::setKind(int kind)
{
    if (m_kind != kind && kind >= Synthetic && kind <= Bodies) {
        // A recording is played once, unless somebody wants it otherwise.
        if (kind == Trace) {
            m_kindBeforeTrace = m_kind;
            m_cycles = false;
        } else if (m_kind == Trace) {
            m_cycles = true;
            m_isTraceABlock = false;
            m_blocks->dropTrace();
        }
        m_kind = kind;
        Q_EMIT edited();
    }
}

void LoadSetup::useTrace()
{
    if (m_task == Chat) {
        const bool wasAlone = isTraceAlone();
        setKind(Trace);
        m_isTraceABlock = true;
        // Those it had before it was alone are there still.
        if (!wasAlone || !hasRecorded(m_blocks->curve())) {
            m_blocks->add(LoadBlocks::Trace, m_blocks->count() - 1);
        }
        tellBlocksOfTrace();
        Q_EMIT edited();
    }
}

void LoadSetup::playTraceAlone()
{
    if (isTrace()) {
        set(m_isTraceABlock, false);
    }
}

void LoadSetup::drawBlocks()
{
    if (isTrace()) {
        setKind(m_kindBeforeTrace);
    }
}

void LoadSetup::setTask(int task)
{
    if (m_task != task && task >= Chat && task <= Rerank) {
        m_task = task;
        if (task != Chat && m_kind != File) {
            setKind(Synthetic); // which takes its blocks with it where it was a trace
        }
        Q_EMIT edited();
    }
}

void LoadSetup::setFile(const QString &file)
{
    if (m_file != file) {
        m_file = file;
        Q_EMIT edited();
    }
}

void LoadSetup::setTemplate(const PromptTemplate &prompt)
{
    if (m_template != prompt) {
        m_template = prompt;
        Q_EMIT edited();
    }
}

void LoadSetup::setObjective(const QString &objective)
{
    if (m_objective != objective) {
        m_objective = objective;
        Q_EMIT edited();
    }
}

void LoadSetup::setSweepUnit(int unit)
{
    if (m_sweepUnit != unit && (unit == 0 || unit == 1)) {
        m_sweepUnit = unit;
        Q_EMIT edited();
    }
}

void LoadSetup::setSubject(const Subject &subject)
{
    if (m_subject == subject) {
        return;
    }
    // Somebody else's server, and maybe money: more than this is asked for by hand.
    if (m_subject.isNear != subject.isNear) {
        const LoadCeiling ceiling = subject.isNear ? LoadCeiling() : ceilingElsewhere();
        m_ceilingAtOnce->set(ceiling.concurrency);
        m_ceilingRequests->set(double(ceiling.requests));
        m_ceilingCost->set(ceiling.cost);
    }
    m_subject = subject;
    Q_EMIT edited();
}

bool LoadSetup::assumesAnswers() const
{
    if (m_isSweeping) {
        return m_sweepUnit == 0;
    }
    return std::ranges::any_of(m_blocks->curve(), [](const LoadBlock &block) {
        return block.kind == LoadBlock::Kind::Users;
    }) && !isTraceAlone();
}

} // namespace Lorikeet
