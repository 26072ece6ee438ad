// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load/loadrequests.h"

#include "charts/charttext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

QString durationOf(const std::optional<Nanoseconds> &time)
{
    return time ? chartText(chartSeconds(time), ChartUnit::Duration) : QString();
}

/// Tokens a second while they came.
std::optional<double> speedOf(const LoadSample &sample)
{
    const std::optional<Nanoseconds> each = sample.timePerOutputToken();
    return each && each->count() > 0 ? std::optional(1e9 / double(each->count())) : std::nullopt;
}

} // namespace

QString outcomeText(const LoadSample &sample)
{
    if (!sample.error) {
        return sample.finish == FinishReason::Kind::Length
            ? LoadRequests::tr("answered, to its limit")
            : LoadRequests::tr("answered");
    }
    if (sample.isCancelled()) {
        return sample.began ? LoadRequests::tr("cancelled") : LoadRequests::tr("never sent");
    }
    QString word = toWord(*sample.error);
    word.replace(u'_', u' ');
    return sample.httpStatus >= 400 ? u"%1 %2"_s.arg(sample.httpStatus).arg(word) : word;
}

LoadRequests::LoadRequests(QObject *parent)
    : QAbstractListModel(parent)
{
    // To put a few into a million takes as long as to put many: it is done now and then.
    m_settling.setSingleShot(true);
    m_settling.setInterval(std::chrono::milliseconds(500));
    connect(&m_settling, &QTimer::timeout, this, &LoadRequests::sortNew);
}

void LoadRequests::begin(const QStringList &choices, const ServiceObjective &objective)
{
    beginResetModel();
    m_samples = {};
    m_keys.clear();
    m_order.clear();
    m_sorted = 0;
    m_choices = choices;
    m_objective = objective;
    m_choice = -1;
    endResetModel();
    Q_EMIT viewChanged();
    Q_EMIT countChanged();
}

void LoadRequests::show(const SharedSamples &samples)
{
    m_samples = samples;
    arrange();
}

void LoadRequests::share(const SharedSamples &samples)
{
    if (m_samples.size() == samples.size()) {
        m_samples = samples;
    }
}

void LoadRequests::append(const LoadSamples &samples)
{
    if (samples.empty()) {
        return;
    }
    const auto first = Place(m_samples.size());
    m_samples.append(samples);
    std::vector<Place> fresh;
    for (Place place = first; place < m_samples.size(); ++place) {
        if (!isPlain()) {
            m_keys.push_back(keyOf(m_samples[place]));
        }
        if (matches(m_samples[place])) {
            fresh.push_back(place);
        }
    }
    if (!fresh.empty()) {
        const int before = count();
        beginInsertRows({}, before, before + int(fresh.size()) - 1);
        m_order.insert(m_order.end(), fresh.begin(), fresh.end());
        endInsertRows();
        if (!isPlain() && !m_settling.isActive()) {
            m_settling.start();
        }
    }
    Q_EMIT countChanged();
}

void LoadRequests::sortNew()
{
    if (isPlain() || m_sorted >= m_order.size()) {
        return;
    }
    const auto less = [this](Place a, Place b) { return isBefore(a, b); };
    const auto middle = m_order.begin() + std::ptrdiff_t(m_sorted);
    std::sort(middle, m_order.end(), less);
    std::inplace_merge(m_order.begin(), middle, m_order.end(), less);
    m_sorted = m_order.size();
    // Each row shows what is there now; so a view keeps its place while a run goes on.
    Q_EMIT dataChanged(index(0), index(count() - 1));
}

void LoadRequests::arrange()
{
    beginResetModel();
    m_keys.clear();
    if (!isPlain()) {
        m_keys.reserve(m_samples.size());
        std::ranges::transform(m_samples, std::back_inserter(m_keys),
            [this](const LoadSample &sample) { return keyOf(sample); });
    }
    m_order.clear();
    for (Place place = 0; place < m_samples.size(); ++place) {
        if (matches(m_samples[place])) {
            m_order.push_back(place);
        }
    }
    if (!isPlain()) {
        std::sort(
            m_order.begin(), m_order.end(), [this](Place a, Place b) { return isBefore(a, b); });
    }
    m_sorted = m_order.size();
    endResetModel();
    Q_EMIT countChanged();
}

bool LoadRequests::matches(const LoadSample &sample) const
{
    if (m_choice >= 0 && sample.choice != m_choice) {
        return false;
    }
    switch (m_filter) {
    case OnlyAnswered:
        return sample.isAnswered();
    case OnlyFailed:
        return sample.error && !sample.isCancelled();
    case OnlyCancelled:
        return sample.isCancelled();
    case OverLimits:
        return !sample.isCancelled() && !isGood(sample, m_objective);
    case Stalled:
        return sample.stalled > Nanoseconds(0);
    default:
        return true;
    }
}

