// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/metricsline.h"

#include "base/durationtext.h"
#include "intervaltext.h"
#include "model/timeshares.h"
#include "templates/shownturn.h"
#include "timeline/timelinemessage.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace Lorikeet {

using DocumentBuilder::Metric;

QString MetricsLine::duration(Nanoseconds time) { return durationText(time, QLocale()); }

QList<Metric> MetricsLine::of(const ChatNode &node)
{
    const QLocale locale;
    const ChatMetrics &metrics = node.metrics;
    QList<Metric> line;
    const auto add = [&line](const QString &label, const QString &value, QStringView definition,
                         Metric::Tone tone = Metric::Tone::Normal) {
        line.append({label, value, metricDefinition(definition), tone});
    };
    if (metrics.timeToFirstToken) {
        add(tr("TTFT"), duration(*metrics.timeToFirstToken), u"ttft");
    }
    if (metrics.timeToFirstVisible && metrics.timeToFirstToken
        && *metrics.timeToFirstVisible > *metrics.timeToFirstToken) {
        add(tr("first visible"), duration(*metrics.timeToFirstVisible), u"first_visible");
    }
    if (metrics.tokensPerSecond) {
        add(tr("speed"), tr("%1 tok/s").arg(locale.toString(*metrics.tokensPerSecond, 'f', 1)),
            u"speed");
    }
    if (metrics.outputTokens) {
        const QString count = locale.toString(*metrics.outputTokens);
        add(tr("out"),
            metrics.outputTokensEstimated ? tr("\u2248 %1 tok").arg(count)
                                          : tr("%1 tok").arg(count),
            u"output_tokens");
    }
    if (metrics.total) {
        add(tr("total"), duration(*metrics.total), u"total");
    }
    if (const auto shares = shareTimes(node.serverTiming, metrics.total)) {
        line.append({tr("server"), duration(shares->server),
            (serverDefinition() + u' ' + serverParts(node.serverTiming)).trimmed(),
            Metric::Tone::Normal});
        if (shares->difference) {
            line.append({tr("network + queue"), duration(*shares->difference),
                differenceDefinition(), Metric::Tone::Normal});
        }
    }
    if (node.origin.warmUp) {
        line.append({tr("warm-up"), duration(*node.origin.warmUp),
            tr("A short request that went before this one, not counted in its times."),
            Metric::Tone::Normal});
    }
    if (!node.finish.word.isEmpty()) {
        const bool plain = node.finish.kind == FinishReason::Kind::Stop
            || node.finish.kind == FinishReason::Kind::ToolCalls;
        add(tr("finish"), node.finish.word, u"finish",
            plain ? Metric::Tone::Normal : Metric::Tone::Warning);
    }
    if (node.verdict && node.state != ChatNode::State::Streaming) {
        const SchemaVerdict &verdict = *node.verdict;
        const bool isInvalid = verdict.state == SchemaVerdict::State::Invalid;
        const bool isChecked = verdict.state != SchemaVerdict::State::Unchecked;
        const QString definition
            = tr("Whether the whole answer keeps to the schema it was asked with; checked here, "
                 "whatever the server promised.");
        line.append({tr("schema"),
            isInvalid       ? tr("invalid")
                : isChecked ? tr("valid")
                            : tr("not checked"),
            definition,
            isInvalid       ? Metric::Tone::Danger
                : isChecked ? Metric::Tone::Good
                            : Metric::Tone::Warning});
        if (verdict.attempts > 1) {
            line.append({tr("attempt"), tr("%1 of %2").arg(verdict.attempt).arg(verdict.attempts),
                tr("So many answers are asked for until one keeps to the schema; each is a "
                   "version of this message."),
                Metric::Tone::Normal});
        }
    }
    if (const PromptExamples &examples = node.origin.setup.examples; !examples.turns.isEmpty()) {
        line.append({tr("examples"), locale.toString(examples.turns.size()),
            tr("Turns that were sent before the conversation, to show what is wanted: %1.")
                .arg(ShownTurn::note(examples)),
            Metric::Tone::Normal});
    }
    if (!node.notes.isEmpty()) {
        line.append({tr("notes"), locale.toString(node.notes.size()), node.notes.join(u"\n\n"),
            Metric::Tone::Warning});
    }
    return line;
}

QList<Metric> MetricsLine::of(const TimelineEntry &entry)
{
    QList<Metric> line = of(entry.node);
    const PassRate &rate = entry.passRate;
    // Of one answer it would say what stands there already.
    if (rate.checked > 1) {
        line.append({tr("pass rate"), passRate(rate), passRateDefinition(), Metric::Tone::Normal});
    }
    if (rate.failed > 0) {
        line.append({tr("failed requests"), QLocale().toString(rate.failed),
            tr("Versions that never became an answer; they are not counted in the pass rate."),
            Metric::Tone::Warning});
    }
    if (entry.samplesLeft > 0) {
        line.append({tr("asking"), tr("%1 more").arg(QLocale().toString(entry.samplesLeft)),
            tr("So many answers are still asked for, to be counted; each is a version of this "
               "message."),
            Metric::Tone::Normal});
    }
    return line;
}

