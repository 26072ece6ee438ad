// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/timelinerow.h"

#include "answerdetails.h"
#include "answervariants.h"
#include "timeline/blockdocument.h"
#include "timeline/copyformats.h"
#include "timeline/links.h"
#include "timeline/metricsline.h"
#include "timeline/rowcontent.h"
#include "timeline/timelineview.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Lorikeet {

TimelineRow::TimelineRow(TimelineView *view, QObject *parent)
    : QObject(parent)
    , m_view(view)
{
    connect(view, &TimelineView::anonymousChanged, this, &TimelineRow::changed);
    connect(view, &TimelineView::laneColorChanged, this, &TimelineRow::laneColorChanged);
}

void TimelineRow::setIndex(int index)
{
    m_index = index;
    if (index >= 0) {
        if (m_document) {
            m_document->forget();
        }
        refresh();
        Q_EMIT assigned();
    }
}

void TimelineRow::refresh()
{
    Q_EMIT changed();
    if (m_document) {
        m_document->sync();
    }
}

const TimelineModel *TimelineRow::model() const { return m_view->model(); }

BlockDocument *TimelineRow::document() const { return m_document; }

void TimelineRow::setDocument(BlockDocument *document) { m_document = document; }

bool TimelineRow::isValid() const
{
    return m_index >= 0 && model() && m_index < model()->rowCount();
}

const ChatNode &TimelineRow::node() const
{
    static const ChatNode none;
    return isValid() ? model()->messageOf(m_index).entry.node : none;
}

std::optional<Retry> TimelineRow::retry() const
{
    return isValid() ? model()->messageOf(m_index).entry.retry : std::nullopt;
}

const MarkdownBlock *TimelineRow::block() const
{
    return isValid() ? model()->block(m_index) : nullptr;
}

const ToolRecord *TimelineRow::aside() const
{
    return isValid() ? model()->aside(m_index) : nullptr;
}

RowKind TimelineRow::kind() const
{
    return isValid() ? model()->row(m_index).kind : RowKind::Pending;
}

QString TimelineRow::messageId() const { return node().id.toString(QUuid::WithoutBraces); }

bool TimelineRow::isStreaming() const { return node().state == ChatNode::State::Streaming; }

bool TimelineRow::isAnswer() const { return node().isAnswer(); }

bool TimelineRow::isLast() const
{
    return isValid() && model()->row(m_index).message + 1 == model()->messageCount();
}

QString TimelineRow::name() const
{
    return m_view->isAnonymous() ? tr("Answer") : MetricsLine::name(node());
}

QString TimelineRow::facts() const
{
    return m_view->isAnonymous() ? QString() : MetricsLine::facts(node());
}

QString TimelineRow::time() const
{
    const QLocale locale;
    // Some locales' short format has seconds, which nobody looks for here.
    const QString format = locale.timeFormat(QLocale::ShortFormat).remove(u":ss"_s);
    return locale.toString(node().created.toLocalTime().time(), format);
}

QString TimelineRow::exactTime() const
{
    return QLocale().toString(node().created.toLocalTime(), QLocale::LongFormat);
}

QString TimelineRow::label() const
{
    switch (kind()) {
    case RowKind::Reasoning:
        return MetricsLine::reasoning(node());
    case RowKind::Notice:
        return MetricsLine::notice(node());
    case RowKind::Error:
        return node().error ? node().error->message : QString();
    case RowKind::Schema:
        return MetricsLine::faults(node());
    case RowKind::Aside:
        return aside() ? MetricsLine::aside(*aside()) : QString();
    case RowKind::Waiting:
        return retry() ? retry()->error.message : QString();
    case RowKind::Image:
        return block() ? block()->text : QString();
    default:
        return {};
    }
}

QString TimelineRow::detail() const
{
    return kind() == RowKind::Error && node().error ? node().error->serverMessage : QString();
}

QList<AnswerFault> TimelineRow::faults() const
{
    QList<AnswerFault> faults;
    if ((kind() == RowKind::Schema || kind() == RowKind::Tree) && node().verdict) {
        for (const SchemaViolation &violation : node().verdict->violations) {
            faults.append({.path = violation.instancePath,
                .keyword = violation.keyword,
                .words = violation.message});
        }
    }
    return faults;
}

bool TimelineRow::isAcceptable() const
{
    return !isStreaming() && node().verdict && mayAcceptAround(*node().verdict);
}

QString TimelineRow::target() const { return block() ? block()->target : QString(); }

QString TimelineRow::language() const { return block() ? block()->language : QString(); }

int TimelineRow::lines() const { return block() ? lineCount(block()->text) : 0; }

int TimelineRow::headingLevel() const { return block() ? block()->headingLevel : 0; }

int TimelineRow::indent() const { return block() ? block()->indent : 0; }

bool TimelineRow::isFoldable() const
{
    return aside() ? !aside()->aside.isEmpty()
                   : kind() == RowKind::Code && lines() > RowSize::collapseOver;
}

bool TimelineRow::isFailed() const { return aside() && aside()->isError; }

bool TimelineRow::isExpanded() const { return isValid() && model()->state(m_index).expanded; }

bool TimelineRow::isWrapped() const { return isValid() && model()->state(m_index).wrapped; }

