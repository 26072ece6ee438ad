// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "timeline/rowcontent.h"

#include <QHash>
#include <QObject>
#include <QThreadPool>

#include <optional>

namespace Lorikeet {

/// Lays rows out in a worker thread to know their exact heights before they are ever shown, and
/// remembers them by content, width and style.
class HeightMeasurer final : public QObject
{
    Q_OBJECT

public:
    struct Job
    {
        int row = 0;
        size_t hash = 0;
        RowContent content;
        qreal height = 0;
    };

    explicit HeightMeasurer(QObject *parent = nullptr);
    ~HeightMeasurer() override;

    /// Forgets nothing; heights of other widths are kept for when those come back.
    void setLayout(const RowWidths &widths, const TextStyle &style);

    [[nodiscard]] std::optional<qreal> known(size_t hash) const;
    void remember(size_t hash, qreal height);

    [[nodiscard]] bool isBusy() const { return m_busy; }

    /// Only while not busy.
    void measure(const QList<Job> &jobs);

Q_SIGNALS:
    /// The jobs with their heights. Given also when the layout changed meanwhile; `current` says
    /// that it did not.
    void measured(const QList<Lorikeet::HeightMeasurer::Job> &jobs, bool current);

private:
    [[nodiscard]] size_t key(size_t hash) const { return qHashMulti(m_layout, hash); }

    RowWidths m_widths;
    TextStyle m_style;
    size_t m_layout = 0;
    QHash<size_t, float> m_heights;
    QThreadPool m_workers;
    bool m_busy = false;
};

} // namespace Lorikeet
