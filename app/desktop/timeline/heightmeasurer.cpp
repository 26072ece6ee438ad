// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "timeline/heightmeasurer.h"

#include <QFuture>
#include <QtConcurrentRun>

namespace Lorikeet {

namespace {

constexpr qsizetype mostRemembered = 200'000;

} // namespace

HeightMeasurer::HeightMeasurer(QObject *parent)
    : QObject(parent)
{
    m_workers.setMaxThreadCount(1);
    m_workers.setThreadPriority(QThread::LowPriority);
}

HeightMeasurer::~HeightMeasurer()
{
    m_workers.clear();
    m_workers.waitForDone();
}

void HeightMeasurer::setLayout(const RowWidths &widths, const TextStyle &style)
{
    m_widths = widths;
    m_style = style;
    m_layout = qHashMulti(0, widths.text, widths.wide, style.prose, style.code, style.metric,
        style.number, style.proseLine, style.unit, style.designMetrics);
    if (m_heights.size() > mostRemembered) {
        m_heights.clear();
    }
}

std::optional<qreal> HeightMeasurer::known(size_t hash) const
{
    const auto found = m_heights.constFind(key(hash));
    return found == m_heights.constEnd() ? std::nullopt : std::optional<qreal>(*found);
}

void HeightMeasurer::remember(size_t hash, qreal height)
{
    m_heights.insert(key(hash), float(height));
}

void HeightMeasurer::measure(const QList<Job> &jobs)
{
    m_busy = true;
    QtConcurrent::run(&m_workers, [jobs, widths = m_widths, style = m_style] {
        QList<Job> done = jobs;
        for (Job &job : done) {
            job.height = measureRow(job.content, widths, style);
        }
        return done;
    }).then(this, [this, layout = m_layout](const QList<Job> &done) {
        m_busy = false;
        for (const Job &job : done) {
            m_heights.insert(qHashMulti(layout, job.hash), float(job.height));
        }
        Q_EMIT measured(done, layout == m_layout);
    });
}

} // namespace Lorikeet