bool TimelineRow::isTreeable() const
{
    const int at = isValid() ? model()->row(m_index).block : -1;
    return at >= 0 && model()->messageOf(m_index).isJson(at);
}

bool TimelineRow::isAsTree() const { return kind() == RowKind::Tree; }

int TimelineRow::treeLines() const
{
    return block() ? jsonLines(block()->text, RowSize::treeLines) : 0;
}

bool TimelineRow::canContinue() const
{
    return isAnswer() && !isStreaming()
        && (node().finish.kind == FinishReason::Kind::Length
            || node().state == ChatNode::State::Stopped
            || node().state == ChatNode::State::Interrupted);
}

int TimelineRow::raisedTokens() const
{
    const std::optional<RaisedLimit> limit = isStreaming() ? std::nullopt : raisedLimit(node());
    return limit ? limit->tokens : 0;
}

int TimelineRow::version() const
{
    return isValid() ? model()->messageOf(m_index).entry.version : 1;
}

int TimelineRow::versions() const
{
    return isValid() ? model()->messageOf(m_index).entry.versions : 1;
}

int TimelineRow::nextTry() const { return retry() ? retry()->next : 0; }

int TimelineRow::mostTries() const { return retry() ? retry()->most : 0; }

int TimelineRow::retryAfter() const
{
    if (const std::optional<Retry> next = retry()) {
        const auto left = std::chrono::ceil<Milliseconds>(next->due - Clock::now());
        return int(std::max(left, Milliseconds(0)).count());
    }
    return node().error && node().error->retryAfter ? int(node().error->retryAfter->count()) : 0;
}

QString TimelineRow::remedy() const
{
    const std::optional<Remedy> found = kind() == RowKind::Error ? remedyFor(node()) : std::nullopt;
    if (!found) {
        return {};
    }
    return found->replacement.isEmpty() ? tr("Retry without %1").arg(found->parameter)
                                        : tr("Retry with %1").arg(found->replacement);
}

bool TimelineRow::isTail() const
{
    if (!isValid() || !isStreaming()) {
        return false;
    }
    const TimelineMessage &message = model()->messageOf(m_index);
    return m_index == message.firstRow + message.rowCount - 1;
}

bool TimelineRow::hasMetrics() const
{
    return isAnswer() && !m_view->isAnonymous()
        && !MetricsLine::of(model()->messageOf(m_index).entry).isEmpty();
}

QString TimelineRow::metricsText() const
{
    QStringList parts;
    const TimelineEntry entry = isValid() ? model()->messageOf(m_index).entry : TimelineEntry();
    for (const DocumentBuilder::Metric &metric : MetricsLine::of(entry)) {
        parts.append(metric.label + u' ' + metric.value);
    }
    return parts.join(u", ");
}

bool TimelineRow::isLoadable() const { return isSafeLink(target()); }

QColor TimelineRow::laneColor() const { return m_view->laneColor(); }

bool TimelineRow::isNativeText() const { return m_view->isNativeText(); }

QString TimelineRow::spoken() const { return isValid() ? model()->rowText(m_index) : QString(); }

void TimelineRow::setExpanded(bool expanded)
{
    if (isValid() && expanded != isExpanded()) {
        RowState state = model()->state(m_index);
        state.expanded = expanded;
        m_view->setRowState(m_index, state);
    }
}

void TimelineRow::setWrapped(bool wrapped)
{
    if (isValid() && wrapped != isWrapped()) {
        RowState state = model()->state(m_index);
        state.wrapped = wrapped;
        m_view->setRowState(m_index, state);
    }
}

void TimelineRow::setAsTree(bool asTree)
{
    if (isTreeable() && asTree != isAsTree()) {
        m_view->setRowAsTree(m_index, asTree);
    }
}

QString TimelineRow::messageName() const
{
    if (!isAnswer()) {
        return tr("You, %1").arg(time());
    }
    const qint64 tokens = node().metrics.outputTokens.value_or(0);
    return tokens > 0 ? tr("%1, %2, %Ln tokens", nullptr, int(tokens)).arg(name(), time())
                      : tr("%1, %2", "name, time").arg(name(), time());
}

void TimelineRow::openMenu(Menu menu, QQuickItem *at)
{
    if (isValid()) {
        Q_EMIT m_view->menuRequested(menu, messageId(), isAnswer(), at);
    }
}

void TimelineRow::request(Action action)
{
    if (isValid()) {
        Q_EMIT m_view->actionRequested(action, messageId());
    }
}

void TimelineRow::copyBlock() const
{
    if (isValid()) {
        QGuiApplication::clipboard()->setText(model()->rowText(m_index));
    }
}

void TimelineRow::copyMessage() const
{
    if (isValid()) {
        const TimelineMessage &message = model()->messageOf(m_index);
        copyMarkdown(message.entry.node.message.content, message.blocks);
    }
}

void TimelineRow::copyTable(bool csv) const
{
    if (const MarkdownBlock *table = block()) {
        QGuiApplication::clipboard()->setText(
            csv ? tableAsCsv(*table) : model()->rowSource(m_index));
    }
}

bool TimelineRow::openTarget() const { return openLink(target()); }

} // namespace Lorikeet