double LoadRequests::keyOf(const LoadSample &sample) const
{
    switch (m_sorting) {
    case ByDue:
        return sample.planned ? toSeconds(*sample.planned)
                              : std::numeric_limits<double>::quiet_NaN();
    case ByFirstToken:
        return chartSeconds(sample.timeToFirstToken());
    case ByTotal:
        return chartSeconds(sample.isAnswered() ? sample.total() : std::nullopt);
    case ByTokens:
        return sample.isAnswered() ? double(sample.countedTokens())
                                   : std::numeric_limits<double>::quiet_NaN();
    case BySpeed:
        return speedOf(sample).value_or(std::numeric_limits<double>::quiet_NaN());
    case ByLag:
        return chartSeconds(sample.lag());
    default:
        return 0;
    }
}

/// What has no such figure comes last, whichever way the others go.
bool LoadRequests::isBefore(Place first, Place second) const
{
    if (m_sorting == ByEnd) {
        return m_isDescending ? first > second : first < second;
    }
    const double a = m_keys[first];
    const double b = m_keys[second];
    const bool hasA = !std::isnan(a);
    const bool hasB = !std::isnan(b);
    if (!hasA || !hasB || a == b) {
        return hasA != hasB ? hasA : first < second;
    }
    return m_isDescending ? a > b : a < b;
}

void LoadRequests::setFilter(int filter)
{
    if (m_filter != filter) {
        m_filter = filter;
        Q_EMIT viewChanged();
        arrange();
    }
}

void LoadRequests::setChoice(int choice)
{
    if (m_choice != choice) {
        m_choice = choice;
        Q_EMIT viewChanged();
        arrange();
    }
}

void LoadRequests::sortBy(int sorting)
{
    if (m_sorting == sorting) {
        m_isDescending = !m_isDescending;
    } else {
        m_sorting = sorting;
        // What took longest is what one looks for.
        m_isDescending = sorting != ByEnd && sorting != ByDue && sorting != BySpeed;
    }
    Q_EMIT viewChanged();
    arrange();
}

const LoadSample *LoadRequests::sampleAt(int row) const
{
    return row >= 0 && row < count() ? &m_samples[m_order[std::size_t(row)]] : nullptr;
}

int LoadRequests::rowOf(int sample) const
{
    const auto found = std::ranges::find(m_order, Place(sample));
    return found == m_order.end() ? -1 : int(found - m_order.begin());
}

int LoadRequests::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant LoadRequests::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const LoadSample &sample = *sampleAt(index.row());
    const bool isAnswered = sample.isAnswered();
    switch (role) {
    case Qt::DisplayRole:
    case NumberRole:
        return sample.turn > 0 ? u"%1.%2"_s.arg(sample.conversation + 1).arg(sample.turn + 1)
                               : QString::number(sample.conversation + 1);
    case DueRole:
        return sample.planned ? chartText(toSeconds(*sample.planned), ChartUnit::Time) : QString();
    case ChoiceRole:
        return choiceName(sample.choice);
    case LookRole:
        return int(sample.choice);
    case OutcomeRole:
        return outcomeText(sample);
    case StateRole:
        return isAnswered ? Answered : sample.isCancelled() ? Cancelled : Failed;
    case FirstTokenRole:
        return durationOf(sample.timeToFirstToken());
    case TotalRole:
        return durationOf(sample.total());
    case TokensRole:
        return isAnswered && sample.items > 0 ? u"–"_s
            : isAnswered                      ? (sample.outputTokens < 0 ? u"≈"_s : QString())
                + QLocale().toString(sample.countedTokens())
                         : QString();
    case SpeedRole: {
        const std::optional<double> speed = speedOf(sample);
        return speed ? QLocale().toString(*speed, 'f', 1) : QString();
    }
    case LagRole:
        return durationOf(sample.lag());
    default:
        return {};
    }
}

int LoadRequests::placeAt(int row) const
{
    return row >= 0 && row < count() ? int(m_order[std::size_t(row)]) : -1;
}

QHash<int, QByteArray> LoadRequests::roleNames() const
{
    return {{NumberRole, "number"}, {DueRole, "due"}, {ChoiceRole, "choice"}, {LookRole, "look"},
        {OutcomeRole, "outcome"}, {StateRole, "requestState"}, {FirstTokenRole, "firstToken"},
        {TotalRole, "total"}, {TokensRole, "tokens"}, {SpeedRole, "speed"}, {LagRole, "lag"}};
}

} // namespace Lorikeet