QString MetricsLine::passRate(const PassRate &rate)
{
    const std::optional<Interval> share = rate.share();
    return share ? tr("%1 of %2, %3")
                       .arg(QLocale().toString(rate.passed), QLocale().toString(rate.checked),
                           IntervalText::both(*share))
                 : QString();
}

QString MetricsLine::passRateDefinition()
{
    return tr("How many answers keep to the schema, of the versions that were asked the same but "
              "for the seed; of several attempts the first alone counts.")
        + u' ' + IntervalText::definition();
}

QString MetricsLine::serverDefinition()
{
    return tr("What the server says it worked: loading the model, reading the prompt, writing the "
              "answer.");
}

QString MetricsLine::differenceDefinition()
{
    return tr("The total seen here less the time the server says it worked: what passed on the "
              "network and in the server's queue.");
}

QString MetricsLine::serverParts(const ServerTiming &timing)
{
    QStringList parts;
    const auto add = [&parts](const QString &label, const std::optional<Nanoseconds> &time) {
        if (time) {
            parts.append(label + u' ' + duration(*time));
        }
    };
    add(tr("queue"), timing.queue);
    add(tr("load"), timing.load);
    add(tr("prompt"), timing.prompt);
    add(tr("generation"), timing.generation);
    return parts.isEmpty() ? QString() : parts.join(u", "_s) + u'.';
}

QString MetricsLine::reasoning(const ChatNode &node)
{
    const ChatMetrics &metrics = node.metrics;
    if (node.state == ChatNode::State::Streaming && node.message.content.isEmpty()) {
        return tr("Thinking\u2026");
    }
    QString line = tr("Thought");
    if (metrics.timeToFirstVisible && metrics.timeToFirstToken
        && *metrics.timeToFirstVisible > *metrics.timeToFirstToken) {
        line = tr("Thought for %1")
                   .arg(duration(*metrics.timeToFirstVisible - *metrics.timeToFirstToken));
    }
    if (node.usage.reasoningTokens) {
        line += u" \u00b7 "_s + tr("%Ln tokens", nullptr, int(*node.usage.reasoningTokens));
    }
    return line;
}

QString MetricsLine::name(const ChatNode &node)
{
    const QString adapter = node.origin.adapterLabel();
    if (!adapter.isEmpty()) {
        return adapter;
    }
    const QString &model
        = node.origin.servedModel.isEmpty() ? node.origin.setup.model : node.origin.servedModel;
    if (!model.isEmpty()) {
        return model;
    }
    return node.origin.endpointName.isEmpty() ? tr("Answer") : node.origin.endpointName;
}

QString MetricsLine::aside(const ToolRecord &record)
{
    QString line = record.exitCode ? tr("Command, exit code %1").arg(*record.exitCode)
                                   : tr("Command, no exit code");
    if (!record.aside.isEmpty()) {
        const int lines = int(record.aside.count(u'\n')) + 1;
        line += u" \u00b7 "_s
            + (record.isAsideCut ? tr("the last %Ln lines on stderr", nullptr, lines)
                                 : tr("%Ln lines on stderr", nullptr, lines));
    }
    return line;
}

QString MetricsLine::facts(const ChatNode &node)
{
    QStringList facts;
    const QString shown = name(node);
    for (const QString &fact :
        {node.origin.servedModel.isEmpty() ? node.origin.setup.model : node.origin.servedModel,
            node.origin.endpointName}) {
        if (!fact.isEmpty() && fact != shown) {
            facts.append(fact);
        }
    }
    return facts.join(u" \u00b7 ");
}

QString MetricsLine::faults(const ChatNode &node)
{
    if (!node.verdict) {
        return {};
    }
    const StructuredSetup *setup = node.origin.setup.schema();
    const QString name
        = setup && !setup->name.isEmpty() ? tr("“%1”").arg(setup->name) : tr("the schema");
    if (!node.verdict->problem.isEmpty()) {
        return tr("Not checked against %1: %2").arg(name, node.verdict->problem);
    }
    const int count = int(node.verdict->violations.size());
    if (node.verdict->state == SchemaVerdict::State::Unchecked) {
        return tr("Whatever comes, it does not keep to %1 any more:").arg(name);
    }
    return node.verdict->hasMore
        ? tr("Does not keep to %1 in more than %n places:", nullptr, count).arg(name)
        : tr("Does not keep to %1 in %n place(s):", nullptr, count).arg(name);
}

QString MetricsLine::notice(const ChatNode &node)
{
    if (node.state == ChatNode::State::Interrupted) {
        return tr(
            "Interrupted: Lorikeet ended while this was being written. The text so far was kept.");
    }
    return tr("Stopped. The text so far was kept.");
}

} // namespace Lorikeet
